import { expect, it } from 'vitest'
import { networkCalled } from './network.ts'

it.each([
  ['198.51.100.23', '198.51.100.…'],
  ['::ffff:198.51.100.23', '198.51.100.…'],
  ['2001:db8:12:34:5:6:7:8', '2001:db8:12:…'],
  ['2001:DB8::1', '2001:db8:0:…'],
  ['::1', '::1'],
  ['::2', '0:0:0:…'],
  ['nowhere', null],
  ['', null],
  [null, null],
])('the network of %s is called %s', (address, called) => {
  expect(networkCalled(address)).toBe(called)
})
