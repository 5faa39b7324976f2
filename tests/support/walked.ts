// For tests: what organizations have published, by the word of a test. Takes the place of `flowFor` in #core/flows.

import { defaultFlows, readyMade } from '#core/flows'
import type { Flow, FlowName, FlowNode } from '#core/flows/contract'

const published = new Map<string, Flow>()

type Source = { organizationId: string | null; name: FlowName; version: number }

/** From now on whoever begins there walks this one. */
export const walk = (organizationId: string, nodes: Record<string, FlowNode>, name: FlowName = 'sign-in'): void => {
  const [start = ''] = Object.keys(nodes)
  published.set(`${organizationId} ${name}`, { label: 'Of a test', start, nodes })
}

export const walkNone = (): void => published.clear()

export const flowFor = async (organizationId: string, name: FlowName): Promise<{ flow: Flow; source: Source }> => {
  const own = published.get(`${organizationId} ${name}`)
  if (own) return { flow: own, source: { organizationId, name, version: 1 } }
  if (name === 'sign-in-staff') return flowFor(organizationId, 'sign-in')
  return { flow: readyMade[defaultFlows[name]].flow, source: { organizationId: null, name, version: 0 } }
}

/** A password beside a name, and what is asked after it. */
export const afterPassword = (nodes: Record<string, Omit<FlowNode, 'next'>>): Record<string, FlowNode> => {
  const ids = Object.keys(nodes)
  const after = Object.entries(nodes).map(([id, node], index) => [id, { ...node, next: ids[index + 1] ?? 'end' }])
  const password: FlowNode = { step: 'password', settings: { withIdentifier: true }, next: ids[0] ?? 'end' }
  return { password, ...Object.fromEntries(after) }
}
