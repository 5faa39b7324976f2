import { type Selectable, sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { BusinessRequest, NewBusiness } from './contract.ts'

type BusinessRequests = {
  org_id: string
  id: string
  name: string
  handle: string
  email: string
  given_name: string
  family_name: string
  locale: string
  password_hash: string | null
  status: BusinessRequest['status']
  created_at: Date
  decided_at: Date | null
  organization_id: string | null
}

/** What goes with the organization. */
export const belongings = belongingsOf('business_requests')

const tables = (tx: Tx) => tx.sql.withTables<{ business_requests: BusinessRequests }>()

const requestOf = (row: Selectable<BusinessRequests>): BusinessRequest => ({
  id: row.id,
  name: row.name,
  handle: row.handle,
  email: row.email,
  givenName: row.given_name,
  familyName: row.family_name,
  locale: row.locale,
  status: row.status,
  createdAt: row.created_at,
  decidedAt: row.decided_at,
  organizationId: row.organization_id,
})

const columnsOf = ({ name, handle, givenName, familyName, locale, passwordHash }: NewBusiness) => ({
  name,
  handle,
  given_name: givenName,
  family_name: familyName,
  locale,
  password_hash: passwordHash,
})

/** Whoever asks here at the same moment waits until this unit of work is over, and sees what it wrote. */
export const lockRequests = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`business requests\n${tx.organizationId}`}, 0))`.execute(
    tx.sql,
  )
}

/** Whether somebody else's request waits for this handle. */
export const isWaitedFor = async (tx: Tx, handle: string, email: string): Promise<boolean> => {
  const other = await tables(tx)
    .selectFrom('business_requests')
    .select('id')
    .where('org_id', '=', tx.organizationId)
    .where('handle', '=', handle)
    .where('status', '=', 'waiting')
    .where('email', '!=', email)
    .executeTakeFirst()
  return other !== undefined
}

/** Writes down what a mailbox asks for, in the place of what it asked for before; answers its id. */
export const keepRequest = async (tx: Tx, id: string, business: NewBusiness): Promise<string> => {
  const columns = columnsOf(business)
  const row = await tables(tx)
    .insertInto('business_requests')
    .values({
      ...columns,
      org_id: tx.organizationId,
      id,
      email: business.email,
      status: 'waiting',
      created_at: now(),
      decided_at: null,
      organization_id: null,
    })
    // A literal, as the index has it: a parameter would leave the database guessing which index is meant.
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'email']).where('status', '=', sql.lit('waiting')).doUpdateSet(columns),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export const readRequest = async (tx: Tx, id: string): Promise<BusinessRequest | null> => {
  const row = await tables(tx)
    .selectFrom('business_requests')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? requestOf(row) : null
}

type Wanted = { status?: BusinessRequest['status']; limit: number; after?: { at: string; id: string } | null }

/** The newest first, one more than asked for. */
export const readPage = async (tx: Tx, { status, limit, after }: Wanted): Promise<BusinessRequest[]> => {
  let query = tables(tx)
    .selectFrom('business_requests')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (status !== undefined) query = query.where('status', '=', status)
  if (after) {
    const at = new Date(after.at)
    query = query.where((where) =>
      where.or([where('created_at', '<', at), where.and([where('created_at', '=', at), where('id', '<', after.id)])]),
    )
  }
  return (await query.execute()).map(requestOf)
}

/** Decides one that waits; of all who decide it at the same moment one gets it, with what its owner has chosen. */
export const decide = async (
  tx: Tx,
  id: string,
  status: 'approved' | 'declined',
): Promise<{ request: BusinessRequest; passwordHash: string | null } | null> => {
  const waiting = await tables(tx)
    .selectFrom('business_requests')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst()
  if (!waiting) return null
  await tables(tx)
    .updateTable('business_requests')
    .set({ status, decided_at: now(), password_hash: null })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
  return { request: requestOf(waiting), passwordHash: waiting.password_hash }
}

/** What an approved one has become. */
export const noteFounded = async (tx: Tx, id: string, organizationId: string, handle: string): Promise<void> => {
  await tables(tx)
    .updateTable('business_requests')
    .set({ organization_id: organizationId, handle })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

export const removeDecided = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('business_requests')
    .where('org_id', '=', tx.organizationId)
    .where('decided_at', '<', before)
    .execute()
}
