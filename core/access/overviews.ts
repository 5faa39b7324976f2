// Groups and roles as lists show them: with how many are behind each, counted by the database.

import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { countAmong } from '#core/people'
import type { Tx } from '#platform/database'
import type { Group, GroupPage, GroupQuery, GroupView, HeldRole, RoleHolders } from './contract.ts'
import { chainOf } from './grants.ts'
import { countHolders, readRolesOfGroups } from './grants-store.ts'
import { found } from './groups.ts'
import { countMembers } from './members-store.ts'
import { readGroupsById, readGroupsPage, readRoles } from './store.ts'

/** How many are in a group by its rule is counted among the people; how many by hand among the members. */
const memberCounts = async (tx: Tx, groups: readonly Group[]): Promise<ReadonlyMap<string, number>> => {
  const byHand = await countMembers(
    tx,
    groups.map(({ id }) => id),
  )
  const counts = new Map<string, number>()
  for (const { id, rule } of groups) {
    counts.set(id, rule === null ? (byHand.get(id) ?? 0) : await countAmong(tx, { personIds: [], rules: [rule] }))
  }
  return counts
}

const viewsOf = async (tx: Tx, groups: readonly Group[]): Promise<GroupView[]> => {
  const counts = await memberCounts(tx, groups)
  const roles = await readRolesOfGroups(
    tx,
    groups.map(({ id }) => id),
  )
  const names = await roleNames(tx)
  const held = (id: string): HeldRole[] =>
    (roles.get(id) ?? []).map((role) => ({ role, name: names.get(role) ?? null }))
  return groups.map((group) => ({ ...group, members: counts.get(group.id) ?? 0, roles: held(group.id) }))
}

/** A page of groups in the order of their names, and where the next one begins. */
export const groupPage = async (tx: Tx, by: Actor, { search, limit, after }: GroupQuery): Promise<GroupPage> => {
  requirePermission(by, 'people.read', chainOf(tx))
  const read = await readGroupsPage(tx, { search: search?.trim().toLowerCase(), limit, after })
  const shown = read.slice(0, limit)
  const end = read.length > limit ? shown.at(-1) : undefined
  return { groups: await viewsOf(tx, shown), next: end ? { key: end.name, id: end.id } : null }
}

/** One of them. */
export const lookAtGroup = async (tx: Tx, by: Actor, id: string): Promise<GroupView> => {
  requirePermission(by, 'people.read', chainOf(tx))
  const group = await found(tx, id)
  const [view] = await viewsOf(tx, [group])
  return view ?? { ...group, members: 0, roles: [] }
}

/** To how many of each kind every role is given here; a role that nobody has is not in it. */
export const roleHolders = (tx: Tx, by: Actor): Promise<ReadonlyMap<string, RoleHolders>> => {
  requirePermission(by, 'people.read', chainOf(tx))
  return countHolders(tx)
}

/** What groups are called, by id. The caller has decided that it may be known. */
export const groupNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await readGroupsById(tx, ids)).map(({ id, name }) => [id, name]))

/** What own roles are called, by id. The caller has decided that it may be known. */
export const roleNames = async (tx: Tx): Promise<ReadonlyMap<string, string>> =>
  new Map((await readRoles(tx)).map(({ id, name }) => [id, name]))
