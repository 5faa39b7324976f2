// Owns people and memberships: who somebody is, at home, which organizations they belong to, and the lists of both.
// Calls audit; called by access, sessions, credentials, roster, invitations, login and account. Also holds how the answer
// to a form is read, since every form that a person answers is about a person.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { now } from '#platform/clock'
import { announce, type Tx } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { failures, type Identifier, type Person, type ProfileChange } from './contract.ts'
import { deleteElsewhere } from './elsewhere-store.ts'
import { emailKey, maskedEmail } from './email.ts'
import { changesOf, phoneNumber } from './rules.ts'
import {
  changePerson,
  countMemberships,
  deletePerson,
  insertPerson,
  raiseGeneration,
  readPeople,
  readPerson,
} from './store.ts'
import { usernameKey } from './usernames.ts'

export { codePoints, failureOf, readAnswer, shownAgain } from './answers.ts'
export { hasUsernames, identifiersOf } from './contract.ts'
export { canonicalEmail, emailKey, maskedEmail } from './email.ts'
export { chosenUsername, identifierOf } from './identifiers.ts'
export {
  countAmong,
  countListed,
  countResidents,
  countSignedIn,
  elsewhereOf,
  everElsewhereOf,
  forgetElsewhere,
  isAnyActive,
  keepKnown,
  list,
  listed,
  listedByEmails,
  listedByIds,
  listedFromElsewhere,
  markSignedIn,
  noteElsewhere,
  spread,
} from './listed.ts'
export {
  addMembership,
  belongs,
  changeKind,
  findMembership,
  forgetOrganization,
  type NewMembership,
  removeMembership,
  removeMembershipsOf,
  residentsAt,
  setMembershipStatus,
  standing,
  tiesOf,
} from './memberships.ts'
export { chosenLocale, fields, personName, phoneNumber, searchKey } from './rules.ts'
export { belongings } from './store.ts'
export { readUsername, usernameKey } from './usernames.ts'

registerStatuses(failures)

export type NewPerson = {
  email: string
  emailVerifiedAt?: Date | null
  givenName: string
  familyName: string
  username?: string | null
  phone?: string | null
  locale?: string | null
  status?: Person['status']
}

/**
 * Creates a person at home in the transaction's organization; null when the address is taken there, `username.taken` when
 * the username is.
 */
export const create = async (tx: Tx, by: Actor, wanted: NewPerson): Promise<Person | null> => {
  const person: Person = {
    id: newId('per'),
    homeId: tx.organizationId,
    email: emailKey(wanted.email),
    emailVerifiedAt: wanted.emailVerifiedAt ?? null,
    givenName: wanted.givenName,
    familyName: wanted.familyName,
    username: wanted.username ?? null,
    phone: wanted.phone ?? null,
    phoneVerifiedAt: null,
    locale: wanted.locale ?? null,
    status: wanted.status ?? 'active',
    version: 1,
    createdAt: now(),
    sessionGeneration: 1,
  }
  if (!(await insertPerson(tx, person))) {
    if (await readPerson(tx, 'email', person.email)) return null
    return fail('username.taken', 'username')
  }
  const { email, givenName, familyName, username, status } = person
  await record(
    tx,
    by,
    'person.created',
    { kind: 'person', id: person.id },
    { after: { email, givenName, familyName, ...(username === null ? {} : { username }), status } },
  )
  return person
}

/** The person with this id who is at home in the transaction's organization. */
export const find = (tx: Tx, id: string): Promise<Person | null> => readPerson(tx, 'id', id)

/** Of these, the people who are at home in the transaction's organization. */
export const findAll = (tx: Tx, ids: readonly string[]): Promise<Person[]> => readPeople(tx, ids)

/** The person with this address, in canonical form, who is at home in the transaction's organization. */
export const findByEmail = (tx: Tx, key: string): Promise<Person | null> => readPerson(tx, 'email', key)

/**
 * The person who signs in with this and is at home in the transaction's organization. One query, whatever is looked for and
 * whether there is one. Only a number that was proven says who somebody is.
 */
