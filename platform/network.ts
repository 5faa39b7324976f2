// What is told of where somebody was: their network, not the connection of one household. An address is more than whoever
// reads a mail needs, and it would be there for as long as the mail is.

import ipaddr from 'ipaddr.js'

/** `203.0.113.0/24`, `2001:db8:4::/48`; null where the address is unknown. An IPv4 address in IPv6 clothes is IPv4. */
export const shownNetwork = (address: string | null | undefined): string | null => {
  if (!address || !ipaddr.isValid(address)) return null
  const parsed = ipaddr.process(address)
  const length = parsed.kind() === 'ipv4' ? 24 : 48
  const bytes = parsed.toByteArray().map((byte, index) => (index < length / 8 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes)}/${length}`
}
