// Accepting an invitation. The link proves the mailbox; who has no account makes one, who has one proves that it is theirs,
// and whoever is signed in as somebody else is told so: nobody joins by somebody else's link, or with the wrong account.

import { systemActor } from '#core/authority'
import { forget as forgetCredentials, hashPassword, setPassword, verifyPassword } from '#core/credentials'
import { accept, type Opened, open, prepare, requestAgain } from '#core/invitations'
import type { Invitation } from '#core/invitations/contract'
import {
  create,
  failureOf,
  fields,
  markVerified,
  maskedEmail,
  noteElsewhere,
  readAnswer,
  remove,
  shownAgain,
} from '#core/people'
import type { Answer, Person, PersonRef } from '#core/people/contract'
import { now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { type Attempt, held, refuse } from './attempts.ts'
import { forgive, tryMail, tryProof, trySignIn } from './bounds.ts'
import type { AttemptFailure, InvitationLook, LoginContext, Outcome } from './contract.ts'
import { joinByDomain } from './domains.ts'
import { goOnWith } from './engine.ts'
import { journeyAt } from './journey.ts'
import { sendWelcome } from './mail.ts'
import { actorOf, provenBy } from './proven.ts'
import { homeFor, newPasswordRule, readNewPerson } from './sign-up.ts'
import { traceOf } from './trace.ts'
import { accountsOf, type Known } from './whom.ts'

const here = '/invitation'
const states = { accepted: 'used', revoked: 'revoked', expired: 'expired', pending: 'valid' } as const

/** Who is signed in here, by this browser's session. */
export type SignedIn = PersonRef | null

type Asked =
  | { asks: 'account' }
  | { asks: 'password'; known: Known }
  | { asks: 'nothing'; known: Known }
  | { asks: 'other-account' | 'help' }

/** What has to be proven before somebody joins: whoever has accounts by this address here, and who is signed in. */
const whatIsAsked = async (ctx: LoginContext, { email }: Invitation, session: SignedIn): Promise<Asked> => {
  const accounts = await accountsOf(ctx.organizationId, email)
  const active = accounts.filter(({ person }) => person.status === 'active')
  if (session) {
    const own = active.find(({ person }) => person.id === session.personId && person.homeId === session.homeId)
    return own ? { asks: 'nothing', known: own } : { asks: 'other-account' }
  }
  const known = active.find(({ isMember }) => isMember) ?? active[0]
  if (known) return { asks: 'password', known }
  // Somebody suspended does not come back by a second account of the same address.
  return accounts.length > 0 ? { asks: 'help' } : { asks: 'account' }
}

const shown = ({ invitation, inviterName, roles }: Opened, email: string): Omit<InvitationLook, 'state'> => ({
  email,
  inviter: inviterName,
  kind: invitation.kind,
  roles,
  message: invitation.message,
  expiresAt: invitation.expiresAt.toISOString(),
})

/** What the page of an invitation shows. Looking changes nothing, however often somebody's mail program looks. */
export const lookAtInvitation = async (
  ctx: LoginContext,
  link: string | null,
  session: SignedIn,
): Promise<InvitationLook> => {
  const opened = link === null ? null : await open(ctx.organizationId, link)
  if (!opened) return { state: 'unknown' }
  const { email } = opened.invitation
  const state = states[opened.state]
  if (state !== 'valid') return { state, ...shown(opened, maskedEmail(email)) }
  const { asks } = await whatIsAsked(ctx, opened.invitation, session)
  if (asks === 'other-account') return { state: 'wrong-account', ...shown(opened, maskedEmail(email)) }
  if (asks === 'help') return { state: 'unavailable', ...shown(opened, maskedEmail(email)) }
  return { state, asks, ...shown(opened, email) }
}

/** The mailbox is proven, and the person: they join. Their home hears of it first. */
const join = async (ctx: LoginContext, invitation: Invitation, person: Person): Promise<void> => {
  const acceptance = await prepare(invitation)
  const by = actorOf(ctx, person)
  await withOrganization(person.homeId, async (tx) => {
    await markVerified(tx, by, person)
    await noteElsewhere(tx, person.id, ctx.organizationId)
  })
  await withOrganization(ctx.organizationId, (tx) => accept(tx, acceptance, by, person))
  await joinByDomain(ctx, person)
}

/** Somebody new, at home where this organization's people live. Where they come too late, nothing is left of them. */
const makeAndJoin = async (
  ctx: LoginContext,
  invitation: Invitation,
  wanted: { givenName: string; familyName: string; passwordHash: string },
): Promise<Person | null> => {
  const { givenName, familyName, passwordHash } = wanted
  const person = await withOrganization(homeFor(ctx.organizationId), async (tx) => {
    const { locale, by } = ctx
    const made = await create(tx, by, {
      email: invitation.email,
      givenName,
      familyName,
      locale,
      emailVerifiedAt: now(),
    })
    if (made) await setPassword(tx, actorOf(ctx, made), made.id, passwordHash, 'invited')
    return made
  })
  if (!person) return null
  const ref = { homeId: person.homeId, personId: person.id }
  try {
    await join(ctx, invitation, person)
  } catch (error) {
    await withOrganization(person.homeId, async (tx) => {
      await forgetCredentials(tx, person.id)
      await remove(tx, systemActor, person, 'the invitation was worth nothing any more')
    })
    throw error
  }
  await withOrganization(person.homeId, (tx) => sendWelcome(tx, ctx, ref))
  return person
}

/** On through the organization's flow of invitations, with what has been proven: the mailbox, and a password. */
const enter = async (ctx: LoginContext, attempt: Attempt | null, kind: 'sign-in' | 'sign-up', person: Person) => {
  const journey = await journeyAt(ctx, 'invitation', 'invitation', attempt, kind)
  return goOnWith(journey, { proven: provenBy(person), proofs: [{ kind: 'mailbox' }, { kind: 'password' }] })
}

const joined = (outcome: Outcome): Outcome => ({ ...outcome, link: null, notice: 'invitation_accepted' })

const passwordRules = { password: { max: 1024, secret: true, verbatim: true } } as const
const accountRules = {
  given_name: { ...fields.given_name, required: false },
  family_name: { ...fields.family_name, required: false },
  password: newPasswordRule,
} as const

type Accepting = { ctx: LoginContext; invitation: Invitation; answer: Answer; attempt: Attempt | null }

const refused = (
  { ctx, attempt, answer }: Accepting,
  failure: AttemptFailure,
  also?: (tx: Tx) => Promise<void>,
): Promise<Outcome> => {
  const values = shownAgain(answer, accountRules)
  return refuse(ctx, attempt, { kind: 'sign-up', next: here, values, failure, ...(also ? { also } : {}) })
}

/** What was wrong, where it was answered; of an invitation that is worth nothing any more, its page says what became of it. */
const answered = async (accepting: Accepting, act: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await act()
  } catch (error) {
    if (isFailure(error, 'busy')) return refused(accepting, { code: 'login.busy' })
    const failure = failureOf(error)
    if (/^(?:invitation|authority|access)\./.test(failure.code)) return { next: here }
    return refused(accepting, failure)
  }
}

