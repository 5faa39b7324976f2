import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Address } from '#core/organizations/contract'
import type { PersonRef } from '#core/people/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { RecoveryRequest, RecoveryStatus } from './contract.ts'

type RecoveryRequests = {
  org_id: string
  id: string
  person_id: string
  met_id: string
  address: unknown
  locale: string
  reason: string
  asked_from: string | null
  user_agent: string | null
  status: RecoveryStatus
  created_at: Date
  expires_at: Date
  decided_at: Date | null
  decided_home: string | null
  decided_by: string | null
  note: string | null
  ready_at: Date | null
  link_sent_at: Date | null
  closed_at: Date | null
}

const tables = (tx: Tx) => tx.sql.withTables<{ recovery_requests: RecoveryRequests }>()
const isOpen = sql<SqlBool>`status in ('waiting', 'approved')`

const requestOf = (row: Selectable<RecoveryRequests>): RecoveryRequest => ({
  id: row.id,
  homeId: row.org_id,
  personId: row.person_id,
  metId: row.met_id,
  address: row.address as Address,
  locale: row.locale,
  reason: row.reason,
  askedFrom: row.asked_from,
  userAgent: row.user_agent,
  status: row.status,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  decidedAt: row.decided_at,
  decidedBy:
    row.decided_home !== null && row.decided_by !== null
      ? { homeId: row.decided_home, personId: row.decided_by }
      : null,
  note: row.note,
  readyAt: row.ready_at,
  linkSentAt: row.link_sent_at,
})

export type NewRequest = Pick<
  RecoveryRequest,
  'id' | 'personId' | 'metId' | 'address' | 'locale' | 'reason' | 'askedFrom' | 'userAgent' | 'expiresAt'
>

/** Inserts unless one is open already; of all who ask at the same moment one does. */
export const insertRequest = async (tx: Tx, request: NewRequest): Promise<RecoveryRequest | null> => {
  const row = await tables(tx)
    .insertInto('recovery_requests')
    .values({
      org_id: tx.organizationId,
      id: request.id,
      person_id: request.personId,
      met_id: request.metId,
      address: JSON.stringify(request.address),
      locale: request.locale,
      reason: request.reason,
      asked_from: request.askedFrom,
      user_agent: request.userAgent,
      status: 'waiting',
      created_at: now(),
      expires_at: request.expiresAt,
      decided_at: null,
      decided_home: null,
      decided_by: null,
      note: null,
      ready_at: null,
      link_sent_at: null,
      closed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

const here = (tx: Tx) => tables(tx).selectFrom('recovery_requests').selectAll().where('org_id', '=', tx.organizationId)

export const readRequest = async (tx: Tx, id: string): Promise<RecoveryRequest | null> => {
  const row = await here(tx).where('id', '=', id).executeTakeFirst()
  return row ? requestOf(row) : null
}

/** What somebody has asked for that is not over. */
export const readOpen = async (tx: Tx, personId: string): Promise<RecoveryRequest | null> => {
  const row = await here(tx)
    .where('person_id', '=', personId)
    .where(isOpen)
    .where('expires_at', '>', now())
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

type Wanted = { status?: RecoveryStatus | undefined; limit: number; after?: { at: string; id: string } | null }

/** The newest first, one more than asked for. */
export const readPage = async (tx: Tx, { status, limit, after }: Wanted): Promise<RecoveryRequest[]> => {
  let query = here(tx).orderBy('created_at', 'desc').orderBy('id', 'desc')
  if (status !== undefined) query = query.where('status', '=', status)
  // What nobody decided in time is over, whether or not that was written down yet.
  if (status === 'waiting' || status === 'approved') query = query.where('expires_at', '>', now())
  if (after) query = query.where(sql<SqlBool>`(created_at, id) < (${new Date(after.at)}, ${after.id})`)
  return (await query.limit(limit + 1).execute()).map(requestOf)
}

/** How many wait for somebody to decide. */
export const countWaiting = async (tx: Tx): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('recovery_requests')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .where('status', '=', 'waiting')
    .where('expires_at', '>', now())
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

type Decision = {
  status: 'approved' | 'declined'
  by: PersonRef | null
  note: string
  readyAt: Date | null
  expiresAt: Date
}

/** Decides one that waits; of all who decide it at the same moment one does. */
export const writeDecision = async (tx: Tx, id: string, decision: Decision): Promise<RecoveryRequest | null> => {
  const at = now()
  const row = await tables(tx)
    .updateTable('recovery_requests')
    .set({
      status: decision.status,
      decided_at: at,
      decided_home: decision.by?.homeId ?? null,
      decided_by: decision.by?.personId ?? null,
      note: decision.note,
      ready_at: decision.readyAt,
      expires_at: decision.expiresAt,
      closed_at: decision.status === 'declined' ? at : null,
    })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .where('expires_at', '>', at)
    .returningAll()
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

/** Notes that the link is sent, once, and until when it is of use. */
export const markSent = async (tx: Tx, id: string, expiresAt: Date): Promise<RecoveryRequest | null> => {
  const row = await tables(tx)
    .updateTable('recovery_requests')
    .set({ link_sent_at: now(), expires_at: expiresAt })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('status', '=', 'approved')
    .where('link_sent_at', 'is', null)
    .where('ready_at', '<=', now())
    .where('expires_at', '>', now())
    .returningAll()
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

/** Ends one that is open: of all who come with its links at the same moment one does. Completed is what was ready alone. */
export const closeRequest = async (
  tx: Tx,
  id: string,
  status: 'cancelled' | 'completed',
): Promise<RecoveryRequest | null> => {
  const query = tables(tx)
    .updateTable('recovery_requests')
    .set({ status, closed_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('expires_at', '>', now())
  const row = await (status === 'completed'
    ? query.where('status', '=', 'approved').where('link_sent_at', 'is not', null).where('ready_at', '<=', now())
    : query.where(isOpen)
  )
    .returningAll()
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

/** Writes down which ones are over because nobody did anything. */
export const expireOver = async (tx: Tx): Promise<RecoveryRequest[]> =>
  (
    await tables(tx)
      .updateTable('recovery_requests')
      .set({ status: 'expired', closed_at: now() })
      .where('org_id', '=', tx.organizationId)
      .where(isOpen)
      .where('expires_at', '<=', now())
      .returningAll()
      .execute()
  ).map(requestOf)

export const removeClosed = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('recovery_requests')
    .where('org_id', '=', tx.organizationId)
    .where('closed_at', '<', before)
    .execute()
}

export const deleteOf = async (tx: Tx, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('recovery_requests')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}

/** What goes with the organization. */
export const belongings = belongingsOf('recovery_requests')
