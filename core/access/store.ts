import { type Selectable, sql } from 'kysely'
import type { Permission, Reach } from '#core/authority/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Group, GroupRule, OwnRole, Page, RoleGrant, Subject, SubjectKind } from './contract.ts'

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
type Grants = {
  org_id: string
  id: string
  subject_kind: SubjectKind
  subject_home: string
  subject_id: string
  role: string
  reach: Reach
  ends_at: Date | null
  given_by: string | null
  created_at: Date
}
type Tables = { roles: Roles; groups: Groups; group_members: GroupMembers; grants: Grants }

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
const grantOf = (row: Selectable<Grants>): RoleGrant => ({
  id: row.id,
  subject: { kind: row.subject_kind, homeId: row.subject_home, id: row.subject_id },
  role: row.role,
  reach: row.reach,
  endsAt: row.ends_at,
  givenBy: row.given_by,
  createdAt: row.created_at,
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

export const insertGrant = async (tx: Tx, grant: RoleGrant): Promise<boolean> => {
  const { subject } = grant
  const inserted = await tables(tx)
    .insertInto('grants')
    .values({
      org_id: tx.organizationId,
      id: grant.id,
      subject_kind: subject.kind,
      subject_home: subject.homeId,
      subject_id: subject.id,
      role: grant.role,
      reach: grant.reach,
      ends_at: grant.endsAt,
      given_by: grant.givenBy,
      created_at: grant.createdAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'subject_kind', 'subject_home', 'subject_id', 'role', 'reach'])
        .doUpdateSet({ ends_at: grant.endsAt, given_by: grant.givenBy })
        .where((row) => row('grants.ends_at', 'is distinct from', grant.endsAt)),
    )
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

const living = (tx: Tx) =>
  tables(tx)
    .selectFrom('grants')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where((row) => row.or([row('ends_at', 'is', null), row('ends_at', '>', now())]))

export const readGrant = async (tx: Tx, id: string): Promise<RoleGrant | null> => {
  const row = await living(tx).where('id', '=', id).executeTakeFirst()
  return row ? grantOf(row) : null
}

export const readGrantsOf = async (tx: Tx, subject: Subject): Promise<RoleGrant[]> =>
  (
    await living(tx)
      .where('subject_kind', '=', subject.kind)
      .where('subject_home', '=', subject.homeId)
      .where('subject_id', '=', subject.id)
      .orderBy('created_at')
      .execute()
  ).map(grantOf)

export const readAllGrants = async (tx: Tx): Promise<RoleGrant[]> =>
  (await living(tx).orderBy('created_at').execute()).map(grantOf)

export const readGrantsPage = async (
  tx: Tx,
  { limit, after = '', subject }: Page & { subject?: Pick<Subject, 'kind' | 'id'> },
): Promise<RoleGrant[]> => {
  const all = living(tx).where('id', '>', after)
  const some = subject ? all.where('subject_kind', '=', subject.kind).where('subject_id', '=', subject.id) : all
  return (await some.orderBy('id').limit(limit).execute()).map(grantOf)
}

export const isRoleGiven = async (tx: Tx, role: string): Promise<boolean> =>
  (await living(tx).where('role', '=', role).limit(1).executeTakeFirst()) !== undefined

export const deleteGrant = async (tx: Tx, id: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('grants')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const deleteGrantsOf = async (tx: Tx, subject: Subject): Promise<number> => {
  const deleted = await tables(tx)
    .deleteFrom('grants')
    .where('org_id', '=', tx.organizationId)
    .where('subject_kind', '=', subject.kind)
    .where('subject_home', '=', subject.homeId)
    .where('subject_id', '=', subject.id)
    .returning('id')
    .execute()
  return deleted.length
}

/**
 * Who owns the organization for good, locked until the end of the transaction: whoever takes ownership away at the same
 * moment waits here, and sees what is left then.
 */
export const lockOwners = async (tx: Tx): Promise<Ref[]> =>
  (
    await tables(tx)
      .selectFrom('grants')
      .select(['subject_home', 'subject_id'])
      .where('org_id', '=', tx.organizationId)
      .where('role', '=', 'owner')
      .where('subject_kind', '=', 'person')
      .where('ends_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute()
  ).map((row) => ({ homeId: row.subject_home, personId: row.subject_id }))
