// Proving an address, by the link or the code of the mail, in the browser where the sign-up began. Only then does the
// person come into being.

import { setPassword } from '#core/credentials'
import { isSignUpOpen } from '#core/organizations/contract'
import {
  addMembership,
  belongs,
  create,
  failureOf,
  findByEmail,
  markVerified,
  noteElsewhere,
  readAnswer,
  standing,
} from '#core/people'
import type { Answer, Person } from '#core/people/contract'
import { codeOf, consume, consumeCode, look } from '#core/tickets'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { type Attempt, finish, goOn, held, move, type Pending, refuse } from './attempts.ts'
import { tryProof } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome, VerifyLook } from './contract.ts'
import { joinByDomain } from './domains.ts'
import { goOnWith } from './engine.ts'
import { journeyAt } from './journey.ts'
import { verifyPurpose } from './links.ts'
import { sendWelcome } from './mail.ts'
import { actorOf, organizationOf, provenBy } from './proven.ts'
import { pendingOf } from './sign-up.ts'
import { completeStart, isStartOpen } from './starting.ts'

export const codeRules = { code: { max: 20 } } as const

/** At home: the person with their password, or the one who has this address already. */
const settleAtHome = (
  ctx: LoginContext,
  pending: Pending,
  needsApproval: boolean,
): Promise<{ person: Person; isNew: boolean }> =>
  withOrganization(pending.homeId, async (tx) => {
    const { email, givenName, familyName, passwordHash } = pending
    const { locale } = ctx
    const person = await create(tx, ctx.by, { email, givenName, familyName, locale, emailVerifiedAt: now() })
    const settled = person ?? (await findByEmail(tx, email)) ?? fail('person.unknown')
    await noteElsewhere(tx, settled.id, ctx.organizationId)
    if (!person) {
      await markVerified(tx, ctx.by, settled)
      return { person: settled, isNew: false }
    }
    await setPassword(tx, actorOf(ctx, person), person.id, passwordHash, 'signed up')
    // Whoever waits is written to when they are let in.
    if (!needsApproval) await sendWelcome(tx, ctx, { homeId: person.homeId, personId: person.id })
    return { person, isNew: true }
  })

/** Here: a membership, which waits where somebody has to agree first. Answers how they stand from now on. */
const settleHere = (ctx: LoginContext, person: Person, isNew: boolean, needsApproval: boolean) =>
  withOrganization(ctx.organizationId, async (tx) => {
    const ref = { homeId: person.homeId, personId: person.id }
    const status = needsApproval ? 'pending' : 'active'
    if (isNew || !(await belongs(tx, ref))) {
      await addMembership(tx, actorOf(ctx, person), { ...ref, kind: 'consumer', status, known: person })
    }
    const settled = await standing(tx, ref)
    // An address of the organization's own domain lets somebody in without anybody's word.
    if (isNew && needsApproval && settled === 'active') await sendWelcome(tx, ctx, ref)
    return settled
  })

/**
 * From the proof to the account. Each part finds what an interrupted run has left and goes on from there. Somebody who
 * existed already keeps their password: the one typed at the sign-up proves nothing about them.
 */
const completeSignUp = async (ctx: LoginContext, attempt: Attempt): Promise<Outcome> => {
  const needsApproval = organizationOf(ctx).signUp === 'approval'
  const { person, isNew } = await settleAtHome(ctx, pendingOf(attempt), needsApproval)
  await joinByDomain(ctx, person)
  const status = await settleHere(ctx, person, isNew, needsApproval)
  if (isNew && status === 'active') {
    const journey = await journeyAt(ctx, 'sign-up', 'verify-email', attempt)
    return goOnWith(journey, { proven: provenBy(person), proofs: [{ kind: 'mailbox' }, { kind: 'password' }] })
  }
  const { secret } = await withOrganization(ctx.organizationId, (tx) =>
    goOn(tx, ctx, attempt, { kind: 'sign-in', step: 'password', values: { username: person.email } }),
  )
  const notice = status === 'pending' ? 'waiting_for_approval' : 'address_verified'
  return { next: '/sign-in', attempt: secret, link: null, notice }
}

const complete = (ctx: LoginContext, secret: string | null, attempt: Attempt): Promise<Outcome> =>
  attempt.kind === 'start' ? completeStart(ctx, secret, attempt) : completeSignUp(ctx, attempt)

