import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { type AuditQuery, type AuditRecord, auditKinds } from './contract.ts'

type Records = {
  org_id: string
  id: string
  at: Date
  actor_kind: AuditRecord['actor']['kind']
  actor_home_id: string | null
  actor_id: string | null
  action: string
  target_kind: string
  target_id: string
  details_hash: Buffer
  address: string | null
  request_id: string | null
  browser: string | null
  system: string | null
}
type Keeping = {
  org_id: string
  retention_days: number | null
  checked_at: Date | null
  checked: number
  faults: number
  unsealed: number
}
type Details = { org_id: string; record_id: string; details: string | Record<string, unknown> }
type Seals = {
  org_id: string
  number: number
  first_id: string
  last_id: string
  leaves: Buffer
  hash: Buffer
  sealed_at: Date
}
type Tables = { audit_records: Records; audit_details: Details; audit_seals: Seals; audit_keeping: Keeping }
export type RecordRow = Selectable<Records>
export type SealRow = Selectable<Seals>

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export const insertRecord = (tx: Tx, row: RecordRow) => tables(tx).insertInto('audit_records').values(row).execute()
export const insertDetails = (tx: Tx, row: { org_id: string; record_id: string; details: string }) =>
  tables(tx).insertInto('audit_details').values(row).execute()

const recordOf = (row: RecordRow, details: Record<string, unknown> | null): AuditRecord => ({
  id: row.id,
  at: row.at,
  actor: { kind: row.actor_kind, homeId: row.actor_home_id, id: row.actor_id },
  action: row.action,
  target: { kind: row.target_kind, id: row.target_id },
  address: row.address,
  requestId: row.request_id,
  device: { browser: row.browser, system: row.system },
  details,
})

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`

/** Where it came from, an id, or words of its details. */
const foundIn = ({ text, ids }: NonNullable<AuditQuery['search']>): Expression<SqlBool> =>
  sql<SqlBool>`(r.id = ${text} or r.actor_id = ${text} or r.target_id = ${text} or r.request_id = ${text}
    or starts_with(r.address, ${text}) or starts_with(r.action, ${text})
    or r.actor_id = any(${ids}::text[]) or r.target_id = any(${ids}::text[])
    or d.details::text ilike ${pattern(text)})`

const conditionsOf = (query: AuditQuery): Expression<SqlBool>[] => {
  const { action, kind, actorId, targetId, about, search, from, until, before } = query
  const wanted: Expression<SqlBool>[] = []
  if (action?.endsWith('.')) wanted.push(sql<SqlBool>`starts_with(r.action, ${action})`)
  else if (action) wanted.push(sql<SqlBool>`r.action = ${action}`)
  if (kind) wanted.push(sql<SqlBool>`r.action = any(${[...auditKinds[kind]]}::text[])`)
  if (actorId) wanted.push(sql<SqlBool>`r.actor_id = ${actorId}`)
  if (targetId) wanted.push(sql<SqlBool>`r.target_id = ${targetId}`)
  if (about) wanted.push(sql<SqlBool>`(r.actor_id = ${about} or r.target_id = ${about})`)
  if (search) wanted.push(foundIn(search))
  if (from) wanted.push(sql<SqlBool>`r.at >= ${from}`)
  if (until) wanted.push(sql<SqlBool>`r.at < ${until}`)
  if (before) wanted.push(sql<SqlBool>`r.id < ${before}`)
  return wanted
}

/** A page of the trail, the newest first; one more than asked for says that there are more. */
export const readRecords = async (tx: Tx, query: AuditQuery): Promise<AuditRecord[]> => {
  const found = await tables(tx)
    .selectFrom('audit_records as r')
    .leftJoin('audit_details as d', (join) => join.onRef('d.org_id', '=', 'r.org_id').onRef('d.record_id', '=', 'r.id'))
    .selectAll('r')
    .select('d.details')
    .where('r.org_id', '=', tx.organizationId)
    .where((row) => row.and(conditionsOf(query)))
    .orderBy('r.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  return found.map(({ details, ...row }) => recordOf(row, details as Record<string, unknown> | null))
}

type WithDetails = RecordRow & { details: Record<string, unknown> | null }

/** Records in the order of their ids, after one and up to another. */
export const readStretch = async (
  tx: Tx,
  { after, upTo, limit }: { after: string; upTo: string; limit: number },
): Promise<WithDetails[]> => {
  const rows = await tables(tx)
    .selectFrom('audit_records as r')
    .leftJoin('audit_details as d', (join) => join.onRef('d.org_id', '=', 'r.org_id').onRef('d.record_id', '=', 'r.id'))
    .selectAll('r')
    .select('d.details')
    .where('r.org_id', '=', tx.organizationId)
    .where('r.id', '>', after)
    .where('r.id', '<=', upTo)
    .orderBy('r.id')
    .limit(limit)
    .execute()
  return rows as WithDetails[]
}

export const readSeals = (tx: Tx): Promise<SealRow[]> =>
  tables(tx).selectFrom('audit_seals').selectAll().where('org_id', '=', tx.organizationId).orderBy('number').execute()

export const readLastSeal = async (tx: Tx): Promise<SealRow | null> =>
  (await tables(tx)
    .selectFrom('audit_seals')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null

/** One process at a time seals an organization's trail; false when another is at it. */
export const lockSealing = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`audit seal ${tx.organizationId}`}, 0)) as locked`.execute(
    tx.sql,
  )
  return rows[0]?.locked === true
}

