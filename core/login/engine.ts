// The engine: walks somebody through a flow, one answer after the other. What was answered, proven and asked for is in the
// attempt, so a restart in between loses nothing; what the flow is was settled when the attempt began.

import { type Arrival, begin, flowFor, isProven, methodsOf, proceed, waysOf } from '#core/flows'
import type { FlowName, Position, Proof } from '#core/flows/contract'
import type { Answer } from '#core/people/contract'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { type Attempt, finish, goOn, held, move, type Proven, refuse } from './attempts.ts'
import { carriedTo, withSeconds } from './carried.ts'
import type { AttemptFailure, AttemptKind, LoginContext, Outcome } from './contract.ts'
import { type Journey, journeyOf, newRoute, newRun, pageOf, placed, standingFor, stepOf, walkingOf } from './journey.ts'
import { conclude } from './proven.ts'
import type { Change, Run, Taken } from './step.ts'

/** Where a flow begins when nobody has answered anything. */
const firstPage: Record<AttemptKind, string> = {
  'sign-in': '/sign-in',
  'sign-up': '/sign-up',
  recovery: '/recover',
  start: '/start',
}

type Answered = Extract<Taken, { answered: unknown }>['answered']

const merged = (run: Run, { values, inner }: Pick<Change, 'values' | 'inner'>): Run => ({
  ...run,
  values: { ...run.values, ...values },
  inner: { ...run.inner, ...inner },
})

/** What one person has proven is worth nothing for another one. */
const isSomebodyElse = (before: Proven | undefined, now: Proven | undefined): boolean =>
  before !== undefined && (before.homeId !== now?.homeId || before.personId !== now.personId)

/** What an answer has changed: its proof, whose it is, and that its node is done. */
const after = ({ run, route }: Journey, answered: Answered): Journey => {
  const { proofs = [], proven = run.inner.proven } = answered
  const second = run.isSecond ? { isSecond: true } : {}
  const given: Proof[] = proofs.map((proof) => ({ ...proof, ...second, at: now().toISOString() }))
  const next = merged(run, answered)
  const before = isSomebodyElse(run.inner.proven, proven) ? [] : (run.inner.proofs ?? [])
  const inner = { ...next.inner, ...(proven ? { proven } : {}), proofs: [...before, ...given] }
  const gone = { ...route, done: [...new Set([...route.done, route.position.node, route.position.at])] }
  return { run: { ...next, inner, standing: standingFor(run.ctx, gone, proven) }, route: gone }
}

/** Whoever has just proven to be staff goes on in the flow of staff, where the organization or one above it has one. */
const amongStaff = async (journey: Journey): Promise<Journey | null> => {
  const { run, route } = journey
  if (route.name !== 'sign-in' || !isProven(run.inner.proofs ?? [])) return null
  if ((await run.standing())?.kind !== 'staff') return null
  const { flow, source } = await flowFor(run.ctx.organizationId, 'sign-in-staff')
  if (source.name !== 'sign-in-staff' || source.organizationId === null) return null
  return { run, route: { ...route, name: 'sign-in-staff', flow, done: [] } }
}

const arrivalAfter = async (journey: Journey): Promise<{ journey: Journey; arrival: Arrival }> => {
  const { route, run } = journey
  const staff = await amongStaff(journey)
  if (staff) return { journey: staff, arrival: begin(await walkingOf(staff)) }
  // Somebody who is proven, and has been suspended or has changed what they proved since: nobody any more.
  if (run.inner.proven && (await run.standing()) === null) return { journey, arrival: 'broken' }
  return { journey, arrival: proceed(await walkingOf(journey), route.position) }
}

type Pending = Pick<Change, 'failure' | 'notice' | 'resendAt'> & { also: NonNullable<Change['also']>[] }

const tellingOf = ({ failure, notice, resendAt }: Change): Pick<Change, 'failure' | 'notice' | 'resendAt'> => ({
  ...(failure ? { failure } : {}),
  ...(notice ? { notice } : {}),
  ...(resendAt ? { resendAt } : {}),
})

