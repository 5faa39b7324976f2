// The walk along a flow: from where somebody stands to what has to be shown next, or the end. Pure, so that the engine, the
// simulator and the tests of all paths walk the very same way.

import { holds } from './conditions.ts'
import {
  type Catalogue,
  endOfFlow,
  type Flow,
  type FlowFacts,
  type FlowNode,
  guardNodes,
  type Position,
  type Proof,
  type SecondMethod,
  type StepId,
  secondMethods,
  usualSecondMethods,
} from './contract.ts'
import { hasSecondStep, isMultiFactor, isProven } from './standing.ts'

export type Walking = {
  flow: Flow
  facts: FlowFacts
  proofs: readonly Proof[]
  /** Nodes that were answered, or have answered themselves. */
  done: readonly string[]
  /** What could be answered here and now. Before a proof it is the same for everybody. */
  available: ReadonlySet<StepId>
  catalogue: Catalogue
  /** What this person has used last as a second step: offered first. */
  preferred: StepId | null
  /** `isRequired`: by the organization; `isEnrolled`: this person has set one up, and so asks for it themselves. */
  second: { isRequired: boolean; isEnrolled: boolean }
  /** Another password has to be chosen before anybody is let in. */
  mustChangePassword?: boolean
}

/** `broken`: the flow leads to the end before anybody has proven who they are; nobody is let in. */
export type Arrival = Position | 'end' | 'broken'

type SecondSettings = { methods?: readonly SecondMethod[]; required?: boolean; always?: boolean }

/** More than any flow has nodes. */
const mostSteps = 200

const guards: Readonly<Record<string, FlowNode>> = {
  [guardNodes.trusted]: { step: 'trusted-device', next: endOfFlow },
  [guardNodes.second]: { step: 'second-step', next: endOfFlow },
  [guardNodes.password]: { step: 'new-password', next: endOfFlow },
}

const nodeOf = ({ nodes }: Flow, id: string): FlowNode | undefined =>
  Object.hasOwn(nodes, id) ? nodes[id] : guards[id]

/** The step at a place: `password` at a node, `totp` at the method `second/totp` of one. */
export const stepAt = (flow: Flow, at: string): StepId | null => {
  const [id = '', method] = at.split('/')
  return (method as StepId | undefined) ?? nodeOf(flow, id)?.step ?? null
}

/** The settings of the node that stands behind a place. */
export const settingsAt = (flow: Flow, at: string): Record<string, unknown> =>
  nodeOf(flow, at.split('/')[0] ?? '')?.settings ?? {}

const secondSettings = (walking: Walking, id: string): Required<SecondSettings> => {
  const settings = settingsAt(walking.flow, id) as SecondSettings
  return {
    methods: settings.methods ?? usualSecondMethods,
    // The guard asks for what the organization requires, and never takes less.
    required: id === guardNodes.second ? walking.second.isRequired : (settings.required ?? false),
    always: settings.always ?? false,
  }
}

/** Methods that stand for themselves; a recovery code is for when they are gone. */
const isProper = (method: SecondMethod): boolean => method !== 'recovery-code'

/** A method proves something new only if it has not served as the first proof. */
const isNew = ({ proofs }: Walking, method: SecondMethod): boolean => !proofs.some(({ kind }) => kind === method)

const secondPlaces = (walking: Walking, id: string, methods = secondSettings(walking, id).methods): string[] => {
  const isGuard = id === guardNodes.second
  const offered = methods.filter(
    (method) =>
      isProper(method) &&
      walking.available.has(method) &&
      isNew(walking, method) &&
      // What the organization requires is not met by a code in a mail.
      !(isGuard && method === 'email-code'),
  )
  const first = offered.filter((method) => method === walking.preferred)
  return [...first, ...offered.filter((method) => method !== walking.preferred)].map((method) => `${id}/${method}`)
}

/** A broken condition asks for more rather than for less. */
const isWanted = ({ facts }: Walking, { when }: FlowNode): boolean => when === undefined || holds(when, facts, true)

const isAnswerable = (walking: Walking, id: string): boolean => {
  const node = nodeOf(walking.flow, id)
  return node !== undefined && walking.available.has(node.step) && isWanted(walking, node)
}

/** The places where a node may be answered, the first one first. */
const placesOf = (walking: Walking, id: string): string[] => {
  const node = nodeOf(walking.flow, id)
  if (!node) return []
  if (node.step === 'second-step') return secondPlaces(walking, id)
  return [id, ...(node.ways ?? [])].filter((place) => isAnswerable(walking, place))
}

/** Whether there is nothing to ask at a node: it does not apply, or was answered, or what it would prove is proven. */
const isPassed = (walking: Walking, id: string, node: FlowNode): boolean => {
  const { proofs, done, facts, catalogue } = walking
  if (done.includes(id) || !isWanted(walking, node)) return true
  if (node.step === 'second-step') return hasSecondStep(proofs, secondSettings(walking, id).always)
  if (node.step === 'trusted-device') return hasSecondStep(proofs)
  if (node.step === 'identifier') return facts.identifier.kind !== 'none' || isProven(proofs)
  const { proves } = catalogue[node.step]
  return proves !== null && proves !== 'mailbox' && isProven(proofs)
}

