import { type Selectable, sql } from 'kysely'
import type { Permission } from '#core/authority/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Group, GroupRule, OwnRole } from './contract.ts'

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
type Tables = { roles: Roles; groups: Groups }

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

/** How many there are. Whoever makes one at the same moment waits until this unit of work is over, and counts its own. */
export const countForOneMore = async (tx: Tx, table: keyof Tables): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roles and groups\n${tx.organizationId}`}, 0))`.execute(
    tx.sql,
  )
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where org_id = ${tx.organizationId}`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

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

type GroupsAsked = {
  search?: string | undefined
  limit: number
  after?: { key: string; id: string } | null | undefined
}

/** Groups by name, after one of them; one more than asked for says that there are more. */
export const readGroupsPage = async (tx: Tx, { search, limit, after }: GroupsAsked): Promise<Group[]> => {
  let query = tables(tx).selectFrom('groups').selectAll().where('org_id', '=', tx.organizationId)
  if (search) query = query.where(sql<boolean>`position(${search} in lower(name)) > 0`)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.key}, ${after.id})`)
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return rows.map(groupOf)
}

export const readGroupsById = async (tx: Tx, ids: readonly string[]): Promise<Group[]> =>
  (
    await tables(tx)
      .selectFrom('groups')
      .selectAll()
      .where('org_id', '=', tx.organizationId)
      .where(sql<boolean>`id = any(${[...ids]}::text[])`)
      .execute()
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

/** What goes with the organization. */
export const belongings = belongingsOf('grants', 'group_members', 'groups', 'roles')
