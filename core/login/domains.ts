// Whose domain an address is of, and what follows from it: where to sign in, and as what one belongs there.

import { directory, domainOwner } from '#core/organizations'
import type { EmailDomain, Organization } from '#core/organizations/contract'
import { addMembership, canonicalEmail, noteElsewhere } from '#core/people'
import type { Person } from '#core/people/contract'
import { withOrganization, withPlatform } from '#platform/database'
import type { LoginContext } from './contract.ts'
import { actorOf } from './proven.ts'

const ownerOf = async (email: string): Promise<EmailDomain | null> => {
  const owner = await withPlatform((tx) => domainOwner(tx, email.slice(email.lastIndexOf('@') + 1)))
  return owner && directory().byId(owner.organizationId) && !directory().isSuspended(owner.organizationId)
    ? owner
    : null
}

/**
 * The organization whose proven email domain an address is of; null for every other one. Says something of the domain alone,
 * and nothing of whether anybody has the address.
 */
export const organizationFor = async (typed: string): Promise<Organization | null> => {
  const email = canonicalEmail(typed)
  const owner = email === null ? null : await ownerOf(email)
  return owner ? (directory().byId(owner.organizationId) ?? null) : null
}

/**
 * The organization somewhere below this one whose email domain an address is of. By the domain alone, so that nobody learns
 * from it who has an account where.
 */
export const belowFor = async (organizationId: string, key: string): Promise<Organization | null> => {
  const owner = await organizationFor(key)
  return owner && owner.id !== organizationId && owner.ancestors.includes(organizationId) ? owner : null
}

/**
 * Somebody has proven an address: the organization whose domain it is may have said that they belong there. It has to look
 * for people where they live; whoever belongs there already stays as they are.
 */
export const joinByDomain = async (ctx: LoginContext, person: Person): Promise<void> => {
  const owner = await ownerOf(person.email)
  if (!owner?.joinsAs || !directory().homes(owner.organizationId).includes(person.homeId)) return
  const { organizationId, joinsAs: kind } = owner
  const ref = { homeId: person.homeId, personId: person.id }
  if (organizationId !== person.homeId) {
    await withOrganization(person.homeId, (tx) => noteElsewhere(tx, person.id, organizationId))
  }
  await withOrganization(organizationId, (tx) =>
    addMembership(tx, actorOf(ctx, person), { ...ref, kind, known: person }),
  )
}
