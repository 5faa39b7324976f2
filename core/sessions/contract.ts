// The words of sessions: a signed-in browser. What the browser holds is a random secret; everything else is here.

export type Session = {
  id: string
  /** The organization met. The session is worth nothing anywhere else. */
  organizationId: string
  homeId: string
  personId: string
  /** How the person proved themselves, RFC 8176: 'pwd', 'otp'. */
  methods: string[]
  /** The person's generation of sessions when they proved themselves. */
  generation: number
  createdAt: Date
  lastSeenAt: Date
  /** When the person last proved themselves in it: at the sign-in, or since. */
  provenAt: Date
  /** The known browser that it was begun in. */
  deviceId: string | null
}

/** A session as somebody who looks after it sees it: where it was begun and when it was used, never its secret. */
export type SessionView = Pick<Session, 'id' | 'methods' | 'createdAt' | 'lastSeenAt' | 'deviceId'> & {
  address: string | null
  userAgent: string | null
}

/**
 * The network of an address, as people are shown it: enough to recognise their own, and not whose household it is. IPv4 by its
 * first three numbers, IPv6 by its first three groups.
 */
export const networkCalled = (address: string | null): string | null => {
  if (address === null) return null
  const mapped = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  const numbers = mapped.split('.')
  if (numbers.length === 4) return `${numbers.slice(0, 3).join('.')}.…`
  const [start = '', end] = mapped.split('::')
  const groups = start === '' ? [] : start.split(':')
  if (end === undefined && groups.length !== 8) return null
  return `${[...groups, '0', '0', '0'].slice(0, 3).join(':')}:…`
}

export const failures = { 'session.unknown': 401 } as const
