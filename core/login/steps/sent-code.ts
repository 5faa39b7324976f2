// What codes that are sent have in common: sent on arrival and again on demand, worth something in this attempt alone, for ten
// minutes and once. Somebody unknown costs the same work, and nothing is sent.

import type { ProofKind } from '#core/flows/contract'
import { failureOf, fields, find, markVerified, readAnswer, shownAgain, standing as standingHere } from '#core/people'
import type { Answer, Person, PersonRef } from '#core/people/contract'
import { consume, consumeCode } from '#core/tickets'
import type { Ticket } from '#core/tickets/contract'
import { now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { forgiveCodes, tryCode } from '../bounds.ts'
import type { AttemptFailure } from '../contract.ts'
import { nextResendAt } from '../links.ts'
import { namedBy } from '../named.ts'
import { actorOf, provenBy } from '../proven.ts'
import type { Change, Run, Step, Taken } from '../step.ts'
import { traceOf } from '../trace.ts'
import { isTrusting, showTrust, whoseCode } from './code.ts'

/** Where a code goes: `who` is null for somebody unknown, `key` what they are counted by, `shown` what a page may say of it. */
export type Target = { who: PersonRef | null; key: string; shown: string; number?: string | null }

export type Channel = {
  kind: ProofKind
  /** Of its tickets. */
  purpose: string
  target: (run: Run) => Promise<Target>
  /** Counts it as sent; a failure when there were too many. */
  bound: (run: Run, target: Target) => Promise<AttemptFailure | null>
  send: (tx: Tx, run: Run, attemptId: string, target: Target) => Promise<void>
  /** Whether a right code proves the address of an email. */
  provesEmail?: boolean
  /** What a right code leaves behind, at the home of its person. */
  used?: (tx: Tx, run: Run) => Promise<void>
}

const nameRules = { username: fields.email } as const
const codeRules = { code: { max: 40 } } as const
const wrong: AttemptFailure = { code: 'ticket.wrong_code', field: 'code' }

const isNamed = ({ inner }: Run): boolean => inner.named !== undefined || inner.proven !== undefined

const sending = async (run: Run, channel: Channel): Promise<Change> => {
  const target = await channel.target(run)
  const failure = await channel.bound(run, target)
  if (failure) return { failure }
  const resendAt = nextResendAt()
  return {
    resendAt,
    inner: { sent: { ...run.inner.sent, [run.at]: resendAt } },
    also: (tx, attemptId) => channel.send(tx, run, attemptId, target),
  }
}

const mayResend = ({ inner, at }: Run): boolean => (inner.sent?.[at] ?? '') <= now().toISOString()

const resend = async (run: Run, channel: Channel): Promise<Taken> => {
  if (!mayResend(run)) return { failure: { code: 'login.resend_too_soon' } }
  const change = await sending(run, channel)
  return change.failure ? { failure: change.failure } : { stays: { ...change, notice: 'code_sent' } }
}

type Used = { ticket: Ticket } | { failure: AttemptFailure }

const byLink = (run: Run, channel: Channel, link: string): Promise<Used> =>
  withOrganization(run.ctx.organizationId, async (tx) => ({
    // Another attempt's link is looked for by its own attempt alone, and stays good for it.
    ticket: await consume(tx, channel.purpose, link, run.attempt?.id),
  }))

const byCode = async (run: Run, channel: Channel, answer: Answer): Promise<Used> => {
  const code = readAnswer(answer, codeRules).code.replace(/[\s-]/g, '')
  const result = await withOrganization(run.ctx.organizationId, (tx) =>
    consumeCode(tx, channel.purpose, run.attempt?.id ?? '', code),
  )
  if (result.state === 'right') return { ticket: result.ticket }
  if (result.state === 'expired') return { failure: { code: 'ticket.expired', field: 'code' } }
  return { failure: { ...wrong, triesLeft: result.triesLeft } }
}

type Subject = { homeId?: string; personId?: string }

/** Whose code it was, as they are now; null for somebody who may not be signed in here any more. */
const personOf = async (run: Run, { data }: Ticket): Promise<{ person: Person; isWaiting: boolean } | null> => {
  const { homeId, personId } = data as Subject
  if (!homeId || !personId) return null
  const person = await withOrganization(homeId, (tx) => find(tx, personId))
  const status = await withOrganization(run.ctx.organizationId, (tx) => standingHere(tx, { homeId, personId }))
  if (person?.status !== 'active' || (status !== 'active' && status !== 'pending')) return null
  return { person, isWaiting: status === 'pending' }
}

const proven = async (run: Run, channel: Channel, answer: Answer, ticket: Ticket): Promise<Taken> => {
  const whose = await personOf(run, ticket)
  if (!whose) return { failure: wrong }
  const { person, isWaiting } = whose
  if (isWaiting) return { failure: { code: 'login.waiting_for_approval' }, isOver: true }
  const before = run.inner.proven
  if (before && (before.personId !== person.id || before.homeId !== person.homeId)) return { failure: wrong }
  await forgiveCodes(whoseCode(provenBy(person)))
  await run.standing()
  await withOrganization(person.homeId, async (tx) => {
    if (channel.provesEmail) await markVerified(tx, actorOf(run.ctx, person), person)
    await channel.used?.(tx, run)
  })
  const values: Record<string, string> = before || run.inner.named ? {} : { username: person.email }
  return {
    answered: {
      values,
      inner: { isTrusting: isTrusting(run, answer) },
      proofs: [{ kind: channel.kind }],
      proven: before ?? provenBy(person),
    },
  }
}

const takeName = async (run: Run, channel: Channel, answer: Answer): Promise<Taken> => {
  const values = shownAgain(answer, nameRules)
  const named = namedBy(run.ctx, readAnswer(answer, nameRules).username)
  const there: Run = { ...run, inner: { ...run.inner, named } }
  const change = await sending(there, channel)
  return change.failure
    ? { failure: change.failure, values }
    : { stays: { ...change, values, inner: { ...change.inner, named } } }
}

const takeCode = async (run: Run, channel: Channel, answer: Answer): Promise<Taken> => {
  const { ctx, attempt } = run
  if (!attempt) return { failure: { code: 'login.expired' }, isOver: true }
  const target = await channel.target(run)
  const bound = await tryCode(ctx, target.who ? whoseCode(target.who) : target.key, attempt.id)
  const traced = (failure: AttemptFailure, isOver = false): Taken => ({
    failure,
    isOver,
    also: traceOf(ctx, target.key, failure),
  })
  if (bound) return traced(bound, true)
  const link = answer.intent === 'confirm' ? ctx.browser?.link : null
  const used = link ? await byLink(run, channel, link) : await byCode(run, channel, answer)
  return 'failure' in used ? traced(used.failure) : proven(run, channel, answer, used.ticket)
}

/** The behaviour of a step that sends a code. */
export const sentCode = (channel: Channel): Pick<Step, 'enter' | 'take' | 'show'> => ({
  enter: async (run) => (isNamed(run) && mayResend(run) ? sending(run, channel) : null),
  show: async (run) => ({
    ...(await showTrust(run)),
    ...(isNamed(run) ? { sentTo: (await channel.target(run)).shown } : {}),
  }),
  take: async (run, answer) => {
    try {
      if (!isNamed(run)) return await takeName(run, channel, answer)
      if (answer.intent === 'resend') return await resend(run, channel)
      return await takeCode(run, channel, answer)
    } catch (error) {
      return { failure: failureOf(error), values: shownAgain(answer, nameRules) }
    }
  },
})
