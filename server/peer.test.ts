import { beforeEach, describe, expect, it } from 'vitest'
import { forgetProcessState, processState } from '#platform/process'
import { addressOf } from './peer.ts'

const trusting = (...trustedProxies: string[]) => {
  for (const name of ['settings', 'server.proxies']) forgetProcessState(name)
  processState('settings', () => ({ trustedProxies }) as never)
}
beforeEach(() => trusting())

describe('where a request comes from', () => {
  it('is the peer, whatever it says of itself', () => {
    expect(addressOf('203.0.113.9', '1.2.3.4')).toBe('203.0.113.9')
    expect(addressOf('::ffff:203.0.113.9', undefined)).toBe('203.0.113.9')
    expect(addressOf('fe80::1%eth0', undefined)).toBe('fe80::1%eth0'.replace('%eth0', ''))
  })
  it('is the one that a trusted proxy names, and nobody further', () => {
    trusting('127.0.0.1', '10.0.0.0/8')
    expect(addressOf('127.0.0.1', '9.9.9.9, 1.2.3.4')).toBe('1.2.3.4')
    expect(addressOf('127.0.0.1', '1.2.3.4, 10.1.1.1')).toBe('1.2.3.4')
    expect(addressOf('::ffff:127.0.0.1', '1.2.3.4')).toBe('1.2.3.4')
    expect(addressOf('127.0.0.1', '1.2.3.4, nonsense')).toBe('127.0.0.1')
    expect(addressOf('127.0.0.1', '')).toBe('127.0.0.1')
  })
})
