// From grants to permissions: whose roles hold what, along a chain of organizations. Reads only.

import { builtInRoles, type Grant, isBuiltInRole, type Permission } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { findMembership } from '#core/people'
import type { Membership, PersonRef } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import type { Group, GroupRule, RoleGrant, Subject } from './contract.ts'
import { readGrantsOf } from './grants-store.ts'
import { readGroupsOf } from './members-store.ts'
import { readGroups, readRole } from './store.ts'

/** What a rule of a group is held against: how a person is known at home, and as what they belong here. */
export type Traits = { email: string; locale: string | null; kind: Membership['kind'] }
export type Known = PersonRef & Pick<Traits, 'email' | 'locale'>

const traitOf = ({ email, locale, kind }: Traits, attribute: GroupRule['attribute']): string => {
  switch (attribute) {
    case 'email_domain':
      return email.slice(email.lastIndexOf('@') + 1)
    case 'locale':
      return (locale ?? '').toLowerCase()
    case 'kind':
      return kind
  }
}

/** Whether a rule takes somebody in. */
export const isTakenInBy = (rule: GroupRule, traits: Traits): boolean =>
  (traitOf(traits, rule.attribute) === rule.value) === (rule.operator === 'is')

/** The permissions that a role holds at the transaction's organization; none for a role that is gone. */
export const permissionsOf = async (tx: Tx, role: string): Promise<readonly Permission[]> =>
  isBuiltInRole(role) ? builtInRoles[role] : ((await readRole(tx, role))?.permissions ?? [])

/** The groups that somebody is in, by hand or by rule. */
export const groupsOf = async (tx: Tx, ref: PersonRef, traits: Traits): Promise<Group[]> => {
  const byHand = new Set(await readGroupsOf(tx, ref))
  const groups = await readGroups(tx)
  return groups.filter(({ id, rule }) => (rule === null ? byHand.has(id) : isTakenInBy(rule, traits)))
}

/** A grant that reaches somebody, and the group that it came through. */
export type Reaching = { grant: RoleGrant; throughGroup: Group | null; permissions: readonly Permission[] }

/** What was given to a subject itself, with what its roles hold. */
export const heldBy = async (tx: Tx, subject: Subject, throughGroup: Group | null): Promise<Reaching[]> => {
  const reaching: Reaching[] = []
  for (const grant of await readGrantsOf(tx, subject)) {
    reaching.push({ grant, throughGroup, permissions: await permissionsOf(tx, grant.role) })
  }
  return reaching
}

/** Everything that somebody holds at the transaction's organization. */
export const reachingAt = async (tx: Tx, ref: PersonRef, traits: Traits): Promise<Reaching[]> => {
  const own = await heldBy(tx, { kind: 'person', homeId: ref.homeId, id: ref.personId }, null)
  const groups = await groupsOf(tx, ref, traits)
  const through: Reaching[] = []
  for (const group of groups) {
    through.push(...(await heldBy(tx, { kind: 'group', homeId: tx.organizationId, id: group.id }, group)))
  }
  return [...own, ...through]
}

/** Where along a chain somebody holds something: for the decision, and for whoever asks why. */
export type Standing = { organizationId: string; reaching: Reaching[] }

/**
 * What somebody holds at an organization and above it, the root first. Each organization is looked at in a unit of work of
 * its own, so none may be open.
 */
export const standingAlong = async (organizationId: string, { email, locale, ...ref }: Known): Promise<Standing[]> => {
  const standings: Standing[] = []
  for (const { id } of directory().chain(organizationId)) {
    const reaching = await withOrganization(id, async (tx) => {
      const membership = await findMembership(tx, ref)
      // Whoever is not a member, or no active one, holds nothing, whatever was once given to them.
      return membership?.status === 'active' ? reachingAt(tx, ref, { email, locale, kind: membership.kind }) : []
    })
    standings.push({ organizationId: id, reaching })
  }
  return standings
}

/**
 * The permissions of somebody who is met at an organization. What was given above counts where it reaches down, and only
 * here and below: a session of one organization is worth nothing above it.
 */
export const grantsFrom = (organizationId: string, standings: readonly Standing[]): Grant[] =>
  standings.flatMap((standing) =>
    standing.reaching
      .filter(({ grant }) => standing.organizationId === organizationId || grant.reach === 'subtree')
      .flatMap(({ grant, permissions }) =>
        permissions.map((permission) => ({ permission, organizationId, reach: grant.reach })),
      ),
  )
