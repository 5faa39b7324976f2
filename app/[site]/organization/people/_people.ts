// What several pages of people ask core for.

import { listGroups, listRoles } from '#core/access'
import { may } from '#core/authority'
import { type Actor, type BuiltInRole, builtInRoles } from '#core/authority/contract'
import { withOrganization } from '#platform/database'
import type { Site } from '#web/site'

const standard = Object.keys(builtInRoles) as BuiltInRole[]

/** Roles that somebody may give here, because they hold all of them; and what own roles are called. */
export const rolesFor = async (site: Site, by: Actor) => {
  const { id, ancestors } = site.organization
  const holds = (all: readonly string[]) => all.every((one) => may(by, one as Parameters<typeof may>[1], ancestors))
  const own = may(by, 'organization.read', ancestors) ? await withOrganization(id, (tx) => listRoles(tx, by)) : []
  const isGiving = may(by, 'role.assign', ancestors)
  const giveable = [
    ...standard.map((key) => ({ id: key as string, name: key as string, permissions: builtInRoles[key] })),
    ...own,
  ].filter(({ permissions }) => isGiving && holds(permissions))
  return {
    names: new Map(own.map((role) => [role.id, role.name])),
    giveable: giveable.map(({ id: role, name }) => ({ id: role, name })),
  }
}

/** Groups that somebody may put people into: those without a rule. */
export const groupsFor = async (site: Site, by: Actor): Promise<{ id: string; name: string }[]> => {
  const { id, ancestors } = site.organization
  if (!may(by, 'group.manage', ancestors) || !may(by, 'people.read', ancestors)) return []
  const groups = await withOrganization(id, (tx) => listGroups(tx, by))
  return groups.filter(({ rule }) => rule === null).map(({ id: group, name }) => ({ id: group, name }))
}

/** Whether somebody holds anything here that reaches further down: only then a role of theirs may. */
export const reachesDown = (site: Site, by: Actor): boolean =>
  by.grants.some(
    ({ permission, organizationId, reach }) =>
      permission === 'role.assign' && reach === 'subtree' && site.organization.ancestors.includes(organizationId),
  )
