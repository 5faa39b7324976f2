// The words of the outbox.

/** One event that somebody has to hear of, as a worker claims it. */
export type OutboxRow = {
  id: string
  organizationId: string
  event: string
  payload: Record<string, unknown>
  attempts: number
  createdAt: Date
  /** Not worth delivering from then on; null when it always is. */
  expiresAt: Date | null
}

/**
 * `priority` 0 goes first; `expiresAt` is the moment after which it is not worth delivering; `id` is one that was made before,
 * by whoever has to write it down first.
 */
export type OutboxOptions = { priority?: number; expiresAt?: Date; runAt?: Date; id?: string }

/** What a worker takes: `events` is what the names of its events begin with. */
export type ClaimWish = { limit: number; events?: string }

/** A mail to order. `link` carries the secret of a ticket and the code beside it. */
export type MailOrder = {
  to: { home: string; person: string } | { email: string; name?: string }
  organizationId: string
  /** The address of the organization that its links lead to. */
  address: object
  locale: string
  data?: Readonly<Record<string, unknown>>
  link?: { secret: string; code: string }
  /** Costs the same work, and reaches nobody. */
  decoy?: boolean
}

/** Mails that tell of something that happened to an account, each with a way out. */
export type Notice =
  | 'password-changed'
  | 'second-step-added'
  | 'second-step-removed'
  | 'new-device'
  | 'passkey-added'
  | 'passkey-removed'
  | 'phone-added'
  | 'phone-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'

/** What the way out takes away again, beside everything that it ends in any case. */
export type Added = { kind: 'passkey' | 'phone'; id: string } | { kind: 'totp' } | { kind: 'recovery' }

export type NoticeData = {
  /** What it is about: a passkey by its name, a number masked. */
  named?: string | null
  /** What somebody proved themselves with (RFC 8176). */
  methods?: readonly string[]
  /** How many recovery codes are left. */
  left?: number
  added?: Added
}

/** The purpose of the tickets of these links, and what such a ticket knows. */
export const wayOutPurpose = 'secure-account'
export type WayOut = {
  homeId: string
  personId: string
  /** Where the link leads, and the only place where it is worth anything. */
  organizationId: string
  of: Notice
  /** ISO 8601. */
  at: string
  added?: Added
}

/** What became of something ordered: on its way, delivered, never to be delivered, or too late. */
export type Delivery = {
  status: 'waiting' | 'claimed' | 'done' | 'dead' | 'expired'
  attempts: number
  /** Why it has not been delivered (yet). */
  error: string | null
  finishedAt: Date | null
}

/** What trying to deliver a row came to: `later` may be different next time, `dead` never will be. */
export type Outcome =
  | { status: 'done' }
  | { status: 'expired' }
  | { status: 'dead'; reason: string }
  | { status: 'later'; reason: string }
