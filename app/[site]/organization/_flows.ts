import type { Actor } from '#core/authority/contract'
import { flowNamed, lookAtFlow, outlineOf, tryFlow } from '#core/flows'
import { type Flow, type FlowFinding, type FlowOutline, type FlowView, flowSchema } from '#core/flows/contract'
import { catalogue } from '#core/login'
import { directory } from '#core/organizations'
import type { Sourced } from '#ui/console/flow-words'

/** A flow with the name of the organization that it comes from. */
export const sourced = (view: FlowView, here: string): Sourced => {
  const { organizationId, name } = view.effective.source
  const isOwn = organizationId === here && name === view.name
  return {
    view,
    isOwn,
    from: organizationId === null ? null : (directory().byId(organizationId)?.name ?? organizationId),
  }
}

export const flowAt = async (by: Actor, organizationId: string, word: string): Promise<FlowView> =>
  lookAtFlow(by, organizationId, flowNamed(word))

export type Drawn = { flow: Flow | null; label: string; outline: FlowOutline | null; findings: FlowFinding[] }

/** A document as it is drawn, with what its checks say today. */
export const drawn = (by: Actor, organizationId: string, { name }: FlowView, written: unknown): Drawn => {
  const read = flowSchema.safeParse(written)
  const { findings } = tryFlow(by, organizationId, name, written, catalogue)
  if (!read.success) return { flow: null, label: '', outline: null, findings }
  return { flow: read.data, label: read.data.label, outline: outlineOf(read.data), findings }
}

/** What is wrong with a document that was typed and refused. */
export const foundIn = (
  by: Actor,
  organizationId: string,
  view: FlowView,
  typed: string | undefined,
): FlowFinding[] => {
  if (typed === undefined) return []
  try {
    return drawn(by, organizationId, view, JSON.parse(typed)).findings
  } catch {
    return []
  }
}