const nextOf = (walking: Walking, id: string): string => {
  const next = nodeOf(walking.flow, id)?.next ?? endOfFlow
  if (typeof next === 'string') return next
  const branch = next.find(({ when }) => when === undefined || holds(when, walking.facts, false))
  return branch?.to ?? endOfFlow
}

const passwordGuard = ({ mustChangePassword, done }: Walking): string | 'end' | 'broken' => {
  if (!mustChangePassword) return 'end'
  return done.includes(guardNodes.password) ? 'broken' : guardNodes.password
}

/** Which second proof is still demanded, whatever the flow says. */
const secondGuard = ({ proofs, second, done, available }: Walking): string | 'end' | 'broken' => {
  if (!(second.isRequired || second.isEnrolled) || isMultiFactor(proofs)) return 'end'
  if (!done.includes(guardNodes.trusted) && available.has('trusted-device')) return guardNodes.trusted
  return done.includes(guardNodes.second) ? 'broken' : guardNodes.second
}

/** At the end: what is still demanded. Nobody chooses a password before all is proven. */
const guardAt = (walking: Walking): string | 'end' | 'broken' => {
  if (!isProven(walking.proofs)) return 'broken'
  const second = secondGuard(walking)
  return second === 'end' ? passwordGuard(walking) : second
}

/**
 * Where none of its methods can be answered. Whoever has set up a second step is asked for it by whatever means there are: a new
 * one is set up by those alone who have none, or a password would be enough to get around it.
 */
const withoutPlaces = (walking: Walking, id: string): Position | null => {
  const { available } = walking
  const isDemanded = secondSettings(walking, id).required || id === guardNodes.second
  if (!isDemanded) return null
  if (available.has('enrol')) return { node: id, at: `${id}/enrol` }
  const [other] = secondPlaces(walking, id, secondMethods)
  return { node: id, at: other ?? `${id}/${available.has('recovery-code') ? 'recovery-code' : 'help'}` }
}

const arriveAt = (walking: Walking, id: string, node: FlowNode): Position | null => {
  const [at] = placesOf(walking, id)
  if (at !== undefined) return { node: id, at }
  return node.step === 'second-step' ? withoutPlaces(walking, id) : null
}

/** Where a guard leads. One that has nothing to ask, and is still not content, lets nobody pass. */
const stoppedBy = (walking: Walking, guard: string | 'end' | 'broken'): Arrival => {
  const node = guards[guard]
  return node ? (arriveAt(walking, guard, node) ?? 'broken') : guard === 'end' ? 'end' : 'broken'
}

/** What reads or changes something of somebody waits until all that is demanded is proven: one proof may be a stolen one. */
const waits = ({ catalogue }: Walking, { step }: FlowNode): boolean =>
  step !== 'second-step' && step !== 'trusted-device' && catalogue[step].needs === 'proof'

const settle = (walking: Walking, from: string): Arrival => {
  let id = from
  for (let step = 0; step < mostSteps; step += 1) {
    if (id === endOfFlow) return stoppedBy(walking, guardAt(walking))
    const node = nodeOf(walking.flow, id)
    if (!node) return 'broken'
    const arrival = isPassed(walking, id, node) ? null : arriveAt(walking, id, node)
    if (arrival) {
      const stopped = waits(walking, node) ? stoppedBy(walking, secondGuard(walking)) : 'end'
      return stopped === 'end' ? arrival : stopped
    }
    id = nextOf(walking, id)
  }
  return 'broken'
}

/** Where a flow begins for whoever comes to it. */
export const begin = (walking: Walking): Arrival => settle(walking, walking.flow.start)

/** From a place that was answered to the next; `walking.done` has it already. */
export const proceed = (walking: Walking, { node, at }: Position): Arrival => {
  // A guard may have stood in the way of a node: whatever was answered before is passed over, and that node is come to again.
  if (Object.hasOwn(guards, node)) return begin(walking)
  const [way = node] = at.split('/')
  const isOwnWay = way !== node && nodeOf(walking.flow, way)?.next !== undefined
  return settle(walking, nextOf(walking, isOwnWay ? way : node))
}

/** Where the same node may be answered otherwise. Of a second step that somebody has, help is always among them. */
export const waysOf = (walking: Walking, { node, at }: Position): string[] => {
  const places = placesOf(walking, node)
  const isSecond = nodeOf(walking.flow, node)?.step === 'second-step' && !at.endsWith('/enrol')
  const rescue = isSecond ? (['recovery-code', 'help'] as const) : []
  const rescued = rescue.filter((step) => walking.available.has(step)).map((step) => `${node}/${step}`)
  return [...places, ...rescued].filter((place) => place !== at)
}
