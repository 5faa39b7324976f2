// What is certain of somebody at each place of a flow, whichever way they came: the floor that the checks stand on.

import {
  type Catalogue,
  endOfFlow,
  type Flow,
  type FlowNode,
  type ProofKind,
  type SecondMethod,
  type StepId,
  type StepTraits,
} from './contract.ts'
import { edgesFrom, nodeOf, orderOf } from './graph.ts'

/** `is…` holds on every path to a place, `may…` on one at least. */
export type Certain = {
  isNamed: boolean
  isProven: boolean
  mayBeProven: boolean
  /** A second step was asked for, of whoever has one. */
  isSecondAsked: boolean
  mayBeSecondAsked: boolean
  /** Steps that were answered on every path. */
  answered: ReadonlySet<StepId>
}

const atStart: Certain = {
  isNamed: false,
  isProven: false,
  mayBeProven: false,
  isSecondAsked: false,
  mayBeSecondAsked: false,
  answered: new Set(),
}

const naming: readonly StepId[] = ['identifier', 'details', 'invitation']

/** Asks who somebody is, as well as for what it is named after. */
export const asksName = (node: FlowNode): boolean => node.settings?.withIdentifier === true

/** What a step proves; nothing where this build does not know it. */
export const provenBy = (catalogue: Catalogue, step: StepId): ProofKind | null =>
  traitsOf(catalogue, step)?.proves ?? null

export const traitsOf = (catalogue: Partial<Catalogue>, step: StepId): StepTraits | undefined => catalogue[step]

/** Proves something of somebody in particular, so that it has to be said of whom. */
const ofSomebody: readonly StepId[] = ['password', 'email-code', 'sms-code', 'verify-email', 'mailbox']

export const needsName = (node: FlowNode, catalogue: Catalogue): boolean =>
  (ofSomebody.includes(node.step) || traitsOf(catalogue, node.step)?.needs === 'name') && !asksName(node)

/** Somebody is named by it, perhaps another one than before. */
export const isNaming = (node: FlowNode): boolean => naming.includes(node.step) || asksName(node)

/** What people set up as a second step. */
const setUp: readonly SecondMethod[] = ['passkey', 'totp', 'sms-code']

/** Whoever has set up another method than those it takes passes a second step that nobody is required to take. */
const isSecond = ({ step, settings }: FlowNode): boolean => {
  if (step !== 'second-step') return false
  const methods: unknown = settings?.methods
  return settings?.required === true || !Array.isArray(methods) || setUp.every((method) => methods.includes(method))
}

export const afterAnswer = (before: Certain, node: FlowNode, catalogue: Catalogue): Certain => {
  const proves = provenBy(catalogue, node.step) !== null
  return {
    isNamed: before.isNamed || isNaming(node) || proves,
    isProven: before.isProven || proves,
    mayBeProven: before.mayBeProven || proves,
    isSecondAsked: before.isSecondAsked || isSecond(node),
    mayBeSecondAsked: before.mayBeSecondAsked || node.step === 'second-step',
    answered: new Set([...before.answered, node.step]),
  }
}

const both = (one: Certain | undefined, other: Certain): Certain =>
  one === undefined
    ? other
    : {
        isNamed: one.isNamed && other.isNamed,
        isProven: one.isProven && other.isProven,
        mayBeProven: one.mayBeProven || other.mayBeProven,
        isSecondAsked: one.isSecondAsked && other.isSecondAsked,
        mayBeSecondAsked: one.mayBeSecondAsked || other.mayBeSecondAsked,
        answered: new Set([...one.answered].filter((step) => other.answered.has(step))),
      }

/** What is certain before a node is answered, and before each way of leading on; `ends` are the edges that reach the end. */
export type Paths = {
  /** By the node that is stood at. */
  before: ReadonlyMap<string, Certain>
  /** By the node that is answered: itself, or as a way of others. */
  beforeAnswer: ReadonlyMap<string, Certain>
  /** By the node whose `next` is asked, after whatever answer leads there. */
  beforeNext: ReadonlyMap<string, Certain>
  ends: readonly { from: string; answered: string | null; after: Certain }[]
}

/** Walks all paths at once, in the order of the graph. For flows without a circle whose targets exist. */
export const walkAll = (flow: Flow, catalogue: Catalogue): Paths => {
  const before = new Map<string, Certain>([[flow.start, atStart]])
  const beforeAnswer = new Map<string, Certain>()
  const beforeNext = new Map<string, Certain>()
  const ends: { from: string; answered: string | null; after: Certain }[] = []
  const join = (places: Map<string, Certain>, id: string, certain: Certain) =>
    places.set(id, both(places.get(id), certain))

  for (const id of orderOf(flow).order) {
    const here = before.get(id) ?? atStart
    for (const { answered, to } of edgesFrom(flow, id)) {
      const node = answered === null ? undefined : nodeOf(flow, answered)
      const after = node ? afterAnswer(here, node, catalogue) : here
      if (answered !== null) join(beforeAnswer, answered, here)
      join(beforeNext, node?.next === undefined ? id : (answered ?? id), after)
      if (to === endOfFlow) ends.push({ from: id, answered, after })
      else join(before, to, after)
    }
  }
  return { before, beforeAnswer, beforeNext, ends }
}
