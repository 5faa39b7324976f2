// What a module keeps of an organization, by table: counted before the organization is deleted, and erased when it is. Each
// store names its own tables; a test compares all of them with the catalogue.

import { sql } from 'kysely'
import type { Tx } from './unit-of-work.ts'

/** Rows by table. */
export type Counts = Record<string, number>

export type Belongings = {
  tables: readonly string[]
  /** How many rows the transaction's organization has. */
  count: (tx: Tx) => Promise<Counts>
  /** Erases them; answers how many there were. Done again it erases what has come since. */
  erase: (tx: Tx) => Promise<Counts>
}

const counted = async (
  tx: Tx,
  tables: readonly string[],
  statement: (table: string) => ReturnType<typeof sql<{ count: number }>>,
): Promise<Counts> => {
  const counts: Counts = {}
  for (const table of tables) {
    const { rows } = await statement(table).execute(tx.sql)
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}

/** Tables whose rows go with their organization; what refers to another table's rows stands before it. */
export const belongingsOf = (...tables: string[]): Belongings => ({
  tables,
  count: (tx) =>
    counted(
      tx,
      tables,
      (table) => sql<{ count: number }>`
        select count(*)::int as count from ${sql.table(table)} where org_id = ${tx.organizationId}`,
    ),
  erase: (tx) =>
    counted(
      tx,
      tables,
      (table) => sql<{ count: number }>`
        with gone as (delete from ${sql.table(table)} where org_id = ${tx.organizationId} returning 1)
        select count(*)::int as count from gone`,
    ),
})
