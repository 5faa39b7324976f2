// Whether a flow is one: its shape, where its nodes lead, and whether each step may stand where it does.

import {
  type Catalogue,
  endOfFlow,
  type Flow,
  type FlowFinding,
  type FlowFindingCode,
  type FlowNode,
  type FlowPurpose,
  flowSchema,
  methodsAlone,
} from './contract.ts'
import { branchesOf, circlingWays, nodeOf, orderOf, reachedFrom, stranded, waysOf } from './graph.ts'
import { traitsOf } from './paths.ts'

type Data = FlowFinding['data']
/** Codes without their `flow.` */
type Short<Code> = Code extends `flow.${infer Rest}` ? Rest : never
type Found = Short<FlowFindingCode>
export const error = (code: Found, path: string, data?: Data): FlowFinding => ({
  code: `flow.${code}`,
  path,
  level: 'error',
  ...(data && { data }),
})
export const hint = (code: Found, path: string, data?: Data): FlowFinding => ({
  ...error(code, path, data),
  level: 'hint',
})

type Issue = { path: PropertyKey[]; message: string }
const pathOf = (...parts: PropertyKey[]) => parts.map(String).join('.')

/** Reads what somebody wrote; null with the reasons where it is no flow at all. */
export const readFlow = (written: unknown): { flow: Flow | null; findings: FlowFinding[] } => {
  const read = flowSchema.safeParse(written)
  if (read.success) return { flow: read.data, findings: labelFindings(read.data) }
  const tell = ({ path, message }: Issue) => error('shape', pathOf(...path), { reason: message })
  return { flow: null, findings: read.error.issues.map(tell) }
}

/** What turns the direction of a line, hides in it or ends it could pass for another flow in a list. */
const labelFindings = ({ label }: Flow): FlowFinding[] =>
  /^[^\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$/u.test(label) ? [] : [error('label', 'label')]

const nextFindings = (flow: Flow, id: string, node: FlowNode): FlowFinding[] => {
  const path = `nodes.${id}.next`
  const branches = branchesOf(node.next)
  const findings = branches.flatMap(({ to, when }, index) => {
    const at = typeof node.next === 'string' ? path : `${path}.${index}`
    const isLast = index === branches.length - 1
    return [
      ...(to === endOfFlow || nodeOf(flow, to) ? [] : [error('target_unknown', at, { node: to })]),
      ...(isLast && when !== undefined ? [error('branch_open', at)] : []),
      ...(!isLast && when === undefined ? [error('branch_dead', `${path}.${index + 1}`)] : []),
    ]
  })
  return findings
}

const wayFindings = (flow: Flow, id: string, node: FlowNode): FlowFinding[] =>
  (node.ways ?? []).flatMap((way, index) =>
    nodeOf(flow, way) ? [] : [error('way_unknown', `nodes.${id}.ways.${index}`, { node: way })],
  )

const stepFindings = (id: string, node: FlowNode, purpose: FlowPurpose, catalogue: Catalogue): FlowFinding[] => {
  const traits = traitsOf(catalogue, node.step)
  const at = `nodes.${id}.step`
  if (methodsAlone.some((step) => step === node.step)) return [error('method_alone', at, { step: node.step })]
  if (!traits?.purposes.includes(purpose)) return [error('step_not_here', at, { step: node.step, purpose })]
  const read = traits.settings.safeParse(node.settings ?? {})
  if (read.success) return []
  return read.error.issues.map((issue) =>
    error('settings', pathOf('nodes', id, 'settings', ...issue.path), { step: node.step, reason: issue.message }),
  )
}

/** Whether its targets exist and lead to an end. Where there is an error, its paths cannot be told. */
export const graphFindings = (flow: Flow): FlowFinding[] => {
  const nodes = Object.entries(flow.nodes)
  const missing = [
    ...(nodeOf(flow, flow.start) ? [] : [error('start_unknown', 'start', { node: flow.start })]),
    ...nodes.flatMap(([id, node]) => [...nextFindings(flow, id, node), ...wayFindings(flow, id, node)]),
  ]
  const turning = circlingWays(flow).map((id) => error('circle', `nodes.${id}.ways`, { node: id }))
  if (missing.length > 0 || turning.length > 0) return [...missing, ...turning]
  const reached = reachedFrom(flow)
  return [
    ...orderOf(flow)
      .circling.filter((id) => leadsBack(flow, id))
      .map((id) => error('circle', `nodes.${id}.next`, { node: id })),
    ...[...reached]
      .filter((id) => nodeOf(flow, id)?.next === undefined)
      .map((id) => error('no_next', `nodes.${id}`, { node: id })),
    ...stranded(flow).map((id) => error('no_end', `nodes.${id}`, { node: id })),
    ...unreached(flow, reached).map((id) => hint('unreachable', `nodes.${id}`, { node: id })),
  ]
}

const leadsBack = (flow: Flow, id: string): boolean =>
  [...waysOf(flow, id), id]
    .flatMap((from) => branchesOf(nodeOf(flow, from)?.next).map(({ to }) => to))
    .some((to) => reachedFrom({ ...flow, start: to }).has(id))

const unreached = (flow: Flow, reached: ReadonlySet<string>): string[] => {
  const ways = new Set([...reached].flatMap((id) => waysOf(flow, id)))
  return Object.keys(flow.nodes).filter((id) => !reached.has(id) && !ways.has(id))
}

export const nodeFindings = (flow: Flow, purpose: FlowPurpose, catalogue: Catalogue): FlowFinding[] =>
  Object.entries(flow.nodes).flatMap(([id, node]) => stepFindings(id, node, purpose, catalogue))
