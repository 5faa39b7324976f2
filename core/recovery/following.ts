// Following the links: looking changes nothing, and what is done is done once.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { endFactors, passwordOf, verifyPassword } from '#core/credentials'
import { takeAll } from '#core/limits'
import { noticeWithWayOut } from '#core/outbox'
import { endSessions, find, readAnswer } from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { endAllOf } from '#core/sessions'
import { endAll } from '#core/tickets'
import { hours, minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { RecoveryContext, RecoveryLook, RecoveryRequest } from './contract.ts'
import {
  cancelPurpose,
  factorPurpose,
  type Purpose,
  requestFor,
  senderOf,
  subjectOf,
  textTo,
  writeTo,
} from './links.ts'
import { closeRequest } from './store.ts'

const passwordRule = { password: { max: 1024, secret: true, verbatim: true } } as const

type Found = { state: RecoveryLook['state']; request: RecoveryRequest; person: Person }

const ended = { completed: 'used', cancelled: 'cancelled', declined: 'declined', expired: 'expired' } as const

const stateOf = ({ status, expiresAt }: RecoveryRequest, isInTime: boolean): RecoveryLook['state'] => {
  if (status !== 'waiting' && status !== 'approved') return ended[status]
  return isInTime && expiresAt > now() ? 'valid' : 'expired'
}

/** What a link is about; null for one that nobody made here, or that is about somebody who is gone or suspended. */
const follow = async (organizationId: string, purpose: Purpose, secret: string | null): Promise<Found | null> => {
  const found = secret === null ? null : await requestFor(organizationId, purpose, secret)
  if (!found) return null
  const { request, isInTime } = found
  const person = await withOrganization(request.homeId, (tx) => find(tx, request.personId))
  return person?.status === 'active' ? { state: stateOf(request, isInTime), request, person } : null
}

const looked = (found: Found | null): RecoveryLook =>
  found === null
    ? { state: 'unknown' }
    : { state: found.state, email: found.person.email, askedAt: found.request.createdAt }

/** What the page of the last link shows. */
export const lookAtFactor = async ({ organizationId }: RecoveryContext, secret: string | null): Promise<RecoveryLook> =>
  looked(await follow(organizationId, factorPurpose, secret))

/** What the page shows that ends a recovery. */
export const lookAtCancel = async ({ organizationId }: RecoveryContext, secret: string | null): Promise<RecoveryLook> =>
  looked(await follow(organizationId, cancelPurpose, secret))

const actorOf = (by: Actor, { homeId, id }: Person): Actor => ({ ...by, kind: 'person', homeId, personId: id })

/** Neither link opens anything from now on. */
const endLinks = async (request: RecoveryRequest): Promise<void> => {
  const subject = subjectOf(request)
  await withOrganization(senderOf(request).organizationId, async (tx) => {
    await endAll(tx, cancelPurpose, subject)
    await endAll(tx, factorPurpose, subject)
  })
}

/** It was not them, or they have found what they had lost. Of many who say so at the same moment one does it. */
export const cancel = async (ctx: RecoveryContext, secret: string | null): Promise<void> => {
  const found = await follow(ctx.organizationId, cancelPurpose, secret)
  if (found?.state !== 'valid') return fail('recovery.link_over')
  const { request, person } = found
  await withOrganization(request.homeId, async (tx) => {
    const closed = (await closeRequest(tx, request.id, 'cancelled')) ?? fail('recovery.link_over')
    await record(tx, actorOf(ctx.by, person), 'recovery.cancelled', { kind: 'person', id: person.id })
    await writeTo(tx, closed, 'recovery-cancelled', { data: { device: ctx.by.userAgent ?? null } })
  })
  await endLinks(request)
}

/** Whoever found the mail must not find the password by trying. */
const boundProofs = async ({ homeId, id }: Person): Promise<void> => {
  const subject = `${homeId}/${id}`
  const exceeded = await takeAll([
    { name: 'recovery proof', subject, max: 5, windowMs: minutes(15) },
    { name: 'recovery proof day', subject, max: 20, windowMs: hours(24) },
  ])
  if (exceeded) fail('login.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

/**
 * Takes the second steps of whoever opened the link away. Their first factor has just been proven by the caller: the link
 * alone is worth nothing. Every session ends, and signing in asks for a new second step where one is needed.
 */
export const complete = async (ctx: RecoveryContext, secret: string | null): Promise<Person> => {
  const found = await follow(ctx.organizationId, factorPurpose, secret)
  if (found?.state !== 'valid') return fail('recovery.link_over')
  const { request, person } = found
  const by = actorOf(ctx.by, person)
  const ref = { homeId: person.homeId, personId: person.id }
  await withOrganization(request.homeId, async (tx) => {
    const closed = (await closeRequest(tx, request.id, 'completed')) ?? fail('recovery.link_over')
    // Before the phones go that are second steps themselves.
    await textTo(tx, closed, person, 'second-step-removed')
    await endFactors(tx, by, person.id, 'recovered', { withPasskeys: false })
    await endSessions(tx, person.id)
    await endAllOf(tx, by, ref, { why: 'second step recovered' })
    await record(tx, by, 'recovery.completed', { kind: 'person', id: person.id })
    await noticeWithWayOut(tx, { ...senderOf(closed), by }, 'second-step-removed', person.id)
  })
  await endLinks(request)
  return person
}

/** The same for whoever proves themselves by their password. */
export const confirm = async (ctx: RecoveryContext, secret: string | null, answer: Answer): Promise<Person> => {
  const { password } = readAnswer(answer, passwordRule)
  const found = await follow(ctx.organizationId, factorPurpose, secret)
  if (found?.state !== 'valid') return fail('recovery.link_over')
  const { person } = found
  await boundProofs(person)
  const hash = await withOrganization(person.homeId, async (tx) => (await passwordOf(tx, person.id))?.hash ?? null)
  if (!(await verifyPassword(hash, password))) return fail('password.wrong', 'password')
  return complete(ctx, secret)
}
