// Businesses that ask: written down once their address is proven, and decided by whoever may create organizations here.

import { record } from '#core/audit'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { canonicalAddressOf, directory, readAgain } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { orderMail } from '#core/outbox'
import { reasonText } from '#core/roster/contract'
import { days, fromNow } from '#platform/clock'
import { asOrganization, type Tx, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import {
  type BusinessRequest,
  type NewBusiness,
  type RequestPage,
  type RequestQuery,
  requestQuery,
} from './contract.ts'
import { found } from './founding.ts'
import { read, typedHandle } from './rules.ts'
import {
  decide,
  isWaitedFor,
  keepRequest,
  lockRequests,
  noteFounded,
  readPage,
  readRequest,
  removeDecided,
} from './store.ts'

const targetOf = (id: string) => ({ kind: 'business-request', id })

/** In a unit of work of the organization that it would be below. A mailbox that asks again asks in the place of before.
 * Answers the id of the request. */
export const ask = async (tx: Tx, by: Actor, business: NewBusiness): Promise<string> => {
  await lockRequests(tx)
  if (await isWaitedFor(tx, business.handle, business.email)) return fail('organizations.handle_taken', 'handle')
  const id = await keepRequest(tx, newId('bus'), business)
  const { name, handle, email } = business
  await record(tx, by, 'business.asked', targetOf(id), { after: { name, handle, email } })
  return id
}

const organizationFor = (organizationId: string, by: Actor): Organization => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'organization.create', organization.ancestors)
  return organization
}

/** A page of requests, the newest first, and where the next one begins. */
export const listRequests = async (tx: Tx, by: Actor, wanted: RequestQuery = {}): Promise<RequestPage> => {
  organizationFor(tx.organizationId, by)
  const { status, ...query } = read(requestQuery, wanted)
  const all = await readPage(tx, { ...query, after: query.after ?? null, ...(status ? { status } : {}) })
  const requests = all.slice(0, query.limit)
  const last = all.length > query.limit ? requests.at(-1) : undefined
  return { requests, next: last ? { at: last.createdAt.toISOString(), id: last.id } : null }
}

const readOrFail = async (tx: Tx, id: string): Promise<BusinessRequest> =>
  (await readRequest(tx, id)) ?? fail('onboarding.unknown')

export const findRequest = async (tx: Tx, by: Actor, id: string): Promise<BusinessRequest> => {
  organizationFor(tx.organizationId, by)
  return readOrFail(tx, id)
}

const decided = async (tx: Tx, id: string, status: 'approved' | 'declined') => {
  const taken = await decide(tx, id, status)
  if (taken) return taken
  await readOrFail(tx, id)
  return fail('onboarding.not_waiting')
}

/**
 * Makes the organization that was asked for, with whoever asked as its owner, and tells them. Under another handle where that
 * one is gone by now. Opens a unit of work of its own.
 */
export const approve = async (
  organizationId: string,
  by: Actor,
  id: string,
  wish: { handle?: string | undefined } = {},
): Promise<BusinessRequest> => {
  organizationFor(organizationId, by)
  const wanted = wish.handle === undefined ? null : typedHandle(wish.handle)
  const { organization, request } = await withPlatform(async (tx) => {
    const taken = await asOrganization(tx, organizationId, (own) => decided(own, id, 'approved'))
    const { request: asked, passwordHash } = taken
    if (passwordHash === null) return fail('onboarding.not_waiting')
    const business = { ...asked, handle: wanted ?? asked.handle, passwordHash }
    const made = await found(tx, { parentId: organizationId, business, creator: by, by, mail: 'business-approved' })
    const after = { organizationId: made.organization.id, handle: business.handle }
    const noted = await asOrganization(tx, organizationId, async (own) => {
      await noteFounded(own, id, made.organization.id, business.handle)
      await record(own, by, 'business.approved', targetOf(id), { after })
      return readOrFail(own, id)
    })
    return { ...made, request: noted }
  })
  await readAgain(organization.id)
  return request
}

/** Turns a business away, and tells them. The reason stays in the trail. In a unit of work of the organization. */
export const decline = async (tx: Tx, by: Actor, id: string, why?: string): Promise<BusinessRequest> => {
  const organization = organizationFor(tx.organizationId, by)
  const reason = why === undefined ? undefined : read(reasonText, why)
  const { request } = await decided(tx, id, 'declined')
  const { email, givenName, locale } = request
  await orderMail(tx, 'business-declined', {
    to: { email, name: givenName },
    organizationId: organization.id,
    address: canonicalAddressOf(organization),
    locale,
  })
  await record(tx, by, 'business.declined', targetOf(id), { before: { email }, ...(reason ? { reason } : {}) })
  return readOrFail(tx, id)
}

/** Forgets what was decided a month ago: what became of it is in the trail. */
export const tidy = (tx: Tx): Promise<void> => removeDecided(tx, fromNow(-days(30)))
