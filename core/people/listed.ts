// The lists of everybody who lives or belongs somewhere, and keeping them true where people live elsewhere.

import { now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import type { Among, ListedPerson, PeoplePage, PeopleQuery, Person, PersonRef } from './contract.ts'
import { countByStatus, countResidents as countResidentsOf, countSeen } from './counts-store.ts'
import { insertElsewhere, leaveElsewhere, readElsewhere } from './elsewhere-store.ts'
import {
  countOneOf,
  isAnyActive as isAnyListedActive,
  keepCopies,
  markSeenAt,
  readFromElsewhere,
  readListed,
  readListedByEmails,
  readListedByIds,
  readPage,
} from './listed-store.ts'
import { readPerson } from './store.ts'

/** A page of those who live or belong at the transaction's organization, and where the next one begins. */
export const list = (tx: Tx, query: PeopleQuery): Promise<PeoplePage> => readPage(tx, query)

/** How many live or belong at the transaction's organization, by how they stand. */
export const countListed = countByStatus

/** How many of those who live or belong here are meant by a group. */
export const countAmong = (tx: Tx, among: Among): Promise<number> => countOneOf(tx, among)

/** How many of them live here; the others belong here and live elsewhere. */
export const countResidents = countResidentsOf

/** How many have ever signed in at the transaction's organization. */
export const countSignedIn = countSeen

/** Somebody who lives or belongs here, by id alone: the list knows their home. */
export const listed = (tx: Tx, personId: string): Promise<ListedPerson | null> => readListed(tx, personId)

/** Who of these addresses, in canonical form, lives or belongs here. */
export const listedByEmails = (tx: Tx, emails: readonly string[]): Promise<ListedPerson[]> =>
  readListedByEmails(tx, emails)

/** Who of these lives or belongs here. */
export const listedByIds = (tx: Tx, personIds: readonly string[]): Promise<ListedPerson[]> =>
  readListedByIds(tx, personIds)

/** Those who belong here and live elsewhere, in an order of their own, after one of them. */
export const listedFromElsewhere = (tx: Tx, limit: number, after: PersonRef | null): Promise<ListedPerson[]> =>
  readFromElsewhere(tx, limit, after)

/** Whether one of these is an active member here, and not suspended by their home as far as it is known here. */
export const isAnyActive = (tx: Tx, personIds: readonly string[]): Promise<boolean> =>
  personIds.length === 0 ? Promise.resolve(false) : isAnyListedActive(tx, personIds)

/** Brings what the transaction's organization knows of a member from elsewhere up to date. */
export const keepKnown = (tx: Tx, person: Person): Promise<void> => keepCopies(tx, person.homeId, person.id, person)

/** Somebody has just begun a session at the transaction's organization. */
export const markSignedIn = (tx: Tx, personId: string): Promise<void> => markSeenAt(tx, personId, now())

/** Notes, at their home, where else somebody is about to belong: whoever deletes them there has to find it. */
export const noteElsewhere = (tx: Tx, personId: string, organizationId: string): Promise<void> =>
  organizationId === tx.organizationId ? Promise.resolve() : insertElsewhere(tx, personId, organizationId)

/** Where else somebody who lives here belongs. */
export const elsewhereOf = (tx: Tx, personId: string): Promise<string[]> => readElsewhere(tx, personId)

/** Where else they belong, or have belonged: what is told of them there goes when they are deleted. */
export const everElsewhereOf = (tx: Tx, personId: string): Promise<string[]> => readElsewhere(tx, personId, true)

export const forgetElsewhere = (tx: Tx, personId: string, organizationId: string): Promise<void> =>
  leaveElsewhere(tx, personId, organizationId)

/**
 * Tells every other organization where somebody belongs how their home knows them now. Opens units of work of its own;
 * one that fails is caught up with by the hourly refresh.
 */
export const spread = async ({ homeId, personId }: PersonRef): Promise<void> => {
  const { person, elsewhere } = await withOrganization(homeId, async (tx) => ({
    person: await readPerson(tx, 'id', personId),
    elsewhere: await readElsewhere(tx, personId),
  }))
  if (!person) return
  for (const organizationId of elsewhere) await withOrganization(organizationId, (tx) => keepKnown(tx, person))
}
