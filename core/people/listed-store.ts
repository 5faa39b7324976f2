// The one row for each person that lists are made of, and where else the people of a home belong.

import { type Expression, type Generated, type Selectable, type SqlBool, sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Among, ListedPerson, Membership, PeoplePage, PeopleQuery, Person, TraitRule } from './contract.ts'
import { listKeys, searchKey } from './rules.ts'
import { usernameKey } from './usernames.ts'

type ListedPeople = {
  org_id: string
  person_id: string
  home_id: string
  email: string
  email_domain: Generated<string>
  given_name: string
  family_name: string
  username: string | null
  username_key: string | null
  locale: string | null
  name_key: string
  call_key: string
  kind: Membership['kind'] | null
  membership: Membership['status'] | null
  person: Person['status']
  status: Generated<ListedPerson['status']>
  joined_at: Date
  last_sign_in_at: Date | null
}
const tables = (tx: Tx) => tx.sql.withTables<{ listed_people: ListedPeople }>()

const listedOf = (row: Selectable<ListedPeople>): ListedPerson => ({
  personId: row.person_id,
  homeId: row.home_id,
  email: row.email,
  givenName: row.given_name,
  familyName: row.family_name,
  username: row.username,
  locale: row.locale,
  kind: row.kind,
  membership: row.membership,
  isSuspendedAtHome: row.person === 'suspended',
  status: row.status,
  joinedAt: row.joined_at,
  lastSignInAt: row.last_sign_in_at,
})

/** What a list knows of somebody from their home. */
export type Copies = Pick<Person, 'email' | 'givenName' | 'familyName' | 'username' | 'locale' | 'status'>

const copied = ({ email, givenName, familyName, username, locale, status }: Copies) => ({
  email,
  given_name: givenName,
  family_name: familyName,
  username,
  username_key: username === null ? null : usernameKey(username),
  locale,
  ...listKeys({ email, givenName, familyName }),
  person: status,
})

/** Somebody who lives here, as they are now. */
export const keepPerson = async (tx: Tx, person: Person): Promise<void> => {
  const copies = copied(person)
  const row = {
    org_id: tx.organizationId,
    person_id: person.id,
    home_id: tx.organizationId,
    joined_at: person.createdAt,
  }
  await tables(tx)
    .insertInto('listed_people')
    .values({ ...row, ...copies, kind: null, membership: null, last_sign_in_at: null })
    .onConflict((conflict) => conflict.columns(['org_id', 'person_id']).doUpdateSet(copies))
    .execute()
}

const unknown: Copies = {
  email: '',
  givenName: '',
  familyName: '',
  username: null,
  locale: null,
  status: 'active',
}

/** Somebody who belongs here. Without copies, somebody from elsewhere has no name until the next refresh. */
export const keepMembership = async (tx: Tx, membership: Membership, copies: Copies | null): Promise<void> => {
  const { homeId, personId, kind, status } = membership
  const row = {
    org_id: tx.organizationId,
    person_id: personId,
    home_id: homeId,
    joined_at: now(),
    last_sign_in_at: null,
  }
  await tables(tx)
    .insertInto('listed_people')
    .values({ ...row, ...copied(copies ?? unknown), kind, membership: status })
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'person_id'])
        .doUpdateSet({ kind, membership: status, ...(copies ? copied(copies) : {}) }),
    )
    .execute()
}

/** What has changed at their home of somebody who belongs here; nothing when they do not. */
export const keepCopies = async (tx: Tx, homeId: string, personId: string, copies: Copies): Promise<void> => {
  await tables(tx)
    .updateTable('listed_people')
    .set(copied(copies))
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('home_id', '=', homeId)
    .execute()
}

/** Somebody who no longer belongs here. Who lives here stays on the list. */
export const dropMembership = async (tx: Tx, homeId: string, personId: string): Promise<void> => {
  if (homeId !== tx.organizationId) return dropListed(tx, personId)
  await tables(tx)
    .updateTable('listed_people')
    .set({ kind: null, membership: null })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}

export const dropListed = async (tx: Tx, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('listed_people')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}

export const markSeenAt = async (tx: Tx, personId: string, at: Date): Promise<void> => {
  await tables(tx)
    .updateTable('listed_people')
    .set({ last_sign_in_at: at })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}

const here = (tx: Tx) => tables(tx).selectFrom('listed_people').selectAll().where('org_id', '=', tx.organizationId)

export const readListed = async (tx: Tx, personId: string): Promise<ListedPerson | null> => {
  const row = await here(tx).where('person_id', '=', personId).executeTakeFirst()
  return row ? listedOf(row) : null
}

