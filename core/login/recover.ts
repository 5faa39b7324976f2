// Recovering an account: a mail to its address, a new password, and nobody is signed in any more. For an address that
// nobody has, the same answer and the same work.

import { hashPassword, setPassword } from '#core/credentials'
import { noticeWithWayOut } from '#core/outbox'
import { emailKey, endSessions, failureOf, fields, find, markVerified, readAnswer, shownAgain } from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { endAllOf } from '#core/sessions'
import { consume, consumeCode, endAll, issue, look } from '#core/tickets'
import type { Ticket } from '#core/tickets/contract'
import { minutes } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { type Attempt, goOn, held, move, refuse } from './attempts.ts'
import { forgive, tryMail, tryProof } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome, ResetLook } from './contract.ts'
import { nextResendAt, recoverPurpose, sendRecovery } from './links.ts'
import { readNewPassword } from './new-password.ts'
import { codeRules } from './verify.ts'
import { whom } from './whom.ts'

const rules = { email: fields.email } as const
const provenLinkMs = minutes(15)

export const recover = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const before = await held(ctx, secret, 'recovery')
  const kept = before?.step === 'password' ? before : null
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, kept, { kind: 'recovery', next: '/recover', values: shownAgain(answer, rules), failure })
  try {
    const email = emailKey(readAnswer(answer, rules).email)
    const bound = await tryMail(ctx, email)
    if (bound) return await refused(bound)
    const known = await whom(ctx.organizationId, { kind: 'email', key: email })
    const who = known && { homeId: known.person.homeId, personId: known.person.id }
    return await withOrganization(ctx.organizationId, async (tx) => {
      const opening = { kind: 'recovery', step: 'check-mail', values: { email }, resendAt: nextResendAt() } as const
      const { id, secret: next } = await goOn(tx, ctx, before, opening)
      await sendRecovery(tx, ctx, id, email, who)
      return { next: '/recover', attempt: next }
    })
  } catch (error) {
    return refused(failureOf(error))
  }
}

/** A right code is worth a fresh link, which the door keeps in this browser. */
const proveByCode = (ctx: LoginContext, attempt: Attempt, code: string) =>
  withOrganization(ctx.organizationId, async (tx): Promise<AttemptFailure | { link: string }> => {
    const result = await consumeCode(tx, recoverPurpose, attempt.id, code)
    if (result.state === 'expired') return { code: 'ticket.expired', field: 'code' }
    if (result.state === 'wrong') return { code: 'ticket.wrong_code', field: 'code', triesLeft: result.triesLeft }
    const { subject, data } = result.ticket
    const { secret } = await issue(tx, {
      purpose: recoverPurpose,
      subject,
      data,
      lifetimeMs: provenLinkMs,
      supersede: true,
    })
    return (await move(tx, attempt, 'new-password', {})) ? { link: secret } : { code: 'login.expired' }
  })

export const recoverByCode = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'recovery')
  if (attempt?.step === 'new-password') return { next: '/reset' }
  if (attempt?.step !== 'check-mail') return { next: '/recover', failure: { code: 'login.expired' } }
  const refused = (failure: AttemptFailure) =>
    refuse(ctx, attempt, { kind: 'recovery', next: '/recover', values: {}, failure })
  try {
    const code = readAnswer(answer, codeRules).code.replace(/[\s-]/g, '')
    const bound = await tryProof(ctx)
    if (bound) return await refused(bound)
    const result = await proveByCode(ctx, attempt, code)
    return 'link' in result ? { next: '/reset', link: result.link } : await refused(result)
  } catch (error) {
    return refused(failureOf(error))
  }
}

type Subject = { homeId?: string; personId?: string }

/** Whom a link is for, if they are still there and active. A decoy's link is for nobody. */
const personFor = async (ticket: Ticket): Promise<Person | null> => {
  const { homeId, personId } = ticket.data as Subject
  if (!homeId || !personId) return null
  const person = await withOrganization(homeId, (tx) => find(tx, personId))
  return person?.status === 'active' ? person : null
}

/** What the page of a link shows. Looking changes nothing. */
export const lookAtReset = async (ctx: LoginContext, link: string): Promise<ResetLook> => {
  const ticket = await withOrganization(ctx.organizationId, (tx) => look(tx, recoverPurpose, link))
  if (!ticket) return { state: 'unknown' }
  if (ticket.state !== 'valid') return { state: ticket.state === 'used' ? 'used' : 'expired' }
  const person = await personFor(ticket)
  return person ? { state: 'valid', email: person.email } : { state: 'unknown' }
}

/** At home, all at once: the new password, the end of every session anywhere, and the mail that says so. */
const setAnew = (ctx: LoginContext, person: Person, passwordHash: string) =>
  withOrganization(person.homeId, async (tx) => {
    const ref = { homeId: person.homeId, personId: person.id }
    const by = { ...ctx.by, kind: 'person' as const, ...ref }
    await setPassword(tx, by, person.id, passwordHash, 'recovered')
    await endSessions(tx, person.id)
    await endAllOf(tx, by, ref, { why: 'password recovered' })
    await markVerified(tx, by, person)
    await noticeWithWayOut(tx, ctx, 'password-changed', person.id)
  })

/** Sets a new password by a link. The password is judged first: a link is not lost to a short one. */
export const reset = async (ctx: LoginContext, link: string | null, answer: Answer): Promise<Outcome> => {
  if (link === null) return { next: '/reset' }
  try {
    const ticket = await withOrganization(ctx.organizationId, (tx) => look(tx, recoverPurpose, link))
    const person = ticket?.state === 'valid' ? await personFor(ticket) : null
    if (!ticket || !person) return { next: '/reset' }
    const passwordHash = await hashPassword(readNewPassword(ctx, answer, person))
    await withOrganization(ctx.organizationId, async (tx) => {
      await consume(tx, recoverPurpose, link)
      await endAll(tx, recoverPurpose, ticket.subject)
    })
    await setAnew(ctx, person, passwordHash)
    await forgive(ctx, person.email)
    const { secret } = await withOrganization(ctx.organizationId, (tx) =>
      goOn(tx, ctx, null, { kind: 'sign-in', step: 'password', values: { username: person.email } }),
    )
    return { next: '/sign-in', attempt: secret, link: null, notice: 'password_reset' }
  } catch (error) {
    if (isFailure(error, 'busy')) return { next: '/reset', failure: { code: 'login.busy' } }
    const failure = failureOf(error)
    return failure.code.startsWith('ticket.') ? { next: '/reset' } : { next: '/reset', failure }
  }
}