export const insertSeal = async (tx: Tx, seal: Omit<SealRow, 'org_id' | 'sealed_at'>): Promise<void> => {
  await tables(tx)
    .insertInto('audit_seals')
    .values({ ...seal, org_id: tx.organizationId, sealed_at: now() })
    .execute()
}

/** Empties the details of records older than a moment; the records stay. Answers how many. */
export const eraseDetailsBefore = async (tx: Tx, before: Date): Promise<number> => {
  const { rows } = await sql<{ record_id: string }>`
    delete from audit_details d using audit_records r
    where d.org_id = ${tx.organizationId} and r.org_id = d.org_id and r.id = d.record_id and r.at < ${before}
    returning d.record_id`.execute(tx.sql)
  return rows.length
}

/** What looks like an address in the text of details; whatever stands around it is none of it. */
const addressShape = String.raw`[^[:space:]"<>(),;:\\]+@[[:alnum:]-]+(?:\.[[:alnum:]-]+)+`

/** Empties the details of records about people, and of those that name one of their addresses. Answers how many. */
export const eraseDetailsAbout = async (tx: Tx, people: readonly { id: string; email: string }[]): Promise<number> => {
  const ids = people.map(({ id }) => id)
  const emails = people.map(({ email }) => email.toLowerCase())
  const { rows } = await sql<{ record_id: string }>`
    delete from audit_details d using audit_records r
    where d.org_id = ${tx.organizationId} and r.org_id = d.org_id and r.id = d.record_id
      and r.action <> 'audit.details_erased'
      and (r.target_id in (select unnest(${ids}::text[]))
        or (position('@' in d.details::text) > 0 and exists (
          select from regexp_matches(lower(d.details::text), ${addressShape}, 'g') as found(address)
          where found.address[1] in (select unnest(${emails}::text[])))))
    returning d.record_id`.execute(tx.sql)
  return rows.length
}

/** How often something happened, by day (UTC). */
export const countByDay = async (tx: Tx, action: string, from: Date): Promise<{ day: string; count: number }[]> => {
  const { rows } = await sql<{ day: string; count: number }>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count
    from audit_records
    where org_id = ${tx.organizationId} and action = ${action} and at >= ${from}
    group by 1 order by 1`.execute(tx.sql)
  return rows
}

/** When the last record that is sealed happened; null before the first seal. */
export const readSealedUpTo = async (tx: Tx): Promise<{ id: string; at: Date } | null> => {
  const last = await readLastSeal(tx)
  if (!last) return null
  const row = await tables(tx)
    .selectFrom('audit_records')
    .select('at')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', last.last_id)
    .executeTakeFirst()
  return { id: last.last_id, at: row?.at ?? last.sealed_at }
}

export const readKeeping = async (tx: Tx): Promise<Selectable<Keeping> | null> =>
  (await tables(tx)
    .selectFrom('audit_keeping')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .executeTakeFirst()) ?? null

export const writeRetention = async (tx: Tx, days: number | null): Promise<void> => {
  await sql`
    insert into audit_keeping (org_id, retention_days) values (${tx.organizationId}, ${days})
    on conflict (org_id) do update set retention_days = excluded.retention_days`.execute(tx.sql)
}

type Checked = { records: number; faults: number; unsealed: number }

export const writeCheck = async (tx: Tx, { records, faults, unsealed }: Checked): Promise<void> => {
  await sql`
    insert into audit_keeping (org_id, checked_at, checked, faults, unsealed)
    values (${tx.organizationId}, ${now()}, ${records}, ${faults}, ${unsealed})
    on conflict (org_id) do update set checked_at = excluded.checked_at, checked = excluded.checked,
      faults = excluded.faults, unsealed = excluded.unsealed`.execute(tx.sql)
}

/** What is erased with the organization; its records and seals stay, and name nobody. */
export const belongings = belongingsOf('audit_details', 'audit_keeping')