const acceptWithPassword = (accepting: Accepting, { person, passwordHash }: Known): Promise<Outcome> =>
  answered(accepting, async () => {
    const { ctx, invitation, answer, attempt } = accepting
    const { password } = readAnswer(answer, passwordRules)
    const bound = await trySignIn(ctx, person.email)
    const guessed = (failure: AttemptFailure) => refused(accepting, failure, traceOf(ctx, person.email, failure))
    if (bound) return guessed(bound)
    if (!(await verifyPassword(passwordHash, password))) {
      return guessed({ code: 'password.wrong', field: 'password' })
    }
    await forgive(ctx, person.email)
    await join(ctx, invitation, person)
    return joined(await enter(ctx, attempt, 'sign-in', person))
  })

const acceptAsNew = (accepting: Accepting): Promise<Outcome> =>
  answered(accepting, async () => {
    const { ctx, invitation, answer, attempt } = accepting
    const { person: wanted, password } = readNewPerson(ctx, { ...answer, email: invitation.email })
    const bound = await tryProof(ctx)
    if (bound) return refused(accepting, bound)
    const passwordHash = await hashPassword(password)
    const person = await makeAndJoin(ctx, invitation, { ...wanted, passwordHash })
    // Somebody made an account of this address a moment ago: the page asks for its password now.
    if (!person) return { next: here }
    return joined(await enter(ctx, attempt, 'sign-up', person))
  })

/** Accepts the invitation behind a link, with what its page has asked for. */
export const acceptInvitation = async (
  ctx: LoginContext,
  secret: string | null,
  link: string | null,
  session: SignedIn,
  answer: Answer,
): Promise<Outcome> => {
  const opened = link === null ? null : await open(ctx.organizationId, link)
  if (opened?.state !== 'pending') return { next: here }
  const { invitation } = opened
  const before = await held(ctx, secret, 'sign-up')
  const attempt = before?.step === 'password' ? before : null
  const asked = await whatIsAsked(ctx, invitation, session)
  const accepting: Accepting = { ctx, invitation, answer, attempt }
  switch (asked.asks) {
    case 'account':
      return acceptAsNew(accepting)
    case 'password':
      return acceptWithPassword(accepting, asked.known)
    case 'nothing':
      return answered(accepting, async () => {
        await join(ctx, invitation, asked.known.person)
        return joined({ next: '/account' })
      })
    case 'other-account':
      return { next: here, failure: { code: 'invitation.wrong_account' } }
    case 'help':
      return { next: here, failure: { code: 'invitation.unavailable' } }
  }
}

/** Asks the inviter for a new invitation, where this one is over. The same answer, however often. */
export const requestInvitation = async (ctx: LoginContext, link: string | null): Promise<Outcome> => {
  const opened = link === null ? null : await open(ctx.organizationId, link)
  if (opened?.state !== 'expired') return { next: here }
  const bound = await tryMail(ctx, opened.invitation.email)
  if (bound) return { next: here, failure: bound }
  await withOrganization(ctx.organizationId, (tx) => requestAgain(tx, opened.invitation))
  return { next: here, notice: 'invitation_requested' }
}
