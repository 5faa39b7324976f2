import { record } from '#core/audit'
import type { AuditAction } from '#core/audit/contract'
import { require as requirePermission } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { announce, asOrganization, type Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import {
  type NewOrganization,
  newOrganization,
  type Organization,
  type OrganizationChange,
  organizationChange,
} from './contract.ts'
import { checkedHandle, checkedName, readWanted } from './rules.ts'
import { changedSecurity, keptOf } from './security.ts'
import {
  type Columns,
  changeOrganization,
  forgetHandle,
  insertOrganization,
  isHandleTaken,
  lockName,
  readOrganization,
  readPage,
  rememberHandle,
  shareTree,
} from './store.ts'

const deepest = 100

/** What a change of a global table leaves behind: a record in the organization's trail, and word to every process. */
export const leaveTrail = async (
  tx: Tx,
  by: Actor,
  id: string,
  action: AuditAction,
  details: Record<string, unknown>,
): Promise<void> => {
  await asOrganization(tx, id, (own) => record(own, by, action, { kind: 'organization', id }, details))
  await announce(tx, 'organizations', id)
}

/** The organization as it is now, if the actor may do this to it; as if it did not exist where they may do nothing. */
export const permitted = async (
  tx: Tx,
  by: Actor,
  id: string,
  permission: ConsolePermission,
): Promise<Organization> => {
  const organization = await readOrganization(tx, id)
  if (!organization) return fail('organizations.not_found')
  requirePermission(by, permission, organization.ancestors)
  return organization
}

/** Creates an organization below its parent; the one without a parent is the root. In a platform unit of work. */
export const create = async (tx: Tx, by: Actor, wanted: NewOrganization): Promise<Organization> => {
  const { parentId, handle, name, ...rest } = readWanted(newOrganization, wanted)
  await shareTree(tx)
  const parent = parentId === null ? null : await permitted(tx, by, parentId, 'organization.create')
  if (parentId === null) requirePermission(by, 'organization.create', [])
  const id = newId('org')
  const organization: Organization = {
    ...rest,
    id,
    parentId,
    ancestors: [...(parent?.ancestors ?? []), id],
    handle: checkedHandle(handle),
    name: checkedName(name),
    status: 'active',
    canonicalAddress: 'path',
    version: 1,
  }
  if (organization.ancestors.length > deepest) return fail('organizations.too_deep', 'parentId')
  if (await isHandleTaken(tx, organization.handle)) return fail('organizations.handle_taken', 'handle')
  if (!(await insertOrganization(tx, organization))) {
    return fail(parentId === null ? 'organizations.root_exists' : 'organizations.handle_taken', 'handle')
  }
  await leaveTrail(tx, by, id, 'organization.created', { after: { handle, name, parentId, ...rest } })
  return organization
}

/**
 * The organization below the parent that is known elsewhere by this value of `attribute`, made if there is none yet: for
 * whoever sends the same list twice. Also of many at the same moment one makes it.
 */
export const createOnce = async (
  tx: Tx,
  by: Actor,
  wanted: NewOrganization & { parentId: string },
  attribute: string,
): Promise<{ organization: Organization; isNew: boolean }> => {
  const { parentId, attributes = {} } = wanted
  await permitted(tx, by, parentId, 'organization.create')
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined
  if (value === undefined) return fail('organizations.invalid', `attributes.${attribute}`, { message: 'missing' })
  await lockName(tx, `${parentId}\n${attribute}\n${value}`)
  const [known] = await readPage(tx, { below: parentId, attribute: { name: attribute, value }, limit: 1 })
  if (!known) return { organization: await create(tx, by, wanted), isNew: true }
  requirePermission(by, 'organization.read', known.ancestors)
  return { organization: known, isNew: false }
}

/** Whether a handle may be had, and the reason when not. Says nothing of who has it. */
export const checkHandle = async (tx: Tx, by: Actor, below: string, handle: string): Promise<void> => {
  await permitted(tx, by, below, 'organization.create')
  if (await isHandleTaken(tx, checkedHandle(handle))) fail('organizations.handle_taken', 'handle')
}

const patched = (before: Record<string, string>, patch: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...before, ...patch }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

const columnsOf = (before: Organization, change: ReturnType<typeof organizationChange.parse>): Columns => {
  const columns: Columns = {
    ...(change.handle === undefined ? {} : { handle: checkedHandle(change.handle) }),
    ...(change.name === undefined ? {} : { name: checkedName(change.name) }),
    ...(change.peopleFrom === undefined ? {} : { people_from: change.peopleFrom }),
    ...(change.signUp === undefined ? {} : { sign_up: change.signUp }),
    ...(change.businessSignUp === undefined ? {} : { business_sign_up: change.businessSignUp }),
    ...(change.secondFactorRequired === undefined ? {} : { second_factor_required: change.secondFactorRequired }),
    ...(change.security === undefined
      ? {}
      : { security: JSON.stringify(keptOf(changedSecurity(before.security, change.security))) }),
    ...(change.locales === undefined ? {} : { locales: change.locales }),
  }
  if (change.attributes === undefined) return columns
  const attributes = patched(before.attributes, change.attributes)
  if (Object.keys(attributes).length > 50) return fail('organizations.invalid', 'attributes')
  return { ...columns, attributes: JSON.stringify(attributes) }
}

/** A handle that is given up is remembered, and coming back to it is no change of owner. */
const exchangeHandle = async (tx: Tx, { id, handle: before }: Organization, handle: string): Promise<void> => {
  if (await isHandleTaken(tx, handle, id)) fail('organizations.handle_taken', 'handle')
  await rememberHandle(tx, before, id)
  await forgetHandle(tx, handle)
}

/** Changes an organization; with a `version` only the one that was looked at (`organizations.changed_elsewhere`). */
export const update = async (
  tx: Tx,
  by: Actor,
  id: string,
  wanted: OrganizationChange,
  version?: number,
): Promise<Organization> => {
  const before = await permitted(tx, by, id, 'organization.update')
  const change = readWanted(organizationChange, wanted)
  const columns = columnsOf(before, change)
  if (columns.handle !== undefined && columns.handle !== before.handle) await exchangeHandle(tx, before, columns.handle)
  const after = await changeOrganization(tx, id, columns, version)
  if (!after) return fail('organizations.changed_elsewhere')
  const named = Object.keys(change) as (keyof OrganizationChange)[]
  const changed = named.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  if (changed.length > 0) {
    await leaveTrail(tx, by, id, 'organization.changed', {
      before: Object.fromEntries(changed.map((name) => [name, before[name]])),
      after: Object.fromEntries(changed.map((name) => [name, after[name]])),
    })
  }
  return after
}
