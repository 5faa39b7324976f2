// Looking after invitations, for those who may: seeing them, sending them once more, taking them back. Inviters may live
// elsewhere, so these open units of work of their own.

import { record } from '#core/audit'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { deliveriesOf } from '#core/outbox'
import type { Delivery } from '#core/outbox/contract'
import { nameOf, namesOf } from '#core/roster'
import { endAll } from '#core/tickets'
import { now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import {
  type Invitation,
  type InvitationPage,
  type InvitationQuery,
  type InvitationState,
  type InvitationView,
  invitationQuery,
  mostAddresses,
} from './contract.ts'
import { requireChangeable, sendAgain } from './inviting.ts'
import { invitationPurpose } from './mail.ts'
import { read, stateAt } from './rules.ts'
import { countByState, endPending, readInvitation, readInvitations, readPage } from './store.ts'

type Found = { invitations: Invitation[]; deliveries: ReadonlyMap<string, Delivery> }

const withDeliveries = async (tx: Tx, invitations: Invitation[]): Promise<Found> => ({
  invitations,
  deliveries: await deliveriesOf(
    tx,
    invitations.flatMap(({ outboxId }) => outboxId ?? []),
  ),
})

const viewsOf = async ({ invitations, deliveries }: Found): Promise<InvitationView[]> => {
  const names = await namesOf(
    invitations.flatMap(({ inviter: { kind, homeId, id } }) =>
      kind === 'person' && homeId !== null && id !== null ? [{ homeId, personId: id }] : [],
    ),
  )
  return invitations.map(({ status, outboxId, inviter, ...one }) => ({
    ...one,
    state: stateAt({ status, expiresAt: one.expiresAt }, now()),
    inviter: { ...inviter, name: names.get(inviter.id ?? '') ?? null },
    delivery: deliveries.get(outboxId ?? '') ?? null,
  }))
}

export const requireManager = (organizationId: string, by: Actor): void => {
  const { ancestors } = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'invitation.manage', ancestors)
}

const known = async (tx: Tx, id: string): Promise<Invitation> =>
  (await readInvitation(tx, id)) ?? fail('invitations.unknown')

/** A page of invitations, the newest first, and where the next one begins. */
export const list = async (
  organizationId: string,
  by: Actor,
  wanted: InvitationQuery = {},
): Promise<InvitationPage> => {
  requireManager(organizationId, by)
  const { search, ...query } = read(invitationQuery, wanted)
  const asked = { ...query, search: search?.trim().toLowerCase() }
  const { found, page } = await withOrganization(organizationId, async (tx) => {
    const all = await readPage(tx, asked)
    return { found: all.length, page: await withDeliveries(tx, all.slice(0, query.limit)) }
  })
  const end = found > query.limit ? page.invitations.at(-1) : undefined
  return { invitations: await viewsOf(page), next: end ? { at: end.createdAt.toISOString(), id: end.id } : null }
}

/** How many there are of each state. */
export const counts = (organizationId: string, by: Actor): Promise<Record<InvitationState, number>> => {
  requireManager(organizationId, by)
  return withOrganization(organizationId, countByState)
}

/** Those of these ids that are here, the newest first. */
export const findAll = async (organizationId: string, by: Actor, ids: readonly string[]): Promise<InvitationView[]> => {
  requireManager(organizationId, by)
  const found = await withOrganization(organizationId, async (tx) =>
    withDeliveries(tx, await readInvitations(tx, ids.slice(0, mostAddresses))),
  )
  return viewsOf(found)
}

export const find = async (organizationId: string, by: Actor, id: string): Promise<InvitationView> => {
  requireManager(organizationId, by)
  const found = await withOrganization(organizationId, async (tx) => withDeliveries(tx, [await known(tx, id)]))
  const [view] = await viewsOf(found)
  return view ?? fail('invitations.unknown')
}

/** Sends one that waits once more, also when it is over. Whoever sends it stands for it from then on. */
export const resend = async (organizationId: string, by: Actor, id: string): Promise<InvitationView> => {
  requireManager(organizationId, by)
  const inviting = { actor: by, name: await nameOf(by) }
  await withOrganization(organizationId, async (tx) => {
    const invitation = await known(tx, id)
    if (invitation.status !== 'pending') return fail('invitations.not_pending')
    const { kind, roles, groups, message, locale, lifetimeDays } = invitation
    await sendAgain(tx, inviting, invitation, { kind, roles, groups, message, locale, lifetimeDays })
  })
  return find(organizationId, by, id)
}

/** Takes one back that waits: its links are worth nothing from then on. */
export const revoke = async (organizationId: string, by: Actor, id: string): Promise<void> => {
  requireManager(organizationId, by)
  await withOrganization(organizationId, async (tx) => {
    const invitation = await known(tx, id)
    await requireChangeable(tx, by, invitation)
    if (!(await endPending(tx, id, { status: 'revoked' }))) return fail('invitations.not_pending')
    const { email, kind, roles } = invitation
    await record(tx, by, 'invitation.revoked', { kind: 'invitation', id }, { before: { email, kind, roles } })
    await endAll(tx, invitationPurpose, id)
  })
}
