// Why somebody can enter an organization, and what they can do there: the whole way from where they live to each
// permission, as plain data for a page or a program.

import { may, require as requirePermission } from '#core/authority'
import { type Actor, isBuiltInRole, type Permission, type Reach } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { find, findMembership, listed } from '#core/people'
import type { Membership, PersonRef } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { Explanation, Reason } from './contract.ts'
import { type Standing, standingAlong } from './resolve.ts'
import { readRoles } from './store.ts'

const named = (id: string) => {
  const organization = directory().byId(id)
  return { id, handle: organization?.handle ?? '', name: organization?.name ?? '' }
}

const chainOf = (id: string): string[] => directory().byId(id)?.ancestors ?? [id]

type RoleNames = ReadonlyMap<string, string>

/** What the own roles of these organizations are called, by id. */
const roleNamesOf = async (standings: readonly Standing[]): Promise<RoleNames> => {
  const names = new Map<string, string>()
  for (const { organizationId, reaching } of standings) {
    if (reaching.every(({ grant }) => isBuiltInRole(grant.role))) continue
    for (const { id, name } of await withOrganization(organizationId, readRoles)) names.set(id, name)
  }
  return names
}

/** How a grant came to somebody. Of an organization where the reader may not see people, no group and no giver is named. */
const reasonOf = (
  by: Actor,
  at: string,
  { grant, throughGroup }: Standing['reaching'][number],
  names: RoleNames,
): Reason => {
  const isSeen = may(by, 'people.read', chainOf(at))
  return {
    organization: named(at),
    role: grant.role,
    roleName: names.get(grant.role) ?? null,
    reach: grant.reach,
    through: throughGroup === null ? 'person' : 'group',
    group: throughGroup && isSeen ? { id: throughGroup.id, name: throughGroup.name } : null,
    isByRule: throughGroup?.rule != null,
    grantId: isSeen ? grant.id : null,
    givenBy: isSeen ? grant.givenBy : null,
    givenAt: grant.createdAt,
    endsAt: grant.endsAt,
  }
}

const permissionsFrom = (by: Actor, organizationId: string, standings: readonly Standing[], names: RoleNames) => {
  const held = new Map<Permission, { permission: Permission; reach: Reach; reasons: Reason[] }>()
  for (const { organizationId: at, reaching } of standings) {
    for (const one of reaching) {
      // What was given above counts here where it reaches down.
      if (at !== organizationId && one.grant.reach !== 'subtree') continue
      const reason = reasonOf(by, at, one, names)
      for (const permission of one.permissions) {
        const known = held.get(permission) ?? { permission, reach: 'organization' as Reach, reasons: [] }
        held.set(permission, {
          ...known,
          reach: reason.reach === 'subtree' ? 'subtree' : known.reach,
          reasons: [...known.reasons, reason],
        })
      }
    }
  }
  return [...held.values()].sort((a, b) => a.permission.localeCompare(b.permission))
}

type Facts = { isSuspendedHere: boolean; person: string | null; membership: Membership | null; isAtHome: boolean }

const entranceOf = ({ isSuspendedHere, person, membership, isAtHome }: Facts): Explanation['entrance'] => {
  if (isSuspendedHere) return 'organization_suspended'
  if (person === null) return 'person_gone'
  if (person === 'suspended') return 'person_suspended'
  if (membership === null) return isAtHome ? 'lives_here' : 'not_a_member'
  if (membership.status === 'active') return 'member'
  return membership.status === 'suspended' ? 'membership_suspended' : 'waiting_for_approval'
}

/**
 * Explains how somebody who lives or belongs at an organization stands there. For whoever may see people; of somebody who
 * does neither, nothing is said. Opens units of work of its own.
 */
export const explain = async (organizationId: string, by: Actor, ref: PersonRef): Promise<Explanation> => {
  const met = await withOrganization(organizationId, async (tx) => {
    requirePermission(by, 'people.read', chainOf(organizationId))
    const known = await listed(tx, ref.personId)
    if (known?.homeId !== ref.homeId) return fail('person.unknown')
    return { known, membership: await findMembership(tx, ref) }
  })
  const person = await withOrganization(ref.homeId, (tx) => find(tx, ref.personId))
  const standings =
    person?.status === 'active'
      ? await standingAlong(organizationId, { ...ref, email: person.email, locale: person.locale })
      : []
  const entrance = entranceOf({
    isSuspendedHere: directory().isSuspended(organizationId),
    person: person?.status ?? null,
    membership: met.membership,
    isAtHome: ref.homeId === organizationId,
  })
  const { membership } = met
  return {
    organization: named(organizationId),
    person: {
      ...ref,
      email: person?.email ?? met.known.email,
      givenName: person?.givenName ?? met.known.givenName,
      familyName: person?.familyName ?? met.known.familyName,
    },
    home: named(ref.homeId),
    membership: membership && { kind: membership.kind, status: membership.status },
    entrance,
    canEnter: entrance === 'member' || entrance === 'lives_here',
    permissions: permissionsFrom(by, organizationId, standings, await roleNamesOf(standings)),
  }
}