export const readListedByEmails = async (tx: Tx, emails: readonly string[]): Promise<ListedPerson[]> =>
  (
    await here(tx)
      .where(sql<SqlBool>`email = any(${[...emails]}::text[])`)
      .execute()
  ).map(listedOf)

export const readListedByIds = async (tx: Tx, personIds: readonly string[]): Promise<ListedPerson[]> =>
  (
    await here(tx)
      .where(sql<SqlBool>`person_id = any(${[...personIds]}::text[])`)
      .execute()
  ).map(listedOf)

/** Those who live elsewhere, by home and id, after one of them. */
export const readFromElsewhere = async (
  tx: Tx,
  limit: number,
  after: { homeId: string; personId: string } | null,
): Promise<ListedPerson[]> => {
  const query = here(tx).where('home_id', '!=', tx.organizationId)
  const rows = await (after
    ? query.where(sql<SqlBool>`(home_id, person_id) > (${after.homeId}, ${after.personId})`)
    : query
  )
    .orderBy('home_id')
    .orderBy('person_id')
    .limit(limit)
    .execute()
  return rows.map(listedOf)
}

// The last character there is: what begins with a prefix lies between the prefix and the prefix followed by it.
const last = '\u{10ffff}'

const beginsWith = (search: string): Expression<SqlBool> => {
  const key = searchKey(search)
  const typed = search.trim().toLowerCase()
  const name = usernameKey(search)
  return sql<SqlBool>`((name_key >= ${key} and name_key < ${key + last}) or (call_key >= ${key} and call_key < ${key + last})
    or (email >= ${typed} and email < ${typed + last})
    or (username_key >= ${name} and username_key < ${name + last}))`
}

const trait = ({ attribute }: TraitRule): Expression<string> => {
  switch (attribute) {
    case 'email_domain':
      return sql<string>`email_domain`
    case 'locale':
      return sql<string>`lower(coalesce(locale, ''))`
    case 'kind':
      return sql<string>`kind`
  }
}

const isOneOf = ({ personIds, rules }: Among): Expression<SqlBool> => {
  const named = sql<SqlBool>`person_id = any(${[...personIds]}::text[])`
  const ruled = rules.map((rule) =>
    rule.operator === 'is'
      ? sql<SqlBool>`(kind is not null and ${trait(rule)} = ${rule.value})`
      : sql<SqlBool>`(kind is not null and ${trait(rule)} <> ${rule.value})`,
  )
  return sql<SqlBool>`(${sql.join([named, ...ruled], sql` or `)})`
}

const conditionsOf = ({ search, kind, status, among = [] }: PeopleQuery): Expression<SqlBool>[] => [
  ...(search && searchKey(search) !== '' ? [beginsWith(search)] : []),
  ...(kind ? [sql<SqlBool>`kind = ${kind}`] : []),
  ...(status ? [sql<SqlBool>`status = ${status}`] : []),
  ...among.map(isOneOf),
]

export const readPage = async (tx: Tx, query: PeopleQuery): Promise<PeoplePage> => {
  const { sort = 'name', after, limit } = query
  const conditions = conditionsOf(query)
  const isByName = sort === 'name'
  if (after && isByName) conditions.push(sql<SqlBool>`(name_key, person_id) > (${after.key}, ${after.id})`)
  if (after && !isByName) {
    conditions.push(sql<SqlBool>`(joined_at, person_id) < (${new Date(after.key)}, ${after.id})`)
  }
  const asked = here(tx).where((row) => row.and(conditions))
  const ordered = isByName
    ? asked.orderBy('name_key').orderBy('person_id')
    : asked.orderBy('joined_at', 'desc').orderBy('person_id', 'desc')
  // One more than asked for says that there are more.
  const rows = await ordered.limit(limit + 1).execute()
  const shown = rows.slice(0, limit)
  const end = rows.length > limit ? shown.at(-1) : undefined
  return {
    people: shown.map(listedOf),
    next: end ? { key: isByName ? end.name_key : end.joined_at.toISOString(), id: end.person_id } : null,
  }
}

/** Whether any of these belongs here and may do something. */
export const isAnyActive = async (tx: Tx, personIds: readonly string[]): Promise<boolean> =>
  (await here(tx)
    .where(sql<SqlBool>`person_id = any(${[...personIds]}::text[])`)
    .where('membership', '=', 'active')
    .where('person', '=', 'active')
    .limit(1)
    .executeTakeFirst()) !== undefined

export const countOneOf = async (tx: Tx, among: Among): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('listed_people')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .where(isOneOf(among))
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}
