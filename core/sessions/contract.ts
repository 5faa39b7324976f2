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

export { networkCalled } from '#platform/network'

export const failures = { 'session.unknown': 401, 'session.not_found': 404 } as const
