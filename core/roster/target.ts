// Whom an administrator acts on: found by their id alone, looked at where they live, and never somebody who holds more.

import { requireOver } from '#core/access'
import { require as requirePermission } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { elsewhereOf, find, listed } from '#core/people'
import type { ListedPerson, Membership, Person, PersonRef } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'

export type Target = {
  entry: ListedPerson
  ref: PersonRef
  livesHere: boolean
  /** As their home knows them. */
  person: Person
  /** Where else somebody who lives here belongs. */
  elsewhere: string[]
}

export const organizationAt = (organizationId: string): Organization =>
  directory().byId(organizationId) ?? fail('organizations.not_found')

export const requireAt = (by: Actor, permission: ConsolePermission, organizationId: string): void =>
  requirePermission(by, permission, organizationAt(organizationId).ancestors)

/** Nobody locks themselves out, or deletes themselves, as an administrator: My Account is for that. */
export const requireSomebodyElse = (by: Actor, personId: string): void => {
  if (by.kind === 'person' && by.personId === personId) fail('roster.own_account')
}

/** Somebody who lives or belongs here, for whoever may do this; anybody else is answered as if there were nobody. */
export const findTarget = async (
  organizationId: string,
  by: Actor,
  permission: ConsolePermission,
  personId: string,
): Promise<Target> => {
  requireAt(by, permission, organizationId)
  const met = await withOrganization(organizationId, async (tx) => {
    const entry = (await listed(tx, personId)) ?? fail('person.unknown')
    const livesHere = entry.homeId === organizationId
    return {
      entry,
      livesHere,
      person: livesHere ? await find(tx, personId) : null,
      elsewhere: livesHere ? await elsewhereOf(tx, personId) : [],
    }
  })
  const { entry, livesHere, elsewhere } = met
  const person = livesHere ? met.person : await withOrganization(entry.homeId, (tx) => find(tx, personId))
  const ref = { homeId: entry.homeId, personId }
  return { entry, ref, livesHere, elsewhere, person: person ?? fail('person.unknown') }
}

/** The same, of somebody who lives here: what they prove themselves with is their home's affair. */
export const findResident = async (
  organizationId: string,
  by: Actor,
  permission: ConsolePermission,
  personId: string,
): Promise<Target> => {
  const target = await findTarget(organizationId, by, permission, personId)
  return target.livesHere ? target : fail('roster.lives_elsewhere')
}

/**
 * What happens to a person at home is felt wherever they belong, so the actor has to hold there, too, whatever they hold.
 * Opens units of work of its own.
 */
export const requireOverElsewhere = async (
  by: Actor,
  { ref, person, elsewhere }: Pick<Target, 'ref' | 'person' | 'elsewhere'>,
): Promise<void> => {
  for (const id of elsewhere) await withOrganization(id, (tx) => requireOver(tx, by, ref, person))
}

/** What somebody holds now, or with another `kind` would hold. */
export const traitsOf = ({ email, locale }: Person, kind?: Membership['kind']) => ({
  email,
  locale,
  ...(kind ? { kind } : {}),
})
