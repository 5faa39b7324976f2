import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** How many are directly below each of these, by id; none for those that are not named. */
export const countChildren = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ parent_id: string; count: number }>`
    select parent_id, count(*)::int as count from organizations
    where parent_id = any(${[...ids]}::text[]) group by parent_id`.execute(tx.sql)
  return new Map(rows.map(({ parent_id, count }) => [parent_id, count]))
}
