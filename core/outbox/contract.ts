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

/** `priority` 0 goes first; `expiresAt` is the moment after which it is not worth delivering. */
export type OutboxOptions = { priority?: number; expiresAt?: Date; runAt?: Date }

/** What a worker takes: `events` is what the names of its events begin with. */
export type ClaimWish = { limit: number; events?: string }
