import { sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Page } from './contract.ts'

type GroupMembers = { org_id: string; group_id: string; home_id: string; person_id: string; added_at: Date }

const tables = (tx: Tx) => tx.sql.withTables<{ group_members: GroupMembers }>()

/** How many were put into each of these groups by hand. */
export const countMembers = async (tx: Tx, groupIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const rows = await tables(tx)
    .selectFrom('group_members')
    .select(['group_id', (all) => all.fn.countAll<number>().as('count')])
    .where('org_id', '=', tx.organizationId)
    .where(sql<boolean>`group_id = any(${[...groupIds]}::text[])`)
    .groupBy('group_id')
    .execute()
  return new Map(rows.map(({ group_id, count }) => [group_id, Number(count)]))
}

type Ref = { homeId: string; personId: string }

export const insertGroupMember = async (tx: Tx, groupId: string, { homeId, personId }: Ref): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('group_members')
    .values({
      org_id: tx.organizationId,
      group_id: groupId,
      home_id: homeId,
      person_id: personId,
      added_at: now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('group_id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const deleteGroupMember = async (tx: Tx, groupId: string, { homeId, personId }: Ref): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('group_members')
    .where('org_id', '=', tx.organizationId)
    .where('group_id', '=', groupId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .returning('group_id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const readGroupMembers = async (tx: Tx, groupId: string): Promise<Ref[]> =>
  (
    await tables(tx)
      .selectFrom('group_members')
      .select(['home_id', 'person_id'])
      .where('org_id', '=', tx.organizationId)
      .where('group_id', '=', groupId)
      .orderBy('added_at')
      .execute()
  ).map((row) => ({ homeId: row.home_id, personId: row.person_id }))

/** Members after `<home>/<person>`, in the order of their ids. */
export const readGroupMembersPage = async (tx: Tx, groupId: string, { limit, after }: Page): Promise<Ref[]> => {
  const [homeId = '', personId = ''] = (after ?? '').split('/')
  const rows = await tables(tx)
    .selectFrom('group_members')
    .select(['home_id', 'person_id'])
    .where('org_id', '=', tx.organizationId)
    .where('group_id', '=', groupId)
    .where(sql<boolean>`(home_id, person_id) > (${homeId}, ${personId})`)
    .orderBy('home_id')
    .orderBy('person_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ homeId: row.home_id, personId: row.person_id }))
}

/** Takes somebody out of every group; answers which they were in. */
export const deleteGroupsOf = async (tx: Tx, { homeId, personId }: Ref): Promise<string[]> =>
  (
    await tables(tx)
      .deleteFrom('group_members')
      .where('org_id', '=', tx.organizationId)
      .where('home_id', '=', homeId)
      .where('person_id', '=', personId)
      .returning('group_id')
      .execute()
  ).map((row) => row.group_id)

/** For each of these people, by id, the groups that they were put into by hand. */
export const readGroupsOfAll = async (tx: Tx, refs: readonly Ref[]): Promise<ReadonlyMap<string, string[]>> => {
  const homes = refs.map(({ homeId }) => homeId)
  const people = refs.map(({ personId }) => personId)
  const rows = await tables(tx)
    .selectFrom('group_members')
    .select(['group_id', 'person_id'])
    .where('org_id', '=', tx.organizationId)
    .where(sql<boolean>`(home_id, person_id) in (select * from unnest(${homes}::text[], ${people}::text[]))`)
    .execute()
  const groups = new Map<string, string[]>()
  for (const row of rows) groups.set(row.person_id, [...(groups.get(row.person_id) ?? []), row.group_id])
  return groups
}

/** Ids of the groups that somebody was put into by hand. */
export const readGroupsOf = async (tx: Tx, { homeId, personId }: Ref): Promise<string[]> =>
  (
    await tables(tx)
      .selectFrom('group_members')
      .select('group_id')
      .where('org_id', '=', tx.organizationId)
      .where('home_id', '=', homeId)
      .where('person_id', '=', personId)
      .execute()
  ).map((row) => row.group_id)

/** Takes people of one home out of every group. */
export const deleteMembersFrom = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('group_members')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .execute()
}
