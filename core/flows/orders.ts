// The orders that a purpose demands: an account comes into being, and is found again, in one way only.

import type { Flow, FlowFinding, FlowNode, FlowPurpose, StepId } from './contract.ts'
import { branchesOf, nodeOf } from './graph.ts'
import type { Paths } from './paths.ts'
import { error } from './shape.ts'

/** Asked of everybody, with nothing that could be answered instead. */
const isPlain = (node: FlowNode | undefined, step: StepId): boolean =>
  node?.step === step && node.when === undefined && (node.ways ?? []).length === 0

/** Somebody who signs up says who they are and proves their address before anything else; an invitation is looked at first. */
export const beginningFindings = (flow: Flow, purpose: FlowPurpose): FlowFinding[] => {
  const start = nodeOf(flow, flow.start)
  if (purpose === 'invitation') return isPlain(start, 'invitation') ? [] : [error('invitation_begins', 'start')]
  if (purpose !== 'sign-up') return []
  if (!isPlain(start, 'details')) return [error('sign_up_begins', 'start')]
  const isVerified = branchesOf(start?.next).every(({ to }) => isPlain(nodeOf(flow, to), 'verify-email'))
  return isVerified ? [] : [error('sign_up_begins', `nodes.${flow.start}.next`)]
}

const recovery: readonly StepId[] = ['identifier', 'mailbox', 'choose-password']

/** Whoever recovers says who they are, proves their mailbox, and chooses a password; each after the other, on every path. */
export const orderFindings = (flow: Flow, { beforeAnswer, ends }: Paths, purpose: FlowPurpose): FlowFinding[] => {
  if (purpose !== 'recovery') return []
  const early = [...beforeAnswer].flatMap(([id, certain]) => {
    const step = nodeOf(flow, id)?.step
    const earlier = recovery.slice(0, Math.max(0, step === undefined ? 0 : recovery.indexOf(step)))
    const isEarly = !earlier.every((each) => certain.answered.has(each))
    return isEarly ? [error('recovery_order', `nodes.${id}`, { step: step ?? '' })] : []
  })
  const short = ends
    .filter(({ after }) => !recovery.every((step) => after.answered.has(step)))
    .map(({ from }) => error('recovery_order', `nodes.${from}`, { step: 'end' }))
  return early.length > 0 ? early : short
}
