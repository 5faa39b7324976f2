// The checks of a flow before it is published: that it is one, and that no path through it lets somebody in who has proven nothing,
// tells a stranger who has an account, or leaves people standing outside. What an organization and an account demand is asked by
// the engine in any case; here is found what it could not mend.

import type { Organization } from '#core/organizations/contract'
import { checkCondition } from './conditions.ts'
import {
  type Catalogue,
  type Flow,
  type FlowFinding,
  type FlowNode,
  type FlowPurpose,
  type StepId,
  sampleAddress,
} from './contract.ts'
import { branchesOf, nodeOf, waysOf } from './graph.ts'
import { beginningFindings, orderFindings } from './orders.ts'
import { type Certain, isNaming, needsName, type Paths, provenBy, traitsOf, walkAll } from './paths.ts'
import { error, graphFindings, hint, nodeFindings, readFlow } from './shape.ts'

/** What a check has to know of the organization. */
export type CheckedFor = Pick<Organization, 'secondFactorRequired'>

const conditionFindings = (flow: Flow, { beforeAnswer, beforeNext }: Paths): FlowFinding[] => {
  const find = (text: string | undefined, path: string, certain: Certain | undefined): FlowFinding[] => {
    // Nobody comes to what is not reached: only its grammar can be told.
    const found = text === undefined ? null : checkCondition(text, certain?.isProven === false ? 'before' : 'after')
    return found ? [{ ...found, path }] : []
  }
  return Object.entries(flow.nodes).flatMap(([id, node]) => [
    ...find(node.when, `nodes.${id}.when`, beforeAnswer.get(id)),
    ...branchesOf(node.next).flatMap(({ when }, index) =>
      find(when, `nodes.${id}.next.${index}.when`, beforeNext.get(id)),
    ),
  ])
}

/** Steps that give somebody another means to sign in, or take one away. */
const changing: readonly StepId[] = ['offer-passkey', 'new-password', 'enrol']
/** In these flows somebody may have a second step already; an account that has just come into being has none. */
const knowing: readonly FlowPurpose[] = ['sign-in', 'recovery', 'invitation']

const answerFindings = (
  id: string,
  node: FlowNode,
  certain: Certain,
  purpose: FlowPurpose,
  catalogue: Catalogue,
): FlowFinding[] => {
  const at = `nodes.${id}`
  const { step } = node
  const proves = provenBy(catalogue, step)
  const needsProof = traitsOf(catalogue, step)?.needs === 'proof'
  const isLate = step === 'trusted-device' && certain.mayBeSecondAsked
  return [
    ...(needsName(node, catalogue) && !certain.isNamed ? [error('needs_name', at, { step })] : []),
    ...(needsProof && !certain.isProven ? [error('needs_proof', at, { step })] : []),
    // Whoever has proven to be one person must not go on as another.
    ...(certain.mayBeProven && isNaming(node) ? [error('named_again', at, { step })] : []),
    ...(certain.mayBeProven && proves !== null && !isNaming(node) ? [hint('proof_again', at, { step })] : []),
    // With a stolen password alone nobody may make themselves a passkey.
    ...(changing.includes(step) && knowing.includes(purpose) && !certain.isSecondAsked
      ? [error('early_change', at, { step })]
      : []),
    ...(isLate ? [hint('trusted_device_late', at)] : []),
  ]
}

/** A way may stand in for asking who somebody is, and for a first proof; anything else would be skipped by choosing it. */
const wayFindings = (flow: Flow, id: string, node: FlowNode, catalogue: Catalogue): FlowFinding[] => {
  if (!node.ways || node.ways.length === 0) return []
  if (provenBy(catalogue, node.step) === null && !isNaming(node)) {
    return [error('way_skips', `nodes.${id}.ways`, { step: node.step })]
  }
  return node.ways.flatMap((way, index) => {
    const other = nodeOf(flow, way)
    if (!other || provenBy(catalogue, other.step) !== null) return []
    return [error('way_proves_nothing', `nodes.${id}.ways.${index}`, { step: other.step })]
  })
}

const endFindings = ({ ends }: Paths): FlowFinding[] => {
  const open = ends.filter(({ after }) => !after.isProven).map(({ from }) => from)
  return [...new Set(open)].map((id) => error('unproven_end', `nodes.${id}`, { node: id }))
}