/** What is closed by now lets nobody in who knocked before. */
const closedFor = (ctx: LoginContext, attempt: Attempt): AttemptFailure | null => {
  if (attempt.kind === 'start') return isStartOpen(ctx, attempt) ? null : { code: 'login.start_closed' }
  return isSignUpOpen(organizationOf(ctx)) ? null : { code: 'login.sign_up_closed' }
}

type Proof = { code: string } | { link: string }

/** Uses the proof up and moves the attempt on, in one unit of work. Wrong codes are counted, so they must commit. */
const prove = (ctx: LoginContext, attempt: Attempt, proof: Proof): Promise<AttemptFailure | null> =>
  withOrganization(ctx.organizationId, async (tx) => {
    if ('code' in proof) {
      const result = await consumeCode(tx, verifyPurpose, attempt.id, proof.code)
      if (result.state === 'expired') return { code: 'ticket.expired', field: 'code' }
      if (result.state === 'wrong') return { code: 'ticket.wrong_code', field: 'code', triesLeft: result.triesLeft }
    } else {
      const ticket = await consume(tx, verifyPurpose, proof.link)
      // Rolls the use back: where the sign-up began, the link still works.
      if (ticket.attemptId !== attempt.id) return fail('ticket.unknown')
    }
    return (await move(tx, attempt, 'verify', {})) ? null : { code: 'login.expired' }
  })

export type VerifyAnswer = { answer: Answer } | { link: string }

export const verify = async (ctx: LoginContext, secret: string | null, given: VerifyAnswer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'sign-up', 'start')
  if (attempt?.step === 'enrol') return { next: '/mfa' }
  if (attempt?.step === 'done') return { next: '/start', link: null }
  if (attempt?.step !== 'check-mail' && attempt?.step !== 'verify') {
    return 'link' in given ? { next: '/verify' } : { next: '/sign-up', failure: { code: 'login.expired' } }
  }
  const refused = async (failure: AttemptFailure): Promise<Outcome> => {
    // Sent twice at the same moment: the other one has gone on already.
    const later = attempt.kind === 'start' ? await held(ctx, secret, 'start') : null
    if (later?.step === 'done' || later?.step === 'verify') return { next: '/start', link: null }
    return refuse(ctx, attempt, { kind: attempt.kind, next: '/verify', values: {}, failure })
  }
  const closed = closedFor(ctx, attempt)
  if (closed) return refuse(ctx, attempt, { kind: attempt.kind, next: '/verify', values: {}, failure: closed })
  if (attempt.step === 'verify') return { ...(await complete(ctx, secret, attempt)), link: null }
  try {
    const proof = 'link' in given ? given : { code: readAnswer(given.answer, codeRules).code.replace(/[\s-]/g, '') }
    const bound = await tryProof(ctx)
    if (bound) return await refused(bound)
    const failure = await prove(ctx, attempt, proof)
    if (failure) return await refused(failure)
  } catch (error) {
    const failure = failureOf(error)
    // The page of the link says what became of it.
    return 'link' in given && failure.code.startsWith('ticket.') ? { next: '/verify' } : refused(failure)
  }
  const proven = await held(ctx, secret, 'sign-up', 'start')
  return proven
    ? { ...(await complete(ctx, secret, proven)), link: null }
    : { next: '/sign-up', failure: { code: 'login.expired' } }
}

/** What a link shows before anybody presses anything. Looking changes nothing. */
export const lookAtVerify = async (ctx: LoginContext, secret: string | null, link: string): Promise<VerifyLook> => {
  const ticket = await withOrganization(ctx.organizationId, (tx) => look(tx, verifyPurpose, link))
  if (!ticket) return { state: 'unknown' }
  if (ticket.state !== 'valid') return { state: ticket.state === 'used' ? 'used' : 'expired' }
  const attempt = await held(ctx, secret, 'sign-up', 'start')
  if (attempt?.id !== ticket.attemptId) return { state: 'other-browser', code: codeOf(verifyPurpose, link) }
  return {
    state: 'confirm',
    email: String(ticket.data.email),
    ...(attempt?.kind === 'start' ? { of: attempt.kind } : {}),
  }
}

/** Gives what was begun up: the next form is empty. */
export const abandon = async (ctx: LoginContext, secret: string | null): Promise<void> => {
  const attempt = await held(ctx, secret, 'sign-in', 'sign-up', 'recovery', 'start')
  if (attempt) await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt))
}
