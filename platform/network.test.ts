import { expect, it } from 'vitest'
import { shownNetwork } from './network.ts'

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:4:5:6::7', '2001:db8:4::/48'],
  ['::1', '::/48'],
  ['not an address', null],
  ['', null],
  [undefined, null],
])('of %s, %s is told', (address, expected) => expect(shownNetwork(address)).toBe(expected))
