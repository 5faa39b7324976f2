// What whoever looks after people may hand out: for the choices of a form. What is decided when it is sent is the same.

import { may } from '#core/authority'
import { type Actor, builtInRoles, type Permission, type Reach } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import type { GiveableRole, Group } from './contract.ts'
import { chainOf } from './grants.ts'
import { readAllGrants } from './grants-store.ts'
import { permissionsOf } from './resolve.ts'
import { readGroups, readRoles } from './store.ts'

const reachOf = (by: Actor, permissions: readonly Permission[], chain: readonly string[]): Reach | null => {
  const holds = (reach: Reach) => permissions.every((permission) => may(by, permission, chain, reach))
  if (holds('subtree')) return 'subtree'
  return holds('organization') ? 'organization' : null
}

/** The roles that the actor may give at the transaction's organization, and how far; none for who gives no roles. */
export const rolesToGive = async (tx: Tx, by: Actor): Promise<GiveableRole[]> => {
  const chain = chainOf(tx)
  if (!may(by, 'role.assign', chain)) return []
  const own = await readRoles(tx)
  const all = [
    ...Object.entries(builtInRoles).map(([role, permissions]) => ({ role, name: null, permissions })),
    ...own.map(({ id, name, permissions }) => ({ role: id, name, permissions })),
  ]
  return all.flatMap((one) => {
    const reach = reachOf(by, one.permissions, chain)
    return reach === null || one.permissions.length === 0 ? [] : [{ ...one, permissions: [...one.permissions], reach }]
  })
}

/** The groups that the actor may put people into: those without a rule whose roles they hold themselves. */
export const groupsToFill = async (tx: Tx, by: Actor): Promise<Group[]> => {
  const chain = chainOf(tx)
  if (!may(by, 'group.manage', chain)) return []
  const higher = new Set<string>()
  for (const { subject, role, reach } of await readAllGrants(tx)) {
    if (subject.kind !== 'group') continue
    const permissions = await permissionsOf(tx, role)
    if (!permissions.every((permission) => may(by, permission, chain, reach))) higher.add(subject.id)
  }
  return (await readGroups(tx)).filter(({ id, rule }) => rule === null && !higher.has(id))
}
