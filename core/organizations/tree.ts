import { may, require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { announce, type Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { leaveTrail, permitted } from './changing.ts'
import type { Organization, OrganizationQuery } from './contract.ts'
import { andBelow } from './directory.ts'
import {
  countBelow,
  deleteOrganization,
  depthBelow,
  lockTree,
  moveSubtree,
  passHandlesOn,
  readOrganization,
  readPage,
  rememberHandle,
  setStatus,
} from './store.ts'

const deepest = 100

/** One organization, for whoever may see it. */
export const find = (tx: Tx, by: Actor, id: string): Promise<Organization> => permitted(tx, by, id, 'organization.read')

/**
 * A page of what is below an organization, and where the next one begins. Whoever does not reach further than the
 * organization itself sees nothing of what is below it.
 */
export const list = async (
  tx: Tx,
  by: Actor,
  query: OrganizationQuery,
): Promise<{ organizations: Organization[]; next: OrganizationQuery['after'] | null }> => {
  const { ancestors } = await permitted(tx, by, query.below, 'organization.read')
  if (!may(by, 'organization.read', ancestors, 'subtree')) return { organizations: [], next: null }
  const found = await readPage(tx, query)
  const organizations = found.slice(0, query.limit)
  const last = organizations.at(-1)
  return { organizations, next: found.length > query.limit && last ? { name: last.name, id: last.id } : null }
}

/** Organizations from the root down to, and without, this one, as far as the actor may see them. */
export const ancestorsOf = async (tx: Tx, by: Actor, id: string): Promise<Organization[]> => {
  const organization = await permitted(tx, by, id, 'organization.read')
  const seen: Organization[] = []
  for (const ancestor of organization.ancestors.slice(0, -1)) {
    const found = await readOrganization(tx, ancestor)
    if (found && isSeen(by, found)) seen.push(found)
  }
  return seen
}

const isSeen = (by: Actor, { ancestors }: Organization): boolean => {
  try {
    requirePermission(by, 'organization.read', ancestors)
    return true
  } catch {
    return false
  }
}

const present = async (tx: Tx, id: string): Promise<Organization> =>
  (await readOrganization(tx, id)) ?? fail('organizations.not_found')

/**
 * Moves an organization, and everything below it, to another parent. Who moves it must reach both ends; nothing may end up
 * below itself, also when two are moved at the same moment.
 */
export const move = async (tx: Tx, by: Actor, id: string, parentId: string): Promise<Organization> => {
  await lockTree(tx)
  const organization = await permitted(tx, by, id, 'organization.move')
  if (organization.parentId === null) return fail('organizations.is_root')
  const parent = await permitted(tx, by, parentId, 'organization.create')
  if (organization.parentId === parentId) return organization
  // Leaving a parent is a change of the parent's as well.
  await permitted(tx, by, organization.parentId, 'organization.move')
  if (parent.ancestors.includes(id)) return fail('organizations.would_be_circle', 'parentId')
  if (parent.ancestors.length + (await depthBelow(tx, id)) > deepest) return fail('organizations.too_deep', 'parentId')
  const moved = await moveSubtree(tx, id, parentId, parent.ancestors)
  await leaveTrail(tx, by, id, 'organization.moved', {
    before: { parentId: organization.parentId },
    after: { parentId },
    count: moved.length,
  })
  await announce(tx, 'organizations', andBelow(id))
  return present(tx, id)
}

/** From now on nothing of it, or of anything below it, may be seen. Nobody suspends the ground they stand on. */
export const suspend = async (tx: Tx, by: Actor, id: string): Promise<Organization> => {
  const { parentId } = await permitted(tx, by, id, 'organization.suspend')
  if (parentId === null) return fail('organizations.is_root')
  await permitted(tx, by, parentId, 'organization.suspend')
  if (await setStatus(tx, id, 'suspended')) await leaveTrail(tx, by, id, 'organization.suspended', {})
  return present(tx, id)
}

/** Takes a suspension back. */
export const resume = async (tx: Tx, by: Actor, id: string): Promise<Organization> => {
  const { parentId } = await permitted(tx, by, id, 'organization.suspend')
  if (parentId !== null) await permitted(tx, by, parentId, 'organization.suspend')
  if (await setStatus(tx, id, 'active')) await leaveTrail(tx, by, id, 'organization.resumed', {})
  return present(tx, id)
}

/** How much is below it: for whoever is about to suspend or delete it. */
export const below = async (tx: Tx, by: Actor, id: string): Promise<number> => {
  await permitted(tx, by, id, 'organization.read')
  return countBelow(tx, id)
}

/** What whoever deletes has looked at, and typed once more so that it is no slip of the hand. */
export type Sure = { version?: number; confirm?: string }

/**
 * The organization and how much is below it, for whoever may delete it: that is its parent's affair as well, and the root
 * stays.
 */
export const requireRemovable = async (
  tx: Tx,
  by: Actor,
  id: string,
): Promise<Organization & { parentId: string; below: number }> => {
  const organization = await permitted(tx, by, id, 'organization.delete')
  const { parentId } = organization
  if (parentId === null) return fail('organizations.is_root')
  await permitted(tx, by, parentId, 'organization.delete')
  return { ...organization, parentId, below: await countBelow(tx, id) }
}

/**
 * Deletes an organization that has nothing below it: its own row, its addresses and its domains. Rows of other modules are
 * erased by whoever calls this (`core/removal`). The parent keeps the record, and answers for every handle that ever led here.
 * `counts` are for the record: how much goes with it.
 */
export const remove = async (
  tx: Tx,
  by: Actor,
  id: string,
  sure: Sure = {},
  counts?: readonly { of: string; count: number }[],
): Promise<void> => {
  await lockTree(tx)
  const { parentId, handle, name, version, below: children } = await requireRemovable(tx, by, id)
  if (sure.version !== undefined && sure.version !== version) return fail('organizations.changed_elsewhere')
  if (sure.confirm !== undefined && sure.confirm !== handle) return fail('organizations.not_confirmed', 'confirm')
  if (children > 0) return fail('organizations.has_children')
  await passHandlesOn(tx, id, parentId)
  await rememberHandle(tx, handle, parentId)
  if (!(await deleteOrganization(tx, id, version))) return fail('organizations.changed_elsewhere')
  const before = { id, handle, name }
  await leaveTrail(tx, by, parentId, 'organization.deleted', { before, ...(counts ? { counts } : {}) })
  await announce(tx, 'organizations', id)
}
