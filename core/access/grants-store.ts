import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Reach } from '#core/authority/contract'
import type { PersonRef } from '#core/people/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Page, RoleGrant, Subject, SubjectKind } from './contract.ts'

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

const tables = (tx: Tx) => tx.sql.withTables<{ grants: Grants }>()

const grantOf = (row: Selectable<Grants>): RoleGrant => ({
  id: row.id,
  subject: { kind: row.subject_kind, homeId: row.subject_home, id: row.subject_id },
  role: row.role,
  reach: row.reach,
  endsAt: row.ends_at,
  givenBy: row.given_by,
  createdAt: row.created_at,
})

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

/** What was given to each of these people themselves, by id. */
export const readRolesOfAll = async (tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> => {
  const rows = await living(tx)
    .where('subject_kind', '=', 'person')
    .where(sql<SqlBool>`subject_id = any(${[...personIds]}::text[])`)
    .orderBy('created_at')
    .execute()
  const roles = new Map<string, string[]>()
  for (const { subject_id, role } of rows) roles.set(subject_id, [...new Set([...(roles.get(subject_id) ?? []), role])])
  return roles
}

/** To whom a role is given here. */
export const readGrantsOfRole = async (tx: Tx, role: string): Promise<RoleGrant[]> =>
  (await living(tx).where('role', '=', role).execute()).map(grantOf)

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

/** Takes back what was given to people of one home. */
export const deleteGrantsFrom = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('grants')
    .where('org_id', '=', tx.organizationId)
    .where('subject_kind', '=', 'person')
    .where('subject_home', '=', homeId)
    .execute()
}

/**
 * Who owns the organization for good, locked until the end of the transaction: whoever takes ownership away at the same
 * moment waits here, and sees what is left then.
 */
export const lockOwners = async (tx: Tx): Promise<PersonRef[]> =>
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
