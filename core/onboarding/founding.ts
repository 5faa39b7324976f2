// An organization with its first person, at once or not at all: in one unit of work of the platform, so that nobody is ever
// left with an organization that nobody can enter, or with an account in none.

import { give } from '#core/access'
import { record } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { setPassword } from '#core/credentials'
import { canonicalAddressOf, checkHandle, create, directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { orderMail } from '#core/outbox'
import { addMembership, create as createPerson } from '#core/people'
import type { Person } from '#core/people/contract'
import { now } from '#platform/clock'
import { asOrganization, type Tx, withPlatform } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import type { NewBusiness } from './contract.ts'
import { candidatesFor } from './rules.ts'
import { isWaitedFor } from './store.ts'

export type Founded = { organization: Organization; person: Person }

/** The language in which it began comes first, then the others that the organization above speaks. */
const localesFor = ({ locales }: Organization, locale: string): string[] => [
  locale,
  ...locales.filter((one) => one !== locale),
]

/** The owner: at home in the organization, on its staff, with all that can be done there and below it. */
const settle = async (own: Tx, by: Actor, business: NewBusiness): Promise<Person> => {
  const { email, givenName, familyName, locale, passwordHash } = business
  const wanted = { email, givenName, familyName, locale, emailVerifiedAt: now() }
  const person = (await createPerson(own, by, wanted)) ?? fail('person.exists')
  const ref = { homeId: person.homeId, personId: person.id }
  await setPassword(own, { ...by, kind: 'person', ...ref }, person.id, passwordHash, 'signed up')
  await addMembership(own, by, { ...ref, kind: 'staff' })
  const subject = { kind: 'person', homeId: ref.homeId, id: ref.personId } as const
  // An organization without an owner could be looked after by nobody: this is no right that somebody hands on.
  await give(own, systemActor, subject, { role: 'owner', reach: 'subtree' })
  return person
}

export type Founding = {
  parentId: string
  business: NewBusiness
  /** Who may create it: the system where the organization above lets businesses in by themselves. */
  creator: Actor
  /** Who is acting. */
  by: Actor
  mail: 'welcome' | 'business-approved'
}

/** Creates the organization and its owner, and writes to them. In a platform unit of work, with all that has to be so with it. */
export const found = async (tx: Tx, { parentId, business, creator, by, mail }: Founding): Promise<Founded> => {
  const parent = directory().byId(parentId) ?? fail('organizations.not_found')
  const { name, handle, locale } = business
  const organization = await create(tx, creator, {
    parentId,
    name,
    handle,
    locales: localesFor(parent, locale),
    // What is asked of one's own people is asked of those who come in below them.
    secondFactorRequired: parent.secondFactorRequired,
    security: parent.security,
  })
  const person = await asOrganization(tx, organization.id, async (own) => {
    const made = await settle(own, by, business)
    await orderMail(own, mail, {
      to: { home: made.homeId, person: made.id },
      organizationId: organization.id,
      address: canonicalAddressOf(organization),
      locale,
      data: { at: now().toISOString() },
    })
    return made
  })
  await asOrganization(tx, parentId, (own) =>
    record(own, by, 'business.started', { kind: 'organization', id: organization.id }, { after: { name, handle } }),
  )
  return { organization, person }
}

/** Fails where a handle cannot be had, with the code that says why; `email` is whose request may wait for it. */
export const requireFree = async (tx: Tx, parentId: string, handle: string, email: string): Promise<void> => {
  await checkHandle(tx, systemActor, parentId, handle)
  const isTaken = await asOrganization(tx, parentId, (own) => isWaitedFor(own, handle, email))
  if (isTaken) fail('organizations.handle_taken', 'handle')
}

const mostSuggestions = 3

/** Handles that could be had instead. Opens a unit of work of its own. */
export const suggestHandles = (parentId: string, name: string, handle: string): Promise<string[]> =>
  withPlatform(async (tx) => {
    const free: string[] = []
    for (const candidate of candidatesFor(name, handle)) {
      if (free.length === mostSuggestions) break
      try {
        await requireFree(tx, parentId, candidate, '')
        free.push(candidate)
      } catch (error) {
        if (!isFailure(error)) throw error
      }
    }
    return free
  })
