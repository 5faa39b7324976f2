// Who sent a request: the address of the peer, or of the one that a trusted proxy names in X-Forwarded-For.

import ipaddr from 'ipaddr.js'
import { settings } from '#platform/env'
import { processState } from '#platform/process'

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

const rangeOf = (text: string): Range => {
  if (text.includes('/')) return ipaddr.parseCIDR(text) as Range
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

const trusted = () => processState('server.proxies', () => settings().trustedProxies.map(rangeOf))

const isTrusted = (text: string): boolean => {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return trusted().some(([range, bits]) => range.kind() === address.kind() && address.match([range, bits] as never))
}

/** IPv4 in IPv6 clothes is IPv4; a zone is of no use to anybody else. */
const plain = (text: string): string =>
  ipaddr.isValid(text) ? ipaddr.process(text.replace(/%.*$/, '')).toString() : text

/**
 * From the peer backwards through X-Forwarded-For, as long as who names the next one is trusted. What a client writes
 * itself stands before that, and is never reached.
 */
export const addressOf = (peer: string | undefined, forwardedFor: string | undefined): string => {
  let address = peer ?? ''
  const named = (forwardedFor ?? '').split(',').map((part) => part.trim())
  while (named.length > 0 && isTrusted(address)) {
    const before = named.pop() ?? ''
    if (!ipaddr.isValid(before)) break
    address = before
  }
  return plain(address)
}
