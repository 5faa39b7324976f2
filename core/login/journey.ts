// Where somebody stands in a flow: read from their attempt, or at the beginning for whoever has none yet.

import { begin, flowFor, settingsAt, stepAt, type Walking, waysOf } from '#core/flows'
import type { FlowName, StepId } from '#core/flows/contract'
import { fail } from '#platform/failure'
import type { Attempt, Proven, Route } from './attempts.ts'
import { catalogue, stepNamed } from './catalogue.ts'
import type { AttemptKind, LoginContext, Place, Way } from './contract.ts'
import { availableTo, factsOf, isEnrolled, preferredBy, standingOf } from './facts.ts'
import { organizationOf } from './proven.ts'
import type { Run, Step } from './step.ts'

/** Somebody on their way, and the flow they go through. */
export type Journey = { run: Run; route: Route }

/** Steps that send a code somewhere. */
const sending: ReadonlySet<StepId> = new Set(['email-code', 'sms-code'])

const nobody = { standing: async () => null }

const remembering = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let known: Promise<T> | null = null
  return () => {
    known ??= load()
    return known
  }
}

export const standingFor = (ctx: LoginContext, route: Route, proven: Proven | undefined): Run['standing'] =>
  proven ? remembering(() => standingOf(ctx, route.flow, proven)) : nobody.standing

export const placed = (run: Run, route: Route): Run => {
  const { at } = route.position
  return {
    ...run,
    at,
    flow: route.name,
    settings: settingsAt(route.flow, at),
    isSecond: at.includes('/'),
  }
}

/** Where the place of a journey is shown and answered; whatever is a second step stands beside the others. */
export const pageOf = (journey: Journey): string => (journey.run.isSecond ? '/mfa' : stepOf(journey).page)

export const stepOf = ({ route }: Journey): Step => {
  const id = stepAt(route.flow, route.position.at)
  return id === null ? fail('login.flow_broken') : stepNamed(id)
}

const identifierOf = ({ inner }: Run): { kind: 'email' | 'phone' | 'username' | 'none'; domain: string } => {
  const { named } = inner
  if (!named) return { kind: 'none', domain: '' }
  return { kind: named.kind, domain: named.kind === 'email' ? named.key.slice(named.key.lastIndexOf('@') + 1) : '' }
}

export const walkingOf = async ({ run, route }: Journey): Promise<Walking> => {
  const proofs = run.inner.proofs ?? []
  const standing = await run.standing()
  const kinds = proofs.map(({ kind }) => kind)
  return {
    flow: route.flow,
    facts: { ...factsOf(run.ctx, standing, identifierOf(run)), proofs: kinds },
    proofs,
    done: route.done,
    available: availableTo(run.ctx, standing),
    catalogue,
    preferred: standing && preferredBy(standing),
    second: {
      isRequired: organizationOf(run.ctx).secondFactorRequired,
      isEnrolled: standing !== null && isEnrolled(standing),
    },
    mustChangePassword: standing?.factors.password?.mustChange === true || Boolean(run.inner.passwordOwed),
  }
}

/** Somebody before the first place of a flow, with what is known of them. Nothing of it is kept yet. */
export const newRun = (
  ctx: LoginContext,
  kind: AttemptKind,
  route: Route,
  { values, inner }: Pick<Run, 'values' | 'inner'>,
): Run => ({
  ctx,
  kind,
  attempt: null,
  flow: route.name,
  at: '',
  settings: {},
  isSecond: false,
  replaced: null,
  values,
  inner,
  standing: standingFor(ctx, route, inner.proven),
})

/** A flow as it is published now, before its first place. */
export const newRoute = async ({ organizationId }: LoginContext, name: FlowName): Promise<Route> => ({
  name,
  flow: (await flowFor(organizationId, name)).flow,
  position: { node: '', at: '' },
  done: [],
})

/** An attempt under way, or one that nobody has kept yet: at the beginning of what is published now. */
export const journeyOf = async (
  ctx: LoginContext,
  kind: AttemptKind,
  name: FlowName,
  attempt: Attempt | null,
): Promise<Journey> => {
  const inner = attempt?.state.inner ?? {}
  const values = attempt?.state.values ?? {}
  const known = attempt?.state.route
  const route = known ?? (await newRoute(ctx, name))
  const run: Run = { ...newRun(ctx, kind, route, { values, inner }), attempt }
  if (known) return { run: placed(run, route), route }
  const arrival = begin(await walkingOf({ run, route }))
  const begun = { ...route, position: typeof arrival === 'string' ? fail('login.flow_broken') : arrival }
  return { run: placed(run, begun), route: begun }
}

const doors: ReadonlySet<StepId> = new Set(['details', 'verify-email', 'invitation'])

/** A flow from a step on that somebody has come to by another door: the link of a mail, or of an invitation. */
export const journeyAt = async (
  ctx: LoginContext,
  name: FlowName,
  step: StepId,
  attempt: Attempt | null,
  kind: AttemptKind = 'sign-up',
): Promise<Journey> => {
  const { run, route } = await journeyOf(ctx, kind, name, attempt?.state.route?.name === name ? attempt : null)
  const [node = route.flow.start] = Object.entries(route.flow.nodes).find(([, one]) => one.step === step) ?? []
  // Whatever makes an account has its own doors: they lie behind whoever comes by one of them.
  const behind = Object.entries(route.flow.nodes).flatMap(([id, one]) => (doors.has(one.step) ? [id] : []))
  const there = { ...route, position: { node, at: node }, done: [...route.done, ...behind] }
  return { run: placed({ ...run, attempt, kind }, there), route: there }
}

const asksFor = ({ flow }: Route, id: StepId): boolean => Object.values(flow.nodes).some(({ step }) => step === id)

/** Another way, with where a code would go. Nothing is offered that nobody could answer. */
const wayTo = async ({ run, route }: Journey, at: string): Promise<Way[]> => {
  const step = stepAt(route.flow, at)
  if (step === null || !Object.hasOwn(catalogue, step)) return []
  const there = { ...route, position: { ...route.position, at } }
  const hint = sending.has(step) ? (await stepNamed(step).show?.(placed(run, there)))?.sentTo : undefined
  return [{ at, step, ...(hint ? { hint } : {}) }]
}

/** The place where a journey stands, as its page shows it. */
export const placeOf = async (journey: Journey): Promise<Place> => {
  const { run, route } = journey
  const step = stepOf(journey)
  const ways = waysOf(await walkingOf(journey), route.position)
  const offered = await Promise.all(ways.map((at) => wayTo(journey, at)))
  return {
    step: step.id,
    at: run.at,
    page: pageOf(journey),
    settings: run.settings,
    isSecond: run.isSecond,
    ways: offered.flat(),
    ...(step.id === 'identifier' ? { isPasswordLater: asksFor(route, 'password') } : {}),
    ...(await step.show?.(run)),
  }
}