/** Writes where a journey stands. Whatever was proven moves on under a new secret. */
const keep = async (journey: Journey, pending: Pending, isProvenAnew: boolean): Promise<Outcome> => {
  const { run, route } = journey
  const { ctx, kind, attempt, values, inner } = run
  const { id, keptAs: step = id } = stepOf(journey)
  const page = pageOf(journey)
  const { notice, resendAt, failure = null } = pending
  const state = { values, inner, route, failure, ...(resendAt ? { resendAt } : {}) }
  return withOrganization(ctx.organizationId, async (tx) => {
    const said = notice ? { notice } : {}
    if (attempt && !isProvenAnew) {
      // Answered twice at the same moment: the other one has gone on already.
      if (!(await move(tx, attempt, step, state))) return { next: page }
      for (const also of pending.also) await also(tx, attempt.id)
      return { next: page, ...said }
    }
    const opened = await goOn(tx, ctx, attempt ?? run.replaced, { kind, step, ...state })
    for (const also of pending.also) await also(tx, opened.id)
    return { next: page, attempt: opened.secret, ...said }
  })
}

/** The attempt can go nowhere: it ends, and the first step says why. */
export const endWith = async (journey: Journey, failure: AttemptFailure): Promise<Outcome> => {
  const { ctx, attempt, kind, values } = journey.run
  if (attempt) await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt))
  const username = values.username ?? values.email
  const next = kind === 'sign-up' ? 'sign-in' : kind
  return refuse(ctx, null, { kind: next, next: firstPage[next], values: username ? { username } : {}, failure })
}

const concludeWith = async ({ run }: Journey, { also, notice }: Pending, isProvenNow: boolean): Promise<Outcome> => {
  const { ctx, attempt, inner } = run
  const { proven, proofs = [], isTrusting = false } = inner
  if (!proven) return fail('login.flow_broken')
  return withOrganization(ctx.organizationId, async (tx) => {
    for (const more of also) await more(tx, attempt?.id ?? '')
    const gained = { methods: methodsOf(proofs), trustsDevice: isTrusting, isProvenNow }
    const ticket = await conclude(tx, attempt ?? run.replaced, proven, gained)
    if (!ticket) return { next: '/sign-in', attempt: null, failure: { code: 'login.expired' } }
    return { next: '/account', attempt: null, ticket, locale: proven.locale, ...(notice ? { notice } : {}) }
  })
}

const isAnswered = (entered: object): entered is { answered: Answered } => 'answered' in entered

/** From an arrival to the page that shows it; steps that answer themselves are walked through. */
const follow = async (from: Journey, first: Arrival, before: Pending, isProvenAnew: boolean): Promise<Outcome> => {
  let journey = from
  let arrival = first
  const pending = before
  for (let step = 0; step < 100; step += 1) {
    if (arrival === 'end') return concludeWith(journey, pending, isProvenAnew)
    if (arrival === 'broken') return endWith(journey, { code: 'login.expired' })
    const route = { ...journey.route, position: arrival }
    journey = { run: placed(journey.run, route), route }
    const here = stepOf(journey)
    const entered = (await here.enter?.(journey.run)) ?? {}
    const change: Change = isAnswered(entered) ? entered.answered : entered
    if (change.also) pending.also.push(change.also)
    Object.assign(pending, tellingOf(change))
    if (!here.isSilent && !isAnswered(entered)) {
      return keep({ ...journey, run: merged(journey.run, change) }, pending, isProvenAnew)
    }
    const gone = after(journey, change)
    ;({ journey, arrival } = await arrivalAfter(gone))
  }
  return endWith(journey, { code: 'login.flow_broken' })
}

/** From an answer that was right to whatever comes next. */
export const goOnWith = async (journey: Journey, answered: Answered): Promise<Outcome> => {
  const { arrival, journey: next } = await arrivalAfter(after(journey, answered))
  const pending: Pending = { ...tellingOf(answered), also: answered.also ? [answered.also] : [] }
  return follow(next, arrival, pending, answered.proofs !== undefined || answered.proven !== undefined)
}

/**
 * The same person at another organization: from the beginning of its own flow, past what counts there of what they have proven, to
 * whatever it asks beside that. Here it is over.
 */
const goOnAt = async ({ run }: Journey, there: LoginContext): Promise<Outcome> => {
  const { ctx, attempt, inner } = run
  // Answered twice at the same moment: the other one has gone on already.
  const isFirst = !attempt || (await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt)))
  if (!isFirst) return { next: '/sign-in' }
  const route = await newRoute(there, 'sign-in')
  const known = { values: { username: inner.proven?.email ?? '' }, inner: carriedTo(route.flow, inner) }
  const begun = { run: newRun(there, 'sign-in', route, known), route }
  const staff = await amongStaff(begun)
  const journey = staff
    ? { ...staff, run: { ...staff.run, inner: withSeconds(staff.route.flow, staff.run.inner) } }
    : begun
  return { ...(await follow(journey, begin(await walkingOf(journey)), { also: [] }, false)), at: there.organizationId }
}

