import { type GeneratedAlways, type Selectable, type SqlBool, sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import type { Membership, Person, PersonRef } from './contract.ts'
import { type Copies, dropListed, dropMembership, keepMembership, keepPerson } from './listed-store.ts'
import { usernameKey } from './usernames.ts'

type People = {
  org_id: string
  id: string
  email: string
  email_key: string
  email_verified_at: Date | null
  given_name: string
  family_name: string
  username: string | null
  username_key: string | null
  phone: string | null
  phone_verified_at: Date | null
  /** Written by the database: a number that was proven. */
  phone_key: GeneratedAlways<string | null>
  locale: string | null
  status: Person['status']
  version: number
  session_generation: number
  created_at: Date
  updated_at: Date
}
type Memberships = {
  org_id: string
  id: string
  home_id: string
  person_id: string
  kind: Membership['kind']
  status: Membership['status']
  created_at: Date
}
type Tables = { people: People; memberships: Memberships }
type PersonColumns = Partial<
  Pick<
    People,
    | 'given_name'
    | 'family_name'
    | 'username'
    | 'username_key'
    | 'phone'
    | 'phone_verified_at'
    | 'locale'
    | 'status'
    | 'email_verified_at'
  >
>

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const personOf = (row: Selectable<People>): Person => ({
  id: row.id,
  homeId: row.org_id,
  email: row.email,
  emailVerifiedAt: row.email_verified_at,
  givenName: row.given_name,
  familyName: row.family_name,
  username: row.username,
  phone: row.phone,
  phoneVerifiedAt: row.phone_verified_at,
  locale: row.locale,
  status: row.status,
  version: row.version,
  createdAt: row.created_at,
  sessionGeneration: row.session_generation,
})

const membershipOf = (row: Selectable<Memberships>): Membership => ({
  id: row.id,
  organizationId: row.org_id,
  homeId: row.home_id,
  personId: row.person_id,
  kind: row.kind,
  status: row.status,
})

/** Inserts unless the address or the username is taken; says whether both were free. */
export const insertPerson = async (tx: Tx, person: Person): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('people')
    .values({
      org_id: tx.organizationId,
      id: person.id,
      email: person.email,
      email_key: person.email,
      email_verified_at: person.emailVerifiedAt,
      given_name: person.givenName,
      family_name: person.familyName,
      username: person.username,
      username_key: person.username === null ? null : usernameKey(person.username),
      phone: person.phone,
      phone_verified_at: person.phoneVerifiedAt,
      locale: person.locale,
      status: person.status,
      version: person.version,
      session_generation: person.sessionGeneration,
      created_at: person.createdAt,
      updated_at: person.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted) await keepPerson(tx, person)
  return inserted !== undefined
}

const keyColumns = { id: 'id', email: 'email_key', username: 'username_key', phone: 'phone_key' } as const

/** One query, whichever of them is looked for, and whether there is one or not. */
export const readPerson = async (tx: Tx, kind: keyof typeof keyColumns, key: string): Promise<Person | null> => {
  const row = await tables(tx)
    .selectFrom('people')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where(keyColumns[kind], '=', key)
    .executeTakeFirst()
  return row ? personOf(row) : null
}

// What is unique beside the address, with how it is said that somebody else has it.
const taken: Readonly<Record<string, readonly [code: string, field: string]>> = {
  people_username: ['username.taken', 'username'],
  people_phone: ['phone.taken', 'phone'],
}

/** Of two who want the same at the same moment the database refuses one; their unit of work ends with the failure. */
const refuseTaken = (error: unknown): never => {
  const [code, field] = taken[(error as { constraint?: string }).constraint ?? ''] ?? []
  if (code === undefined) throw error
  return fail(code, field)
}

/** Changes a row; with `version` only the one that was looked at. Fails where somebody else has what is unique. */
export const changePerson = async (
  tx: Tx,
  id: string,
  columns: PersonColumns,
  version?: number,
): Promise<Person | null> => {
  const query = tables(tx)
    .updateTable('people')
    .set({ ...columns, version: sql<number>`version + 1`, updated_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
  const row = await (version === undefined ? query : query.where('version', '=', version))
    .returningAll()
    .executeTakeFirst()
    .catch(refuseTaken)
  if (!row) return null
  const person = personOf(row)
  await keepPerson(tx, person)
  return person
}

export const readPeople = async (tx: Tx, ids: readonly string[]): Promise<Person[]> =>
  (
    await tables(tx)
      .selectFrom('people')
      .selectAll()
      .where('org_id', '=', tx.organizationId)
      .where(sql<SqlBool>`id = any(${[...ids]}::text[])`)
      .execute()
  ).map(personOf)

export const deletePerson = async (tx: Tx, id: string): Promise<boolean> => {
  const ref = { homeId: tx.organizationId, personId: id }
  await deleteMembership(tx, ref)
  await dropListed(tx, id)
  const deleted = await tables(tx)
    .deleteFrom('people')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const raiseGeneration = async (tx: Tx, id: string): Promise<number | null> => {
  const row = await tables(tx)
    .updateTable('people')
    .set({ session_generation: sql<number>`session_generation + 1` })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .returning('session_generation')
    .executeTakeFirst()
  return row?.session_generation ?? null
}

/** Inserts unless they are tied already; `copies` are what a list needs of somebody who lives elsewhere. */
export const insertMembership = async (
  tx: Tx,
  membership: Membership,
  copies: Copies | null,
): Promise<Membership | null> => {
  const row = await tables(tx)
    .insertInto('memberships')
    .values({
      org_id: tx.organizationId,
      id: membership.id,
      home_id: membership.homeId,
      person_id: membership.personId,
      kind: membership.kind,
      status: membership.status,
      created_at: now(),
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'home_id', 'person_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  await keepMembership(tx, membership, copies)
  return membershipOf(row)
}

/** Changes what is `before` now; null when it was changed, or ended, in the meantime. */
export const changeMembership = async (
  tx: Tx,
  before: Membership,
  columns: Partial<Pick<Memberships, 'kind' | 'status'>>,
): Promise<Membership | null> => {
  const row = await tables(tx)
    .updateTable('memberships')
    .set(columns)
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', before.id)
    .where('status', '=', before.status)
    .where('kind', '=', before.kind)
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  const membership = membershipOf(row)
  await keepMembership(tx, membership, null)
  return membership
}

export const deleteMembership = async (tx: Tx, { homeId, personId }: PersonRef): Promise<Membership | null> => {
  const row = await tables(tx)
    .deleteFrom('memberships')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  await dropMembership(tx, homeId, personId)
  return membershipOf(row)
}

export const readMembership = async (tx: Tx, homeId: string, personId: string): Promise<Membership | null> => {
  const row = await tables(tx)
    .selectFrom('memberships')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row ? membershipOf(row) : null
}

/** How many belong to the transaction's organization, whatever they are doing there. */
export const countMemberships = async (tx: Tx): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('memberships')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** What goes with the organization. */
export const belongings = belongingsOf('people', 'memberships', 'listed_people', 'person_organizations')
