// Owns roles, groups and grants: who holds which permissions where. What somebody holds is worked out from here for each
// unit of work; the decision itself is authority's.
// Calls authority, organizations, people and audit; called by every door that acts for somebody, and by the modules that
// look after people.

import { requireHeld } from '#core/authority'
import type { Actor, Grant } from '#core/authority/contract'
import { find, findMembership } from '#core/people'
import type { Membership, PersonRef } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'
import { chainOf } from './grants.ts'
import { grantsFrom, heldBy, reachingAt, type Standing, standingAlong } from './resolve.ts'

export { inGroup, withRole } from './among.ts'
export { explain } from './explain.ts'
export { groupsToFill, rolesToGive } from './giveable.ts'
export {
  allGrants,
  chainOf,
  forgetHome,
  give,
  grantsOf,
  listGrants,
  requireGiveable,
  requireOtherOwner,
  requireOwnerBeyond,
  takeBack,
  takeBackAll,
} from './grants.ts'
export {
  addToGroup,
  createGroup,
  findGroup,
  groupIdsOf,
  listGroups,
  listMembers,
  membersOf,
  removeFromGroup,
  removeFromGroups,
  removeGroup,
  requireFillable,
  updateGroup,
} from './groups.ts'
export { holdingsOf } from './holdings.ts'
export { type Overseer, overseer } from './overseer.ts'
export { groupNames, groupPage, lookAtGroup, roleHolders, roleNames } from './overviews.ts'
export { transferOwnership } from './ownership.ts'
export { permittedHere } from './permitted.ts'
export { groupsOf, type Reaching, type Standing } from './resolve.ts'
export { createRole, findRole, listRoles, removeRole, updateRole } from './roles.ts'
export { belongings } from './store.ts'

registerStatuses(failures)

/**
 * What somebody holds, and why: at an organization and at each one above it. Empty for whoever is suspended or gone. Opens
 * units of work of its own.
 */
export const standingsOf = async (organizationId: string, ref: PersonRef): Promise<Standing[]> => {
  const person = await withOrganization(ref.homeId, (tx) => find(tx, ref.personId))
  if (person?.status !== 'active') return []
  return standingAlong(organizationId, { ...ref, email: person.email, locale: person.locale })
}

/** Somebody who is signed in at an organization, with all that they were granted for it and below it. */
export const personActor = async (
  organizationId: string,
  ref: PersonRef,
  from: Pick<Actor, 'address' | 'userAgent' | 'requestId'>,
): Promise<Actor> => ({
  kind: 'person',
  ...ref,
  ...from,
  grants: grantsFrom(organizationId, await standingsOf(organizationId, ref)),
})

/** What a service account of the transaction's organization holds. It was given it here, so it reaches nothing above. */
export const grantsOfAccount = async (tx: Tx, id: string): Promise<Grant[]> => {
  const { organizationId } = tx
  const reaching = await heldBy(tx, { kind: 'service', homeId: organizationId, id }, null)
  return reaching.flatMap(({ grant, permissions }) =>
    permissions.map((permission) => ({ permission, organizationId, reach: grant.reach })),
  )
}

type Held = { email: string; locale: string | null; kind?: Membership['kind'] }

/**
 * Refuses to act on somebody who holds, at the transaction's organization, what the actor does not: `authority.exceeds_own`.
 * A person who may reset passwords must not become the owner by resetting the owner's. With a `kind`, it is as what they
 * will belong here that counts: a group with a rule may take them in by it.
 */
export const requireOver = async (tx: Tx, by: Actor, ref: PersonRef, { kind, ...known }: Held): Promise<void> => {
  const traits = { ...known, kind: kind ?? (await findMembership(tx, ref))?.kind ?? 'consumer' }
  const reaching = await reachingAt(tx, ref, traits)
  for (const { permissions, grant } of reaching) requireHeld(by, permissions, chainOf(tx), grant.reach)
}
