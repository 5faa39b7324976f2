// Owns organizations and their hosts: the tree of businesses, and the addresses they are met at. Both tables are global,
// because an address is resolved before any organization is known.
// Calls audit; called by everything that has to know an organization, through `directory()`, from memory.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { announce, asOrganization, type Tx } from '#platform/database'
import { settings } from '#platform/env'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import {
  type Address,
  failures,
  type NewOrganization,
  newOrganization,
  type Organization,
  type Place,
} from './contract.ts'
import { checkedHandle, checkedHost, checkedName, placeOf } from './rules.ts'
import { insertHost, insertOrganization, readOne, setStatus } from './store.ts'

export { directory, loadDirectory } from './directory.ts'
export { canonicalHost } from './rules.ts'

registerStatuses(failures)

const targetOf = (id: string) => ({ kind: 'organization', id })

/** What a change of a global table leaves behind: a record in the organization's trail, and word to every process. */
const leaveTrail = async (tx: Tx, by: Actor, id: string, action: string, details: Record<string, unknown>) => {
  await asOrganization(tx, id, (own) => record(own, by, action, targetOf(id), details))
  await announce(tx, 'organizations', id)
}

const parse = (wanted: NewOrganization) => {
  const parsed = newOrganization.safeParse(wanted)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return fail('organizations.invalid', issue?.path.join('.') || undefined)
}

/** Creates an organization below its parent; the one without a parent is the root. In a platform unit of work. */
export const create = async (tx: Tx, by: Actor, wanted: NewOrganization): Promise<Organization> => {
  const { parentId, handle, name, ...rest } = parse(wanted)
  const parent = parentId === null ? null : (await readOne(tx, parentId)).organization
  if (parentId !== null && parent === null) return fail('organizations.not_found', 'parentId')
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
  if (!(await insertOrganization(tx, organization))) {
    return fail(parentId === null ? 'organizations.root_exists' : 'organizations.handle_taken', 'handle')
  }
  const after = { handle, name, parentId, ...rest }
  await leaveTrail(tx, by, id, 'organization.created', { after })
  return organization
}

/** From now on nothing of it, or of anything below it, may be seen. */
export const suspend = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  if (await setStatus(tx, id, 'suspended')) await leaveTrail(tx, by, id, 'organization.suspended', {})
}

/** Takes a suspension back. */
export const resume = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  if (await setStatus(tx, id, 'active')) await leaveTrail(tx, by, id, 'organization.resumed', {})
}

/** An own domain. It is met only once its ownership is proven. */
export const addHost = async (
  tx: Tx,
  by: Actor,
  id: string,
  host: string,
  { verified = false }: { verified?: boolean } = {},
): Promise<void> => {
  const kept = checkedHost(host, new URL(settings().origin).hostname)
  if (!(await readOne(tx, id)).organization) return fail('organizations.not_found')
  if (!(await insertHost(tx, { host: kept, organizationId: id, isVerified: verified }))) {
    return fail('organizations.host_taken', 'host')
  }
  await leaveTrail(tx, by, id, 'organization.host_added', { after: { host: kept, verified } })
}

/** Where an organization is met at one of its addresses. */
export const addressOf = (organization: Pick<Organization, 'handle'>, address: Address): Place =>
  placeOf(organization, address, settings().origin)
