// What several sections of the console show of roles: what they are called, to whom they are given, who may give them.

import { listGrants, roleNames, rolesToGive } from '#core/access'
import type { GiveableRole } from '#core/access/contract'
import { may } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { type Tx, withOrganization } from '#platform/database'
import type { Given } from '#ui/console/given'
import type { RoleNames } from '#ui/console/invitation-words'
import type { Site } from '#web/site'

const most = 200

/** Names of own roles, by id. Whoever sees that one is given sees what it is called. */
export const namesOfRoles = async (tx: Tx): Promise<RoleNames> => Object.fromEntries(await roleNames(tx))

/** The roles of a group or a program, and whether whoever looks could take each back. */
export const givenTo = async (
  tx: Tx,
  by: Actor,
  subject: { kind: 'group' | 'service'; id: string },
): Promise<Given[]> => {
  const grants = await listGrants(tx, by, { subject, limit: most })
  const names = await namesOfRoles(tx)
  const giveable = new Map((await rolesToGive(tx, by)).map((one) => [one.role, one.reach]))
  return grants.map(({ id, role, reach, endsAt }) => ({
    id,
    role,
    name: names[role] ?? null,
    reach,
    endsAt,
    canTakeBack: giveable.get(role) === 'subtree' || giveable.get(role) === reach,
  }))
}

export const giveableBy = (site: Site, by: Actor): Promise<GiveableRole[]> =>
  withOrganization(site.organization.id, (tx) => rolesToGive(tx, by))

export const canHere = (site: Site, by: Actor, permission: Parameters<typeof may>[1]): boolean =>
  may(by, permission, site.organization.ancestors)
