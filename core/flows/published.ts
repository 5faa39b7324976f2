// What is kept in memory of flows: those that each organization has published. A request along a known chain asks no database.

import { listPublished } from '#core/documents'
import { directory } from '#core/organizations'
import { remembered } from '#core/texts'
import { log } from '#platform/log'
import { type Flow, type FlowName, type FlowSource, flowSchema } from './contract.ts'
import { defaultFlows, readyMade } from './ready-made.ts'

type Own = ReadonlyMap<string, { flow: Flow; version: number }>

const publishedFlows = remembered<Own>('flow', async (tx) => {
  const found = await listPublished(tx, 'flow')
  return new Map(
    found.flatMap(({ name, version, body }) => {
      const read = flowSchema.safeParse(body)
      if (read.success) return [[name, { flow: read.data, version }] as const]
      // Published by a build that knew more: what is inherited is safer than half a flow.
      log.error({ organizationId: tx.organizationId, name, version }, 'a published flow cannot be read')
      return []
    }),
  )
})

export type Effective = { flow: Flow; source: FlowSource }

const readyMadeFor = (name: Exclude<FlowName, 'sign-in-staff'>): Effective => ({
  flow: readyMade[defaultFlows[name]].flow,
  source: { organizationId: null, name, version: 0 },
})

/**
 * The flow that counts at an organization: the nearest one that was published along its chain, else the ready-made default. Where
 * nobody has one for staff, it is that of everybody.
 */
export const flowFor = (organizationId: string, name: FlowName): Promise<Effective> =>
  flowAlong(
    directory()
      .chain(organizationId)
      .map(({ id }) => id),
    name,
  )

/** What would count if the organization had published nothing of its own. */
export const inheritedFlow = (organizationId: string, name: FlowName): Promise<Effective> =>
  flowAlong(
    directory()
      .chain(organizationId)
      .slice(0, -1)
      .map(({ id }) => id),
    name,
  )

const flowAlong = async (chain: readonly string[], name: FlowName): Promise<Effective> => {
  for (const organizationId of chain.toReversed()) {
    const own = (await publishedFlows(organizationId)).get(name)
    if (own) return { flow: own.flow, source: { organizationId, name, version: own.version } }
  }
  return name === 'sign-in-staff' ? flowAlong(chain, 'sign-in') : readyMadeFor(name)
}
