// What an invitation is worth to whoever has its link, and its acceptance. It gives what its inviter may give at that
// moment: whoever has lost a right since, or has left, gives it to nobody any more.

import { addToGroup, give, grantsOfAccount, personActor, requireOver } from '#core/access'
import { record } from '#core/audit'
import { may, systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { addMembership, findMembership, setMembershipStatus } from '#core/people'
import type { Person } from '#core/people/contract'
import { nameOf, toPerson, write } from '#core/roster'
import { endAll, look as lookAtTicket } from '#core/tickets'
import { fromNow, hours, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import type { Invitation, InvitationState } from './contract.ts'
import { requireInvitable } from './inviting.ts'
import { invitationPurpose, type RoleName, roleNames } from './mail.ts'
import { stateAt } from './rules.ts'
import { endPending, noteRequest, readInvitation } from './store.ts'

/** Who stands for it, with what they hold now. */
export const inviterNow = async ({
  organizationId,
  inviter,
}: Pick<Invitation, 'organizationId' | 'inviter'>): Promise<Actor> => {
  const { kind, homeId, id } = inviter
  if (kind === 'system') return systemActor
  if (homeId === null || id === null) return { kind, grants: [] }
  if (kind === 'person') return personActor(organizationId, { homeId, personId: id }, {})
  const grants = await withOrganization(homeId, (tx) => grantsOfAccount(tx, id))
  return { kind, homeId, personId: id, grants }
}

const isStoodFor = async (tx: Tx, by: Actor, invitation: Invitation): Promise<boolean> => {
  const chain = directory().byId(tx.organizationId)?.ancestors ?? []
  if (!may(by, 'invitation.manage', chain)) return false
  try {
    await requireInvitable(tx, by, invitation)
    return true
  } catch (error) {
    if (isFailure(error)) return false
    throw error
  }
}

export type Opened = {
  state: InvitationState
  invitation: Invitation
  /** As they are called here; null of a program. */
  inviterName: string | null
  roles: RoleName[]
}

const findByLink = async (tx: Tx, secret: string): Promise<{ invitation: Invitation; isLinkOver: boolean } | null> => {
  const ticket = await lookAtTicket(tx, invitationPurpose, secret)
  const invitation = ticket ? await readInvitation(tx, ticket.subject) : null
  return ticket && invitation ? { invitation, isLinkOver: ticket.state === 'expired' } : null
}

/**
 * What a link leads to; null when nobody ever made it, or its organization is suspended. Looking changes nothing. Opens units
 * of work of its own.
 */
export const open = async (organizationId: string, secret: string): Promise<Opened | null> => {
  if (directory().isSuspended(organizationId)) return null
  const found = await withOrganization(organizationId, (tx) => findByLink(tx, secret))
  if (!found) return null
  const { invitation, isLinkOver } = found
  const inviter = await inviterNow(invitation)
  const inviterName = await nameOf(inviter)
  const known = stateAt(invitation, now())
  return withOrganization(organizationId, async (tx) => {
    // Whoever gave it has taken it back by leaving, as much as by saying so.
    const isGone = known === 'pending' && !(await isStoodFor(tx, inviter, invitation))
    const state = isGone ? 'revoked' : known === 'pending' && isLinkOver ? 'expired' : known
    return { state, invitation, inviterName, roles: await roleNames(tx, invitation.roles) }
  })
}

/** For the acceptance: what has to be known before its unit of work begins. */
export type Acceptance = { invitation: Invitation; inviter: Actor }

export const prepare = async (invitation: Invitation): Promise<Acceptance> => ({
  invitation,
  inviter: await inviterNow(invitation),
})

const refusals = { pending: 'invitation.expired', accepted: 'invitation.used', revoked: 'invitation.revoked' } as const

/** Of all who accept at the same moment one does; the others learn what has become of it. */
const takeUp = async (tx: Tx, id: string, { homeId, id: personId }: Person): Promise<Invitation> => {
  const taken = await endPending(tx, id, { status: 'accepted', by: { homeId, personId } })
  if (taken) return taken
  const found = await readInvitation(tx, id)
  return fail(found ? refusals[found.status] : 'invitation.revoked')
}

/**
 * Makes somebody a member who was invited, has proven that the mailbox is theirs, and is who they say: with the kind, the
 * roles and the groups of the invitation. In a unit of work of the organization that invited.
 */
export const accept = async (tx: Tx, { invitation, inviter }: Acceptance, by: Actor, person: Person): Promise<void> => {
  const { id, kind, roles, groups } = await takeUp(tx, invitation.id, person)
  const ref = { homeId: person.homeId, personId: person.id }
  if (!(await isStoodFor(tx, inviter, invitation))) return fail('invitation.revoked')
  const before = await findMembership(tx, ref)
  if (before?.status === 'suspended') return fail('invitation.unavailable')
  if (!before) await requireOver(tx, inviter, ref, { email: person.email, locale: person.locale, kind })
  const membership = before ?? (await addMembership(tx, by, { ...ref, kind, known: person }))
  if (membership.status === 'pending') await setMembershipStatus(tx, inviter, membership, 'active', 'invited')
  const subject = { kind: 'person', homeId: ref.homeId, id: ref.personId } as const
  for (const { role, reach } of roles) await give(tx, inviter, subject, { role, reach })
  for (const group of groups) await addToGroup(tx, inviter, group, ref)
  await endAll(tx, invitationPurpose, id)
  await record(tx, by, 'invitation.accepted', { kind: 'invitation', id }, { after: { ...ref, kind, roles, groups } })
}

const askAgainMs = hours(24)

/** Tells the inviter that somebody would still like to come whose invitation is over: once a day, and nobody else. */
export const requestAgain = async (tx: Tx, { id, email, inviter, organizationId }: Invitation): Promise<void> => {
  if (!(await noteRequest(tx, id, fromNow(-askAgainMs)))) return
  if (inviter.kind !== 'person' || inviter.homeId === null || inviter.id === null) return
  const to = toPerson({ homeId: inviter.homeId, personId: inviter.id })
  await write(tx, 'invitation-request', { to, data: { email, invitationId: id, organizationId } })
}
