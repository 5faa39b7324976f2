// The words of tickets: one-time links, and the short codes beside them.

export type TicketState = 'valid' | 'used' | 'expired' | 'superseded'

export type Ticket = {
  id: string
  purpose: string
  /** Whom it is for: '<home>/<person>', or a keyed hash of an address. */
  subject: string
  /** The attempt that it belongs to; its code counts in that attempt alone. */
  attemptId: string | null
  data: Record<string, unknown>
  expiresAt: Date
  state: TicketState
}

/** `lifetimeMs` milliseconds; `supersede` ends earlier unused tickets of the same purpose and subject. */
export type TicketWish = {
  purpose: string
  subject: string
  attemptId?: string | null
  data?: Record<string, unknown>
  lifetimeMs: number
  supersede?: boolean
}

/** Handed out once: only hashes are stored. `code` is six digits, derived from the secret. */
export type IssuedTicket = { id: string; secret: string; code: string; expiresAt: Date }

export const failures = {
  'ticket.unknown': 400,
  'ticket.used': 410,
  'ticket.expired': 410,
  'ticket.wrong_code': 403,
} as const
