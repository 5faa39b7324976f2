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
}

export const failures = { 'session.unknown': 401 } as const
