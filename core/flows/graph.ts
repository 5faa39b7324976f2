// A flow as a graph: who leads where, and in which order its nodes can be met. Pure, and for flows whose targets exist.

import { endOfFlow, type Flow, type FlowBranch, type FlowNode } from './contract.ts'

/**
 * One way on from a node. `answered` is the node whose answer leads along it: the node itself or one of its ways; null where
 * the node was passed over.
 */
export type Edge = { from: string; answered: string | null; to: string }

export const nodeOf = (flow: Flow, id: string): FlowNode | undefined =>
  Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined

/** What `next` says, as branches. */
export const branchesOf = (next: FlowNode['next']): FlowBranch[] =>
  next === undefined ? [] : typeof next === 'string' ? [{ to: next }] : next

/** What may be answered instead of a node. The ways of a way are not offered there. */
export const waysOf = (flow: Flow, id: string): string[] =>
  (nodeOf(flow, id)?.ways ?? []).filter((way) => nodeOf(flow, way) !== undefined)

/** Where an answer leads: a way without a `next` of its own leads where the node it stands in for does. */
export const nextOf = (flow: Flow, standing: string, answered: string): FlowNode['next'] =>
  nodeOf(flow, answered)?.next ?? nodeOf(flow, standing)?.next

export const edgesFrom = (flow: Flow, id: string): Edge[] => {
  const node = nodeOf(flow, id)
  if (!node) return []
  const answers = [id, ...waysOf(flow, id)].flatMap((answered) =>
    branchesOf(nextOf(flow, id, answered)).map(({ to }) => ({ from: id, answered, to })),
  )
  if (node.when === undefined) return answers
  return [...answers, ...branchesOf(node.next).map(({ to }) => ({ from: id, answered: null, to }))]
}

/** The nodes that can be stood at, each before those it leads to; those on a circle are left over. */
export const orderOf = (flow: Flow): { order: string[]; circling: string[] } => {
  const reached = reachedFrom(flow)
  const incoming = new Map([...reached].map((id) => [id, 0]))
  const edges = [...reached].flatMap((id) => edgesFrom(flow, id).filter(({ to }) => to !== endOfFlow))
  for (const { to } of edges) incoming.set(to, (incoming.get(to) ?? 0) + 1)
  const order: string[] = []
  const ready = [...reached].filter((id) => incoming.get(id) === 0)
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    for (const { to } of edges.filter(({ from }) => from === id)) {
      const left = (incoming.get(to) ?? 0) - 1
      incoming.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return { order, circling: [...reached].filter((id) => !order.includes(id)) }
}

/** Every node that can be stood at, from the start on. */
export const reachedFrom = (flow: Flow): Set<string> => {
  const reached = new Set<string>()
  const queue = [flow.start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === endOfFlow || reached.has(id) || !nodeOf(flow, id)) continue
    reached.add(id)
    queue.push(...edgesFrom(flow, id).map(({ to }) => to))
  }
  return reached
}

/** Nodes on a circle of ways: each would stand in for itself. */
export const circlingWays = (flow: Flow): string[] =>
  Object.keys(flow.nodes).filter((id) => {
    const seen = new Set<string>()
    const queue = [...(nodeOf(flow, id)?.ways ?? [])]
    for (let way = queue.pop(); way !== undefined; way = queue.pop()) {
      if (way === id) return true
      if (seen.has(way)) continue
      seen.add(way)
      queue.push(...(nodeOf(flow, way)?.ways ?? []))
    }
    return false
  })

/** Nodes from which no way leads to the end. */
export const stranded = (flow: Flow): string[] => {
  const reached = [...reachedFrom(flow)]
  const leading = new Set<string>([endOfFlow])
  for (let before = -1; before !== leading.size; ) {
    before = leading.size
    for (const id of reached) {
      if (edgesFrom(flow, id).some(({ to }) => leading.has(to))) leading.add(id)
    }
  }
  return reached.filter((id) => !leading.has(id))
}