/** What not everybody has. */
const uncommon: readonly StepId[] = ['passkey', 'sms-code']

const firstProofFindings = (flow: Flow, paths: Paths, catalogue: Catalogue): FlowFinding[] =>
  [...paths.before].flatMap(([id, certain]) => {
    const stood = [id, ...waysOf(flow, id)].flatMap((answer) => nodeOf(flow, answer) ?? [])
    const proofs = stood.filter(({ step }) => provenBy(catalogue, step) !== null)
    // Where it may be passed over, whatever comes after it is there for everybody else.
    const isFirst = !certain.mayBeProven && proofs[0] === stood[0] && stood[0]?.when === undefined
    if (!isFirst || proofs.length === 0 || proofs.some(({ step }) => !uncommon.includes(step))) return []
    return [hint('not_everybody', `nodes.${id}`, { step: stood[0]?.step ?? '' })]
  })

const secondStepFindings = (id: string, node: FlowNode): FlowFinding[] => {
  if (node.step !== 'second-step' || !Array.isArray(node.settings?.methods)) return []
  const methods: unknown[] = node.settings.methods
  const at = `nodes.${id}.settings.methods`
  const only = (...those: string[]) => methods.length > 0 && methods.every((method) => those.includes(String(method)))
  // Recovery codes come with something else, and mail proves nothing that whoever reads it could not have.
  if (only('recovery-code')) return [error('second_step_hopeless', at)]
  return only('email-code', 'recovery-code') ? [hint('email_second', at)] : []
}

const policyFindings = (flow: Flow, purpose: FlowPurpose, { secondFactorRequired }: CheckedFor): FlowFinding[] => {
  if (purpose !== 'sign-in') return []
  const nodes = Object.entries(flow.nodes)
  const hasSecond = nodes.some(([, { step }]) => step === 'second-step')
  const byMail = nodes.filter(([, { step }]) => step === 'email-code')
  return [
    ...(secondFactorRequired && !hasSecond ? [hint('second_step_missing', 'nodes')] : []),
    ...(hasSecond ? [] : byMail.map(([id]) => hint('email_alone', `nodes.${id}`))),
  ]
}

const sampleFindings = (id: string, { settings = {} }: FlowNode): FlowFinding[] =>
  JSON.stringify(settings).includes(`"${sampleAddress}`) ? [hint('sample_address', `nodes.${id}.settings`)] : []

const pathFindings = (flow: Flow, purpose: FlowPurpose, catalogue: Catalogue): FlowFinding[] => {
  const paths = walkAll(flow, catalogue)
  return [
    ...[...paths.beforeAnswer].flatMap(([id, certain]) => {
      const node = nodeOf(flow, id)
      return node ? answerFindings(id, node, certain, purpose, catalogue) : []
    }),
    ...endFindings(paths),
    ...beginningFindings(flow, purpose),
    ...orderFindings(flow, paths, purpose),
    ...conditionFindings(flow, paths),
    ...(purpose === 'sign-in' ? firstProofFindings(flow, paths, catalogue) : []),
  ]
}

/** Checks what somebody wrote as a flow of this purpose; `flow` is null where it is none. An error keeps it from being published. */
export const checkFlow = (
  written: unknown,
  purpose: FlowPurpose,
  catalogue: Catalogue,
  organization: CheckedFor,
): { flow: Flow | null; findings: FlowFinding[] } => {
  const { flow, findings } = readFlow(written)
  if (!flow) return { flow: null, findings }
  const graph = graphFindings(flow)
  const nodes = Object.entries(flow.nodes)
  const isWalkable = graph.every(({ level }) => level !== 'error')
  return {
    flow,
    findings: [
      ...findings,
      ...graph,
      ...nodeFindings(flow, purpose, catalogue),
      ...nodes.flatMap(([id, node]) => [
        ...wayFindings(flow, id, node, catalogue),
        ...secondStepFindings(id, node),
        ...sampleFindings(id, node),
      ]),
      ...(isWalkable ? pathFindings(flow, purpose, catalogue) : []),
      ...policyFindings(flow, purpose, organization),
    ],
  }
}

export const hasErrors = (findings: readonly FlowFinding[]): boolean => findings.some(({ level }) => level === 'error')
