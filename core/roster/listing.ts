// Who there is, and what may be seen of one of them.

import { grantsOf, groupsOf, holdingsOf, inGroup, withRole } from '#core/access'
import type { Holdings } from '#core/access/contract'
import type { Actor } from '#core/authority/contract'
import { factorsOf } from '#core/credentials'
import type { Factors } from '#core/credentials/contract'
import { directory } from '#core/organizations'
import {
  countListed,
  countResidents,
  countSignedIn,
  findAll,
  findMembership,
  keepKnown,
  list as listPeople,
} from '#core/people'
import type { Among, ListedPerson, Membership, Person, PersonRef } from '#core/people/contract'
import { openOf } from '#core/sessions'
import { type Tx, withOrganization } from '#platform/database'
import {
  type RosterCounts,
  type RosterPage,
  type RosterPerson,
  type RosterProfile,
  type RosterQuery,
  rosterQuery,
} from './contract.ts'
import { read } from './reading.ts'
import { findTarget, requireAt } from './target.ts'

const asked = async (tx: Tx, { role, group }: { role?: string | undefined; group?: string | undefined }) => {
  const among: Among[] = []
  if (role !== undefined) among.push(await withRole(tx, role))
  if (group !== undefined) among.push(await inGroup(tx, group))
  return among
}

/** As their homes know them now, by id. Each home is asked in a unit of work of its own. */
export const asAtHome = async (
  organizationId: string,
  people: readonly ListedPerson[],
): Promise<ReadonlyMap<string, Person>> => {
  const found = new Map<string, Person>()
  const homes = new Set(people.map(({ homeId }) => homeId).filter((homeId) => homeId !== organizationId))
  for (const homeId of homes) {
    const ids = people.filter((one) => one.homeId === homeId).map(({ personId }) => personId)
    for (const person of await withOrganization(homeId, (tx) => findAll(tx, ids))) found.set(person.id, person)
  }
  return found
}

export const isOutdated = (known: ListedPerson, person: Person): boolean =>
  known.email !== person.email ||
  known.givenName !== person.givenName ||
  known.familyName !== person.familyName ||
  known.username !== person.username ||
  known.locale !== person.locale ||
  known.isSuspendedAtHome !== (person.status === 'suspended')

export const shown = (organizationId: string, known: ListedPerson, person: Person | undefined): RosterPerson => ({
  ...known,
  ...(person && {
    email: person.email,
    givenName: person.givenName,
    familyName: person.familyName,
    username: person.username,
    locale: person.locale,
    isSuspendedAtHome: person.status === 'suspended',
    status: person.status === 'suspended' ? 'suspended' : (known.membership ?? 'active'),
  }),
  livesHere: known.homeId === organizationId,
})

/**
 * A page of those who live or belong here, and where the next one begins. Opens units of work of its own: people who live
 * elsewhere are shown as their home knows them now, and the list is mended where it did not know it yet.
 */
export const list = async (organizationId: string, by: Actor, wanted: RosterQuery = {}): Promise<RosterPage> => {
  requireAt(by, 'people.read', organizationId)
  const { role, group, ...query } = read(rosterQuery, wanted)
  const { people: page, next } = await withOrganization(organizationId, async (tx) =>
    listPeople(tx, { ...query, among: await asked(tx, { role, group }) }),
  )
  const atHome = await asAtHome(organizationId, page)
  const changed = page.flatMap((known) => {
    const person = atHome.get(known.personId)
    return person && isOutdated(known, person) ? [person] : []
  })
  if (changed.length > 0) {
    await withOrganization(organizationId, async (tx) => {
      for (const person of changed) await keepKnown(tx, person)
    })
  }
  return { people: page.map((known) => shown(organizationId, known, atHome.get(known.personId))), next }
}

/** How many there are of each standing, and how many have ever signed in. */
export const counts = async (organizationId: string, by: Actor): Promise<RosterCounts> => {
  requireAt(by, 'people.read', organizationId)
  return withOrganization(organizationId, async (tx) => {
    const counted = await countListed(tx)
    const of = (status: Membership['status']) => counted.get(status) ?? 0
    const signedIn = await countSignedIn(tx)
    return { active: of('active'), suspended: of('suspended'), pending: of('pending'), signedIn }
  })
}

/** What those of a page were given here. */
export const holdings = (
  organizationId: string,
  by: Actor,
  people: readonly PersonRef[],
): Promise<ReadonlyMap<string, Holdings>> => {
  requireAt(by, 'people.read', organizationId)
  return withOrganization(organizationId, (tx) => holdingsOf(tx, people))
}

/** Since when somebody is asked for more than a password. */
const secondStepAt = ({ totp, phones }: Factors): Date | null =>
  [totp?.addedAt, ...phones.map(({ verifiedAt }) => verifiedAt)]
    .filter((at) => at !== undefined)
    .reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null)

/** One of them, with what they hold, what they prove themselves with, and where they are signed in. */
export const look = async (organizationId: string, by: Actor, personId: string): Promise<RosterProfile> => {
  const { entry, ref, livesHere, person } = await findTarget(organizationId, by, 'people.read', personId)
  const home = directory().byId(ref.homeId)
  return withOrganization(organizationId, async (tx) => {
    const membership = await findMembership(tx, ref)
    const traits = { email: person.email, locale: person.locale, kind: membership?.kind ?? 'consumer' }
    const groups = membership ? await groupsOf(tx, ref, traits) : []
    const factors = livesHere ? await factorsOf(tx, personId) : null
    return {
      ref,
      livesHere,
      home: { id: ref.homeId, name: home?.name ?? '', handle: home?.handle ?? '' },
      email: person.email,
      isEmailVerified: person.emailVerifiedAt !== null,
      givenName: person.givenName,
      familyName: person.familyName,
      username: person.username,
      phone: livesHere ? person.phone : null,
      isPhoneVerified: livesHere && person.phoneVerifiedAt !== null,
      locale: person.locale,
      status: person.status === 'suspended' ? 'suspended' : (membership?.status ?? 'active'),
      isSuspendedAtHome: person.status === 'suspended',
      membership,
      joinedAt: entry.joinedAt,
      lastSignInAt: entry.lastSignInAt,
      passwordChangedAt: factors?.password?.changedAt ?? null,
      mustChangePassword: factors?.password?.mustChange ?? false,
      secondStepAddedAt: factors && secondStepAt(factors),
      grants: await grantsOf(tx, by, { kind: 'person', homeId: ref.homeId, id: personId }),
      groups: groups.map(({ id, name, rule }) => ({ id, name, isByRule: rule !== null })),
      sessions: await openOf(tx, ref, person.sessionGeneration),
      version: person.version,
    }
  })
}

/** How many live here, and how many belong here and live elsewhere: for whoever changes where people live. */
export const homes = async (organizationId: string, by: Actor): Promise<{ here: number; elsewhere: number }> => {
  requireAt(by, 'organization.update', organizationId)
  return withOrganization(organizationId, async (tx) => {
    const all = [...(await countListed(tx)).values()].reduce((sum, count) => sum + count, 0)
    const here = await countResidents(tx)
    return { here, elsewhere: all - here }
  })
}
