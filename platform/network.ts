// What is told of where somebody was: a page and a mail say it in the same words.

/**
 * The network of an address, as people are shown it: enough to recognise their own, and not whose household it is. IPv4 by its
 * first three numbers, IPv6 by its first three groups.
 */
export const networkCalled = (address: string | null): string | null => {
  if (address === null) return null
  if (address === '::1') return address
  const mapped = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  const numbers = mapped.split('.')
  if (numbers.length === 4) return `${numbers.slice(0, 3).join('.')}.…`
  const [start = '', end] = mapped.split('::')
  const groups = start === '' ? [] : start.split(':')
  if (end === undefined && groups.length !== 8) return null
  return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}:…`
}
