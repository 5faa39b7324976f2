import type { Tx } from '#platform/database'
import type { ListedPerson } from './contract.ts'

type Counted = { org_id: string; home_id: string; status: ListedPerson['status']; last_sign_in_at: Date | null }

const tables = (tx: Tx) => tx.sql.withTables<{ listed_people: Counted }>()

/** How many there are of each standing. */
export const countByStatus = async (tx: Tx): Promise<ReadonlyMap<ListedPerson['status'], number>> => {
  const rows = await tables(tx)
    .selectFrom('listed_people')
    .select(['status', (all) => all.fn.countAll<number>().as('count')])
    .where('org_id', '=', tx.organizationId)
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [status, Number(count)]))
}

/** How many have begun a session here at least once. */
export const countSeen = async (tx: Tx): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('listed_people')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .where('last_sign_in_at', 'is not', null)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** How many of those listed here live here. */
export const countResidents = async (tx: Tx): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('listed_people')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', tx.organizationId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
