// What follows from a proof: a second step where there is one or has to be one, and then a session.

import type { Actor } from '#core/authority/contract'
import { enrolmentOf } from '#core/credentials'
import type { Enrolment } from '#core/credentials/contract'
import { remember } from '#core/devices'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { noticeWithWayOut } from '#core/outbox'
import { listed } from '#core/people'
import type { Person } from '#core/people/contract'
import { begin } from '#core/sessions'
import { consume, issue } from '#core/tickets'
import { seconds } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { type Attempt, finish, type Proven } from './attempts.ts'
import type { LoginContext } from './contract.ts'

const sessionPurpose = 'session'
const exchangeMs = seconds(60)

export const organizationOf = (ctx: LoginContext): Organization =>
  directory().byId(ctx.organizationId) ?? fail('organizations.not_found')

/** Somebody who has just proven who they are, at the door where they did. */
export const actorOf = (ctx: LoginContext, { homeId, id }: Pick<Person, 'homeId' | 'id'>): Actor => ({
  ...ctx.by,
  kind: 'person',
  homeId,
  personId: id,
})

/** Whom a right answer has proven to be there. */
export const provenBy = ({ homeId, id, sessionGeneration, email, locale }: Person): Proven => ({
  homeId,
  personId: id,
  generation: sessionGeneration,
  email,
  locale,
})

/** What the page of an enrolment shows. */
export const enrolmentFor = (ctx: LoginContext, secret: string, email: string): Enrolment =>
  enrolmentOf(secret, organizationOf(ctx).name, email)

/** What a session is begun with: by which methods (RFC 8176), and whether its browser is trusted from then on. */
export type Gained = { methods: string[]; trustsDevice: boolean; isProvenNow: boolean }

/**
 * Ends the attempt and hands out what is exchanged for a session, within a minute and once. Whoever has just spent a proof that
 * works once was the only one to do so, also where somebody else's wrong answers have ended the attempt at the same moment.
 */
export const conclude = async (
  tx: Tx,
  attempt: Attempt | null,
  proven: Proven,
  gained: Gained,
): Promise<string | null> => {
  const isOpen = attempt === null || (await finish(tx, attempt))
  if (!isOpen && !gained.isProvenNow) return null
  const { homeId, personId, generation } = proven
  const { secret } = await issue(tx, {
    purpose: sessionPurpose,
    subject: `${homeId}/${personId}`,
    data: { homeId, personId, generation, methods: gained.methods, trustsDevice: gained.trustsDevice },
    lifetimeMs: exchangeMs,
  })
  return secret
}

type SessionTicket = Pick<Proven, 'homeId' | 'personId' | 'generation'> & Omit<Gained, 'isProvenNow'>

/** What a sign-in ends with: the secrets of the session and of the browser, each for a cookie of its own. */
export type Entered = { id: string; secret: string; device: string }

/** Somebody who has been here before, in a browser where they never were: it may not be them. Told at their home. */
const tellOfBrowser = (tx: Tx, ctx: LoginContext, { personId, methods }: SessionTicket): Promise<string> =>
  noticeWithWayOut(tx, ctx, 'new-device', personId, { methods })

/** Begins the session in a browser that is known from here on; says whether that is news. */
const beginIn = async (
  tx: Tx,
  ctx: LoginContext,
  held: SessionTicket,
  deviceSecret: string | null,
): Promise<{ entered: Entered; isNews: boolean }> => {
  const { homeId, personId, generation, methods, trustsDevice } = held
  const ref = { homeId, personId }
  const hasBeenHere = ((await listed(tx, personId))?.lastSignInAt ?? null) !== null
  const device = await remember(tx, ctx.by, ref, deviceSecret, { trust: trustsDevice })
  const session = await begin(tx, { ...ref, generation, methods, by: ctx.by, deviceId: device.id })
  return { entered: { ...session, device: device.secret }, isNews: device.isNew && hasBeenHere }
}

/**
 * Turns the ticket of an outcome into a session. Of all who bring it, one gets it; the others get null. `deviceSecret` is what
 * the browser is known by, if it is.
 */
export const exchange = async (
  ctx: LoginContext,
  ticket: string,
  deviceSecret: string | null = null,
): Promise<Entered | null> => {
  try {
    const { entered, held, isNews } = await withOrganization(ctx.organizationId, async (tx) => {
      const held = (await consume(tx, sessionPurpose, ticket)).data as SessionTicket
      const begun = await beginIn(tx, ctx, held, deviceSecret)
      if (begun.isNews && held.homeId === tx.organizationId) await tellOfBrowser(tx, ctx, held)
      return { ...begun, held }
    })
    // The way out ends things at home, so that it is kept there; somebody who lives elsewhere is told right after.
    if (isNews && held.homeId !== ctx.organizationId)
      await withOrganization(held.homeId, (tx) => tellOfBrowser(tx, ctx, held))
    return entered
  } catch (error) {
    if (isFailure(error) && error.code.startsWith('ticket.')) return null
    throw error
  }
}
