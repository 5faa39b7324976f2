import { sql } from 'kysely'
import type { Counts } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

export type Removal = { organizationId: string; parentId: string; requestedAt: Date; erased: Counts }

type Row = { organization_id: string; parent_id: string; requested_at: Date; erased: Counts | string }

const removalOf = (row: Row): Removal => ({
  organizationId: row.organization_id,
  parentId: row.parent_id,
  requestedAt: row.requested_at,
  erased: row.erased as Counts,
})

export const insertRemoval = async (tx: Tx, organizationId: string, parentId: string): Promise<void> => {
  await sql`
    insert into removals (organization_id, parent_id, requested_at)
    values (${organizationId}, ${parentId}, ${now()})`.execute(tx.sql)
}

/** The oldest first. */
export const readRemovals = async (tx: Tx): Promise<Removal[]> =>
  (await sql<Row>`select * from removals order by requested_at`.execute(tx.sql)).rows.map(removalOf)

/** One at a time writes down what it has erased. */
export const lockRemoval = async (tx: Tx, organizationId: string): Promise<Removal | null> => {
  const { rows } = await sql<Row>`
    select * from removals where organization_id = ${organizationId} for update`.execute(tx.sql)
  return rows[0] ? removalOf(rows[0]) : null
}

export const writeErased = async (tx: Tx, organizationId: string, erased: Counts): Promise<void> => {
  await sql`
    update removals set erased = ${JSON.stringify(erased)}::jsonb
    where organization_id = ${organizationId}`.execute(tx.sql)
}

export const deleteRemoval = async (tx: Tx, organizationId: string): Promise<void> => {
  await sql`delete from removals where organization_id = ${organizationId}`.execute(tx.sql)
}
