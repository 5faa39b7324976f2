// Owns tickets: one-time links and the short codes beside them. Only hashes are stored; looking never consumes, and
// consuming is one statement, so that of two clicks at the same moment one wins.
// Calls nothing; called by login, account and whoever sends somebody a link.

import { days, fromNow, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { hashSecret, keyedHash, newSecret, sameBytes, shortCode } from '#platform/secrets'
import { failures, type IssuedTicket, type Ticket, type TicketState, type TicketWish } from './contract.ts'
import {
  endUnused,
  findTicket,
  insertTicket,
  removeOld,
  spendTicket,
  spendTicketById,
  spendTry,
  type TicketRow,
} from './store.ts'

export type { IssuedTicket, Ticket, TicketState, TicketWish } from './contract.ts'
export { belongings } from './store.ts'

registerStatuses(failures)

const codeHash = (ticketId: string, code: string) => keyedHash('ticket code', `${ticketId}\n${code}`)

const stateOf = (row: TicketRow): TicketState => {
  if (row.used_at) return row.ended_by === 'superseded' ? 'superseded' : 'used'
  return row.expires_at <= now() ? 'expired' : 'valid'
}

const ticketOf = (row: TicketRow, state = stateOf(row)): Ticket => ({
  id: row.id,
  purpose: row.purpose,
  subject: row.subject,
  attemptId: row.attempt_id,
  data: row.data,
  expiresAt: row.expires_at,
  state,
})

/** Makes a ticket. The secret and the code exist in the answer alone. */
export const issue = async (tx: Tx, wish: TicketWish): Promise<IssuedTicket> => {
  if (wish.supersede) await endUnused(tx, wish.purpose, wish.subject, 'superseded')
  const id = newId('tic')
  const secret = newSecret()
  const code = shortCode(wish.purpose, secret)
  const expiresAt = fromNow(wish.lifetimeMs)
  await insertTicket(tx, {
    id,
    purpose: wish.purpose,
    secretHash: hashSecret(secret),
    codeHash: codeHash(id, code),
    subject: wish.subject,
    attemptId: wish.attemptId ?? null,
    data: JSON.stringify(wish.data ?? {}),
    expiresAt,
  })
  return { id, secret, code, expiresAt }
}

/** What a link leads to, without consuming it; null when nobody ever made it. */
export const look = async (tx: Tx, purpose: string, secret: string): Promise<Ticket | null> => {
  const row = await findTicket(tx, purpose, hashSecret(secret))
  return row && ticketOf(row)
}

/** The six digits that stand beside a link: for a page that shows them to whoever opened it in another browser. */
export const codeOf = (purpose: string, secret: string): string => shortCode(purpose, secret)

/**
 * Uses a link up; with `attemptId`, one of that attempt alone. Fails with `ticket.unknown`, `ticket.used` or `ticket.expired`.
 */
export const consume = async (tx: Tx, purpose: string, secret: string, attemptId?: string): Promise<Ticket> => {
  if (attemptId !== undefined && (await look(tx, purpose, secret))?.attemptId !== attemptId)
    return fail('ticket.unknown')
  const used = await spendTicket(tx, purpose, hashSecret(secret))
  if (used) return ticketOf(used, 'valid')
  const row = await findTicket(tx, purpose, hashSecret(secret))
  if (!row) return fail('ticket.unknown')
  return fail(stateOf(row) === 'expired' ? 'ticket.expired' : 'ticket.used')
}

/**
 * What a typed code came to. A wrong one is an answer rather than a failure, because the try that it spent has to be
 * committed: call this in a unit of work of its own and decide afterwards.
 */
export type CodeResult =
  | { state: 'right'; ticket: Ticket }
  | { state: 'wrong'; triesLeft: number }
  | { state: 'expired' }

/** Holds a code against the newest ticket of an attempt. Spends one of its five tries, and the ticket when right. */
export const consumeCode = async (tx: Tx, purpose: string, attemptId: string, code: string): Promise<CodeResult> => {
  const row = await spendTry(tx, purpose, attemptId)
  if (!row) return { state: 'expired' }
  if (!sameBytes(row.code_hash, codeHash(row.id, code))) return { state: 'wrong', triesLeft: row.tries_left }
  return (await spendTicketById(tx, row.id)) ? { state: 'right', ticket: ticketOf(row, 'valid') } : { state: 'expired' }
}

/** Ends every unused ticket of a subject: after a recovery, older links are worth nothing. */
export const endAll = (tx: Tx, purpose: string, subject: string): Promise<void> =>
  endUnused(tx, purpose, subject, 'used')

/** Deletes what expired more than a month ago; until then its page can still say what happened to it. */
export const tidy = (tx: Tx): Promise<void> => removeOld(tx, fromNow(-days(30)))