const refusedAt = (journey: Journey, { failure, values = {}, also, isOver }: Extract<Taken, { failure: unknown }>) => {
  if (isOver) return endWith(journey, failure)
  const { ctx, attempt, kind } = journey.run
  const page = pageOf(journey)
  return refuse(ctx, attempt, { kind, next: page, values, failure, route: journey.route, ...(also ? { also } : {}) })
}

/** Gives what was taken at a place its consequence. */
export const settle = async (journey: Journey, taken: Taken): Promise<Outcome> => {
  if ('outcome' in taken) return taken.outcome
  if ('failure' in taken) return refusedAt(journey, taken)
  if ('answered' in taken) return goOnWith(journey, taken.answered)
  if ('goesOnAt' in taken) return goOnAt(journey, taken.goesOnAt)
  const { stays } = taken
  const pending: Pending = { ...tellingOf(stays), also: stays.also ? [stays.also] : [] }
  return keep({ ...journey, run: merged(journey.run, stays) }, pending, false)
}

/** Another way at the same node, if it is one that is offered. */
const switched = async (journey: Journey, at: string): Promise<Outcome | null> => {
  const ways = waysOf(await walkingOf(journey), journey.route.position)
  if (!ways.includes(at)) return null
  const position: Position = { node: journey.route.position.node, at }
  return follow(journey, position, { also: [] }, false)
}

const textOf = (value: Answer[string]): string => (typeof value === 'string' ? value : '')

const isAt = ({ run }: Journey, answer: Answer): boolean => textOf(answer.at) === run.at

/** Whether an answer was drawn for the place where a journey stands; one that says nothing was drawn for the beginning. */
const isFor = (journey: Journey, answer: Answer): boolean =>
  answer.at === undefined ? journey.route.done.length === 0 : isAt(journey, answer)

/** Another way of the same node, which a page may show beside its own; one that has something to prepare is gone to first. */
const beside = async (journey: Journey, answer: Answer): Promise<Journey | null> => {
  const { run, route } = journey
  const at = textOf(answer.at)
  if (!waysOf(await walkingOf(journey), route.position).includes(at)) return null
  const there = { ...route, position: { node: route.position.node, at } }
  const other = { run: placed(run, there), route: there }
  return stepOf(other).enter ? null : other
}

/** The place that an answer was drawn for; null where somebody stands elsewhere by now. */
const drawnFor = async (journey: Journey, answer: Answer): Promise<Journey | null> =>
  isFor(journey, answer) ? journey : beside(journey, answer)

/** What is refused is said on the page that was answered. */
const take = async (journey: Journey, there: Journey, answer: Answer): Promise<Outcome> => {
  const taken = await stepOf(there).take(there.run, answer)
  return settle('failure' in taken ? journey : there, taken)
}

/**
 * An answer to the place where an attempt stands. One that was drawn for the beginning begins anew, also where something was
 * proven already; one for any other place shows where the attempt is by now.
 */
export const answerTo = async (
  ctx: LoginContext,
  secret: string | null,
  name: FlowName,
  kinds: readonly [AttemptKind, ...AttemptKind[]],
  answer: Answer,
): Promise<Outcome> => {
  const [kind] = kinds
  const before = await held(ctx, secret, ...kinds)
  const journey = await journeyOf(ctx, before?.kind ?? kind, name, before?.state.route ? before : null)
  if (answer.way !== undefined) return (await switched(journey, textOf(answer.way))) ?? { next: pageOf(journey) }
  const there = await drawnFor(journey, answer)
  if (there) return take(journey, there, answer)
  const begun = await journeyOf(ctx, kind, name, null)
  const anew = { ...begun, run: { ...begun.run, replaced: before } }
  const first = await drawnFor(anew, answer)
  return first ? take(anew, first, answer) : { next: pageOf(journey) }
}

/** The same for an attempt that is there, and is not begun anew. */
export const answerUnderWay = async (ctx: LoginContext, attempt: Attempt, answer: Answer): Promise<Outcome> => {
  const { kind, state } = attempt
  const journey = await journeyOf(ctx, kind, state.route?.name ?? 'sign-in', attempt)
  if (answer.way !== undefined) return (await switched(journey, textOf(answer.way))) ?? { next: pageOf(journey) }
  const there = answer.at === undefined ? journey : await drawnFor(journey, answer)
  return there ? take(journey, there, answer) : { next: pageOf(journey) }
}
