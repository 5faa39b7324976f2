// A flow as a list that can be read from top to bottom: each step with where it leads, and what may be answered instead.

import { endOfFlow, type Flow, type FlowOutline, type OutlineStep } from './contract.ts'
import { branchesOf, nodeOf, orderOf, reachedFrom, waysOf } from './graph.ts'

/** The line that somebody walks for whom no condition holds. */
const mainLine = (flow: Flow): Set<string> => {
  const line = new Set<string>()
  for (let id: string | undefined = flow.start; id !== undefined && id !== endOfFlow && !line.has(id); ) {
    line.add(id)
    id = branchesOf(nodeOf(flow, id)?.next).at(-1)?.to
  }
  return line
}

/** Nodes on a circle stand after the others, in the order in which they were written. */
export const outlineOf = (flow: Flow): FlowOutline => {
  const reached = reachedFrom(flow)
  const { order, circling } = orderOf(flow)
  const main = mainLine(flow)
  const ids = [...order, ...circling]
  const stepOf = (id: string, isWay = false): OutlineStep[] => {
    const node = nodeOf(flow, id)
    if (!node) return []
    return [
      {
        id,
        node,
        number: ids.indexOf(id) + 1,
        isAside: !main.has(id),
        leads: branchesOf(node.next).map(({ when, to }) => ({
          when: when ?? null,
          to: to === endOfFlow ? null : to,
          number: to === endOfFlow ? null : ids.indexOf(to) + 1,
        })),
        ways: isWay ? [] : waysOf(flow, id).flatMap((way) => stepOf(way, true)),
      },
    ]
  }
  const inUse = new Set([...reached, ...[...reached].flatMap((id) => waysOf(flow, id))])
  return {
    steps: ids.flatMap((id) => stepOf(id)),
    unused: Object.keys(flow.nodes)
      .filter((id) => !inUse.has(id))
      .flatMap((id) => stepOf(id, true)),
  }
}
