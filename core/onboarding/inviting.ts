// Inviting a business: a mail with a link to /start, sent by whoever may create organizations here. The link is worth what
// they may do when it is used: whoever has lost the right, or has left, lets nobody in any more.

import { record } from '#core/audit'
import { may, require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { checkedMessage, inviterNow } from '#core/invitations'
import type { Inviter } from '#core/invitations/contract'
import { type Limit, takeAll } from '#core/limits'
import { canonicalAddressOf, directory } from '#core/organizations'
import { orderMail } from '#core/outbox'
import { chosenLocale, emailKey } from '#core/people'
import { nameOf } from '#core/roster'
import { consume, endAll, issue, look } from '#core/tickets'
import type { Ticket } from '#core/tickets/contract'
import { days, hours } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { keyedHash } from '#platform/secrets'
import { type BusinessInvitation, type NewBusinessInvitation, newBusinessInvitation } from './contract.ts'
import { read } from './rules.ts'

export const startPurpose = 'start'

const subjectOf = (email: string) => `business/${keyedHash('ticket subject', email).toString('base64url')}`

/** Strangers read them: so many a day are somebody's work, more are not. */
const boundsFor = (organizationId: string, email: string): Limit[] => [
  { name: 'business mailbox', subject: `${organizationId} ${email}`, max: 5, windowMs: hours(24) },
  { name: 'business invitations', subject: organizationId, max: 500, windowMs: days(1) },
]

type Data = { email: string; message: string; inviter: Inviter }

const inviterOf = ({ kind, homeId, personId }: Actor): Inviter => ({
  kind: kind === 'person' || kind === 'service' ? kind : 'system',
  homeId: homeId ?? null,
  id: personId ?? null,
})

/** Asks a business to start. Earlier links of the same address go on working. Opens units of work of its own. */
export const inviteBusiness = async (
  organizationId: string,
  by: Actor,
  wanted: NewBusinessInvitation,
): Promise<{ email: string; expiresAt: Date }> => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'organization.create', organization.ancestors)
  const wish = read(newBusinessInvitation, wanted)
  const email = emailKey(wish.email)
  const data: Data = { email, message: checkedMessage(wish.message), inviter: inviterOf(by) }
  const locale = chosenLocale(wish.locale ?? '', organization.locales) ?? organization.locales[0] ?? 'en'
  if (await takeAll(boundsFor(organizationId, email))) return fail('onboarding.invited_too_often')
  const inviter = await nameOf(by)
  return withOrganization(organizationId, async (tx) => {
    const lifetimeMs = days(wish.lifetimeDays)
    const link = await issue(tx, { purpose: startPurpose, subject: subjectOf(email), data, lifetimeMs })
    const { expiresAt } = link
    await orderMail(
      tx,
      'business-invitation',
      {
        to: { email },
        organizationId,
        address: canonicalAddressOf(organization),
        locale,
        data: { inviter, message: data.message, expiresAt: expiresAt.toISOString() },
        link,
      },
      { priority: 3, expiresAt },
    )
    await record(tx, by, 'business.invited', { kind: 'ticket', id: link.id }, { after: { email, expiresAt } })
    return { email, expiresAt }
  })
}

const stateOf = ({ state }: Ticket): 'valid' | 'used' | 'expired' =>
  state === 'valid' || state === 'expired' ? state : 'used'

/** What a link leads to; null when nobody ever made it. Looking changes nothing. Opens units of work of its own. */
export const openBusinessInvitation = async (
  organizationId: string,
  secret: string,
): Promise<BusinessInvitation | null> => {
  const ticket = await withOrganization(organizationId, (tx) => look(tx, startPurpose, secret))
  if (!ticket) return null
  const { email, message, inviter } = ticket.data as Data
  const now = await inviterNow({ organizationId, inviter })
  const chain = directory().byId(organizationId)?.ancestors ?? []
  const state = stateOf(ticket)
  return {
    state: state === 'valid' && !may(now, 'organization.create', chain) ? 'revoked' : state,
    email,
    message,
    inviterName: await nameOf(now),
    expiresAt: ticket.expiresAt,
  }
}

/** Uses a link up, with every other one that the same address was sent: the business has started. */
export const spendBusinessInvitation = async (tx: Tx, secret: string): Promise<void> => {
  const { subject } = await consume(tx, startPurpose, secret)
  await endAll(tx, startPurpose, subject)
}