export const findByIdentifier = (tx: Tx, { kind, key }: Identifier): Promise<Person | null> => readPerson(tx, kind, key)

/** Changes what a person says of themselves. `version` is the one they looked at: nobody overwrites what they have not seen. */
export const updateProfile = async (
  tx: Tx,
  by: Actor,
  id: string,
  wanted: ProfileChange,
  version: number,
): Promise<Person> => {
  const person = (await find(tx, id)) ?? fail('person.unknown')
  if (person.version !== version) return fail('person.changed_elsewhere')
  const { changed, before, after } = changesOf(person, wanted)
  if (changed.length === 0) return person
  const columns = {
    given_name: after.givenName,
    family_name: after.familyName,
    username: after.username,
    username_key: after.username && usernameKey(after.username),
    // Whoever had proven the old number has not proven the new one.
    ...(changed.includes('phone') ? { phone: after.phone, phone_verified_at: null } : {}),
    locale: after.locale,
  }
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
  const updated = (await changePerson(tx, id, given, version)) ?? fail('person.changed_elsewhere')
  await record(tx, by, 'person.profile_changed', { kind: 'person', id }, { before, after })
  return updated
}

/**
 * Sets somebody's number, proven to be theirs at this moment: from now on it says who they are. `phone.taken` when it is the
 * proven number of somebody else at this home.
 */
export const verifyPhone = async (tx: Tx, by: Actor, id: string, number: string): Promise<Person> => {
  const phone = phoneNumber(number) ?? fail('phone.invalid', 'phone')
  const before = (await find(tx, id)) ?? fail('person.unknown')
  const verified = (await changePerson(tx, id, { phone, phone_verified_at: now() })) ?? fail('person.unknown')
  const change = { before: { phone: before.phone }, after: { phone } }
  await record(tx, by, 'person.phone_verified', { kind: 'person', id }, change)
  return verified
}

/** The mailbox is proven to be theirs. */
export const markVerified = async (tx: Tx, by: Actor, person: Person): Promise<void> => {
  if (person.emailVerifiedAt) return
  await changePerson(tx, person.id, { email_verified_at: now() })
  await record(tx, by, 'person.email_verified', { kind: 'person', id: person.id })
}

/** A suspended person is as good as unknown, at once and everywhere. */
export const setStatus = async (
  tx: Tx,
  by: Actor,
  id: string,
  status: Person['status'],
  reason?: string,
): Promise<void> => {
  const person = (await find(tx, id)) ?? fail('person.unknown')
  if (person.status === status) return
  await changePerson(tx, id, { status })
  if (status === 'suspended') await endSessions(tx, id)
  const details = { before: { status: person.status }, after: { status }, ...(reason ? { reason } : {}) }
  await record(tx, by, `person.${status === 'suspended' ? 'suspended' : 'resumed'}`, { kind: 'person', id }, details)
}

/**
 * Deletes somebody who lives here, with their membership here. What other modules keep of them is erased by whoever calls
 * this, in the same unit of work. The record names nobody: an id, and an address that only its owner would recognise.
 */
export const remove = async (tx: Tx, by: Actor, person: Person, reason?: string): Promise<void> => {
  await deleteElsewhere(tx, person.id)
  if (!(await deletePerson(tx, person.id))) return fail('person.unknown')
  await announce(tx, 'sessions', tx.organizationId)
  const before = { email: maskedEmail(person.email), status: person.status }
  await record(tx, by, 'person.deleted', { kind: 'person', id: person.id }, { before, ...(reason ? { reason } : {}) })
}

/** Ends every session that was begun so far, at every organization; answers the generation that sessions begin under now. */
export const endSessions = async (tx: Tx, id: string): Promise<number> => {
  const generation = (await raiseGeneration(tx, id)) ?? fail('person.unknown')
  await announce(tx, 'sessions', tx.organizationId)
  return generation
}

/** How many belong to the transaction's organization. */
export const countMembers = (tx: Tx): Promise<number> => countMemberships(tx)
