// "This wasn't me": the way out that every notice of safety carries. One press ends what somebody else may have got hold of:
// every session everywhere, the trust in browsers, the password, and what the notice told of as added. Looking at the link
// changes nothing; of many presses at once, one counts.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { endPassword, endRecoveryCodes, removePasskey, removePhone, removeTotp, totpOf } from '#core/credentials'
import { passwordLinkPurpose } from '#core/credentials/contract'
import { forgetTrust } from '#core/devices'
import { canonicalAddressOf, directory } from '#core/organizations'
import { orderMail } from '#core/outbox'
import { type WayOut, wayOutPurpose } from '#core/outbox/contract'
import { endSessions, find } from '#core/people'
import type { Person } from '#core/people/contract'
import { endAllOf } from '#core/sessions'
import { consume, endAll, issue, look } from '#core/tickets'
import type { Ticket } from '#core/tickets/contract'
import { minutes } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import type { LoginContext, Outcome, SecureLook } from './contract.ts'

const passwordLinkMs = minutes(60)
const page = '/secure'

type Found = { ticket: Ticket; way: WayOut; person: Person | null }

/** The link is kept at the home of whom it is for; it counts at the organization that it leads to alone. */
const found = async (ctx: LoginContext, link: string): Promise<Found | null> => {
  for (const homeId of directory().homes(ctx.organizationId)) {
    const one = await withOrganization(homeId, async (tx) => {
      const ticket = await look(tx, wayOutPurpose, link)
      if (!ticket) return null
      const way = ticket.data as WayOut
      return { ticket, way, person: await find(tx, way.personId) }
    })
    if (one) return one.way.organizationId === ctx.organizationId ? one : null
  }
  return null
}

/** What the page of a link shows. Looking changes nothing. */
export const lookAtSecure = async (ctx: LoginContext, link: string): Promise<SecureLook> => {
  const one = await found(ctx, link)
  if (one?.person?.status !== 'active') return { state: 'unknown' }
  const { state } = one.ticket
  if (state === 'valid') return { state, email: one.person.email }
  return { state: state === 'expired' ? 'expired' : 'used' }
}

/** What the notice told of as added; what has come in its place since stays. */
const takeAway = async (tx: Tx, by: Actor, { personId, added, at }: WayOut): Promise<void> => {
  if (added?.kind === 'passkey') await removePasskey(tx, by, personId, added.id)
  if (added?.kind === 'phone') await removePhone(tx, by, personId, added.id)
  if (added?.kind === 'recovery') await endRecoveryCodes(tx, by, personId, 'account secured')
  if (added?.kind === 'totp') {
    const app = await totpOf(tx, personId)
    if (app && app.addedAt.toISOString() <= at) await removeTotp(tx, by, personId, 'account secured')
  }
}

/** The mail by which the next password is chosen, in the name of the person's home. */
const sendPasswordLink = async (tx: Tx, ctx: LoginContext, { id, locale }: Person): Promise<void> => {
  const home = directory().byId(tx.organizationId) ?? fail('organizations.not_found')
  const { expiresAt, ...link } = await issue(tx, {
    purpose: passwordLinkPurpose,
    subject: `${home.id}/${id}`,
    data: { homeId: home.id, personId: id },
    lifetimeMs: passwordLinkMs,
    supersede: true,
  })
  const letter = {
    to: { home: home.id, person: id },
    organizationId: home.id,
    address: home.id === ctx.organizationId ? ctx.address : canonicalAddressOf(home),
    locale: locale ?? ctx.locale,
    data: { expiresAt: expiresAt.toISOString() },
    link,
  }
  await orderMail(tx, 'account-secured', letter, { priority: 0, expiresAt })
}

/** All of it or nothing, in one unit of work at the person's home. */
const secure = (ctx: LoginContext, link: string, { ticket, way }: Found) =>
  withOrganization(way.homeId, async (tx) => {
    await consume(tx, wayOutPurpose, link)
    const { homeId, personId } = way
    const person = (await find(tx, personId)) ?? fail('ticket.unknown')
    if (person.status !== 'active') fail('ticket.unknown')
    const ref = { homeId, personId }
    const by: Actor = { ...ctx.by, kind: 'person', ...ref }
    // The links of other notices have nothing left to end.
    await endAll(tx, wayOutPurpose, ticket.subject)
    await takeAway(tx, by, way)
    await endPassword(tx, by, personId, 'account secured')
    await forgetTrust(tx, personId)
    await endSessions(tx, personId)
    await endAllOf(tx, by, ref, { why: 'account secured' })
    await record(tx, by, 'account.secured', { kind: 'person', id: personId }, { notice: way.of })
    await sendPasswordLink(tx, ctx, person)
  })

/** Secures the account that a link is for. Its page says afterwards what was done, for as long as the browser keeps the link. */
export const secureAccount = async (ctx: LoginContext, link: string | null): Promise<Outcome> => {
  const one = link === null ? null : await found(ctx, link)
  if (link === null || one?.ticket.state !== 'valid') return { next: page }
  try {
    await secure(ctx, link, one)
  } catch (error) {
    if (!isFailure(error) || !error.code.startsWith('ticket.')) throw error
  }
  return { next: page }
}
