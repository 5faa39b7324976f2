import { record } from '#core/audit'
import { requireHeld, require as requirePermission } from '#core/authority'
import { type Actor, isBuiltInRole } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { mostOfEach, type NewRole, newRole, type OwnRole, type RoleChange, roleChange } from './contract.ts'
import { chainOf } from './grants.ts'
import { isRoleGiven } from './grants-store.ts'
import { read } from './reading.ts'
import { changeRole, countForOneMore, deleteRole, insertRole, readRole, readRoles } from './store.ts'

const target = (id: string) => ({ kind: 'role', id })
const found = async (tx: Tx, id: string): Promise<OwnRole> => (await readRole(tx, id)) ?? fail('access.role_unknown')

/** The organization's own roles; built-in ones are part of the build. */
export const listRoles = (tx: Tx, by: Actor): Promise<OwnRole[]> => {
  requirePermission(by, 'organization.read', chainOf(tx))
  return readRoles(tx)
}

/** One of them. */
export const findRole = (tx: Tx, by: Actor, id: string): Promise<OwnRole> => {
  requirePermission(by, 'organization.read', chainOf(tx))
  return found(tx, id)
}

/** Makes a role that holds nothing its maker does not hold. */
export const createRole = async (tx: Tx, by: Actor, wanted: NewRole): Promise<OwnRole> => {
  const chain = chainOf(tx)
  requirePermission(by, 'role.manage', chain)
  const role: OwnRole = { ...read(newRole, wanted), id: newId('rol'), version: 1 }
  if (isBuiltInRole(role.key)) return fail('access.role_key_reserved', 'key')
  requireHeld(by, role.permissions, chain, 'organization')
  if ((await countForOneMore(tx, 'roles')) >= mostOfEach) return fail('access.too_many')
  if (!(await insertRole(tx, role))) return fail('access.role_key_taken', 'key')
  const { key, name, permissions } = role
  await record(tx, by, 'role.created', target(role.id), { after: { key, name, permissions } })
  return role
}

/** Changes a role; neither what it held nor what it will hold may exceed what its changer holds. */
export const updateRole = async (
  tx: Tx,
  by: Actor,
  id: string,
  wanted: RoleChange,
  version: number,
): Promise<OwnRole> => {
  const chain = chainOf(tx)
  requirePermission(by, 'role.manage', chain)
  const change = read(roleChange, wanted)
  const before = await found(tx, id)
  requireHeld(by, [...before.permissions, ...(change.permissions ?? [])], chain, 'organization')
  const columns = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (!(await changeRole(tx, id, columns, version))) return fail('access.changed_elsewhere')
  const was = Object.fromEntries(Object.keys(columns).map((name) => [name, before[name as keyof OwnRole]]))
  await record(tx, by, 'role.changed', target(id), { before: was, after: columns })
  return found(tx, id)
}

/** Removes a role that nobody has any more; with a `version` only the one that was looked at. */
export const removeRole = async (tx: Tx, by: Actor, id: string, version?: number): Promise<void> => {
  const chain = chainOf(tx)
  requirePermission(by, 'role.manage', chain)
  const role = await found(tx, id)
  requireHeld(by, role.permissions, chain, 'organization')
  if (await isRoleGiven(tx, id)) return fail('access.role_in_use')
  if (!(await deleteRole(tx, id, version ?? role.version))) return fail('access.changed_elsewhere')
  await record(tx, by, 'role.removed', target(id), { before: { key: role.key, name: role.name } })
}
