import { type Selectable, sql } from 'kysely'
import type { Permission } from '#core/authority/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Group, GroupRule, OwnRole, Page } from './contract.ts'

type Roles = {
  org_id: string
  id: string
  key: string
  name: string
  description: string
  permissions: Permission[]
  version: number
  created_at: Date
  updated_at: Date
}
type Groups = {
  org_id: string
  id: string
  name: string
  description: string
  rule: GroupRule | null | string
  version: number
  created_at: Date
  updated_at: Date
}
type GroupMembers = { org_id: string; group_id: string; home_id: string; person_id: string; added_at: Date }
type Tables = { roles: Roles; groups: Groups; group_members: GroupMembers }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const roleOf = ({ id, key, name, description, permissions, version }: Selectable<Roles>): OwnRole => ({
  id,
  key,
  name,
  description,
  permissions,
  version,
})
const groupOf = ({ id, name, description, rule, version }: Selectable<Groups>): Group => ({
  id,
  name,
  description,
  rule: rule as GroupRule | null,
  version,
})

export const insertRole = async (tx: Tx, role: OwnRole): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('roles')
    .values({ ...role, org_id: tx.organizationId, created_at: now(), updated_at: now() })
    .onConflict((conflict) => conflict.columns(['org_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const readRoles = async (tx: Tx): Promise<OwnRole[]> =>
  (
    await tables(tx).selectFrom('roles').selectAll().where('org_id', '=', tx.organizationId).orderBy('name').execute()
  ).map(roleOf)

export const readRole = async (tx: Tx, id: string): Promise<OwnRole | null> => {
  const row = await tables(tx)
    .selectFrom('roles')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? roleOf(row) : null
}

type RoleColumns = Partial<Pick<Roles, 'name' | 'description' | 'permissions'>>

/** Changes the version that was looked at; false when somebody was faster. */
export const changeRole = async (tx: Tx, id: string, columns: RoleColumns, version: number): Promise<boolean> => {
  const changed = await tables(tx)
    .updateTable('roles')
    .set({ ...columns, version: sql<number>`version + 1`, updated_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Deletes the version that was looked at; false when somebody was faster. */
export const deleteRole = async (tx: Tx, id: string, version: number): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('roles')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const insertGroup = async (tx: Tx, { rule, ...group }: Group): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('groups')
    .values({
      ...group,
      rule: rule === null ? null : JSON.stringify(rule),
      org_id: tx.organizationId,
      created_at: now(),
      updated_at: now(),
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const readGroups = async (tx: Tx): Promise<Group[]> =>
  (
    await tables(tx).selectFrom('groups').selectAll().where('org_id', '=', tx.organizationId).orderBy('name').execute()
  ).map(groupOf)

export const readGroup = async (tx: Tx, id: string): Promise<Group | null> => {
  const row = await tables(tx)
    .selectFrom('groups')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? groupOf(row) : null
}

type GroupColumns = Partial<{ name: string; description: string; rule: string | null }>

export const changeGroup = async (tx: Tx, id: string, columns: GroupColumns, version: number): Promise<boolean> => {
  const changed = await tables(tx)
    .updateTable('groups')
    .set({ ...columns, version: sql<number>`version + 1`, updated_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Deletes the version that was looked at; false when somebody was faster. */
export const deleteGroup = async (tx: Tx, id: string, version: number): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('groups')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
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

/** What goes with the organization. */
export const belongings = belongingsOf('grants', 'group_members', 'groups', 'roles')
