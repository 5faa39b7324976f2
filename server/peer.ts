// Who sent a request: the address of the peer, or of the one that a trusted proxy names in X-Forwarded-For.

import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'
import { settings } from '#platform/env'
import { processState } from '#platform/process'

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]

const rangeOf = (text: string): Range => {
  if (text.includes('/')) return ipaddr.parseCIDR(text) as Range
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** IPv4 in IPv6 clothes is IPv4; a zone is of no use to anybody else. */
const plain = (text: string): string => ipaddr.process(text.replace(/%.*$/, '')).toString()

/** What is known of an address: its one spelling, null for what is no address, and whether what it says is believed. */
type Known = { plain: string | null; isTrusted: boolean }
type Peers = { trusted: Range[]; known: LRUCache<string, Known> }

const peers = () =>
  processState<Peers>('server.proxies', () => ({
    trusted: settings().trustedProxies.map(rangeOf),
    known: new LRUCache({ max: 2000 }),
  }))

const looked = (text: string, trusted: readonly Range[]): Known => {
  if (!ipaddr.isValid(text)) return { plain: null, isTrusted: false }
  const address = ipaddr.process(text)
  const isTrusted = trusted.some(
    ([range, bits]) => range.kind() === address.kind() && address.match([range, bits] as never),
  )
  return { plain: plain(text), isTrusted }
}

/** No spelling of an address is longer; whatever is, is not worth remembering. */
const longest = 64

/** Looked at once: connections are kept open, and proxies are few. */
const know = (text: string): Known => {
  const { trusted, known } = peers()
  const before = known.get(text)
  if (before) return before
  const found = looked(text, trusted)
  if (text.length <= longest) known.set(text, found)
  return found
}

/**
 * From the peer backwards through X-Forwarded-For, as long as who names the next one is trusted. What a client writes
 * itself stands before that, and is never reached.
 */
export const addressOf = (peer: string | undefined, forwardedFor: string | undefined): string => {
  let address = peer ?? ''
  if (forwardedFor === undefined) return know(address).plain ?? address
  const named = forwardedFor.split(',')
  while (named.length > 0 && know(address).isTrusted) {
    const before = (named.pop() ?? '').trim()
    if (know(before).plain === null) break
    address = before
  }
  return know(address).plain ?? address
}
