import { record } from '#core/audit'
import { requireHeld, require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { findMembership } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import {
  type Group,
  type GroupChange,
  groupChange,
  mostOfEach,
  type NewGroup,
  newGroup,
  type Page,
} from './contract.ts'
import { chainOf } from './grants.ts'
import { deleteGrantsOf, readGrantsOf } from './grants-store.ts'
import {
  deleteGroupMember,
  deleteGroupsOf,
  insertGroupMember,
  readGroupMembers,
  readGroupMembersPage,
  readGroupsOfAll,
} from './members-store.ts'
import { read } from './reading.ts'
import { permissionsOf } from './resolve.ts'
import { changeGroup, countForOneMore, deleteGroup, insertGroup, readGroup, readGroups } from './store.ts'

const target = (id: string) => ({ kind: 'group', id })
export const found = async (tx: Tx, id: string): Promise<Group> =>
  (await readGroup(tx, id)) ?? fail('access.group_unknown')
const subjectOf = (tx: Tx, id: string) => ({ kind: 'group', homeId: tx.organizationId, id }) as const

/** Whoever decides who is in a group decides who holds its roles: they must hold them themselves. */
const requireItsRoles = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  for (const { role, reach } of await readGrantsOf(tx, subjectOf(tx, id))) {
    requireHeld(by, await permissionsOf(tx, role), chainOf(tx), reach)
  }
}

export const listGroups = (tx: Tx, by: Actor): Promise<Group[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return readGroups(tx)
}

/** One group, for whoever may see who is in it. */
export const findGroup = (tx: Tx, by: Actor, id: string): Promise<Group> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return found(tx, id)
}

export const createGroup = async (tx: Tx, by: Actor, wanted: NewGroup): Promise<Group> => {
  requirePermission(by, 'group.manage', chainOf(tx))
  const group: Group = { ...read(newGroup, wanted), id: newId('grp'), version: 1 }
  if ((await countForOneMore(tx, 'groups')) >= mostOfEach) return fail('access.too_many')
  if (!(await insertGroup(tx, group))) return fail('access.group_name_taken', 'name')
  const { name, rule } = group
  await record(tx, by, 'group.created', target(group.id), { after: { name, rule } })
  return group
}

export const updateGroup = async (
  tx: Tx,
  by: Actor,
  id: string,
  wanted: GroupChange,
  version: number,
): Promise<Group> => {
  requirePermission(by, 'group.manage', chainOf(tx))
  const { rule, ...words } = read(groupChange, wanted)
  const before = await found(tx, id)
  if (rule !== undefined) await requireItsRoles(tx, by, id)
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined))
  const columns = { ...given, ...(rule === undefined ? {} : { rule: rule === null ? null : JSON.stringify(rule) }) }
  if (!(await changeGroup(tx, id, columns, version))) return fail('access.changed_elsewhere')
  const { name, description, rule: ruleBefore } = before
  const after = { ...given, ...(rule === undefined ? {} : { rule }) }
  await record(tx, by, 'group.changed', target(id), { before: { name, description, rule: ruleBefore }, after })
  return found(tx, id)
}

/** Removes a group, and with it what its members held through it; with a `version` only the one that was looked at. */
export const removeGroup = async (tx: Tx, by: Actor, id: string, version?: number): Promise<void> => {
  requirePermission(by, 'group.manage', chainOf(tx))
  const group = await found(tx, id)
  await requireItsRoles(tx, by, id)
  await deleteGrantsOf(tx, subjectOf(tx, id))
  if (!(await deleteGroup(tx, id, version ?? group.version))) return fail('access.changed_elsewhere')
  await record(tx, by, 'group.removed', target(id), { before: { name: group.name } })
}

export const membersOf = async (tx: Tx, by: Actor, id: string): Promise<PersonRef[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  await found(tx, id)
  return readGroupMembers(tx, id)
}

/** A part of them, in the order of their ids. `after` is `<home>/<person>`. */
export const listMembers = async (tx: Tx, by: Actor, id: string, page: Page): Promise<PersonRef[]> => {
  requirePermission(by, 'people.read', chainOf(tx))
  await found(tx, id)
  return readGroupMembersPage(tx, id, page)
}

/** Refuses unless the actor may put people into this group: it has no rule, and they hold what it gives. */
export const requireFillable = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  requirePermission(by, 'group.manage', chainOf(tx))
  const group = await found(tx, id)
  if (group.rule !== null) return fail('access.group_has_rule')
  await requireItsRoles(tx, by, id)
}

/** Puts a member of the organization into a group without a rule. */
export const addToGroup = async (tx: Tx, by: Actor, id: string, ref: PersonRef): Promise<void> => {
  await requireFillable(tx, by, id)
  if (!(await findMembership(tx, ref))) return fail('person.unknown')
  if (await insertGroupMember(tx, id, ref)) {
    await record(tx, by, 'group.member_added', target(id), { after: { personId: ref.personId } })
  }
}

export const removeFromGroup = async (tx: Tx, by: Actor, id: string, ref: PersonRef): Promise<void> => {
  requirePermission(by, 'group.manage', chainOf(tx))
  await found(tx, id)
  await requireItsRoles(tx, by, id)
  if (await deleteGroupMember(tx, id, ref)) {
    await record(tx, by, 'group.member_removed', target(id), { before: { personId: ref.personId } })
  }
}

/** Takes somebody out of every group that they were put into: they leave, or are deleted. The caller has decided it. */
export const removeFromGroups = async (tx: Tx, by: Actor, ref: PersonRef): Promise<void> => {
  for (const id of await deleteGroupsOf(tx, ref)) {
    await record(tx, by, 'group.member_removed', target(id), { before: { personId: ref.personId } })
  }
}

/** For each of these people, by id, the ids of the groups that they were put into. */
export const groupIdsOf = (tx: Tx, refs: readonly PersonRef[]): Promise<ReadonlyMap<string, string[]>> =>
  readGroupsOfAll(tx, refs)
