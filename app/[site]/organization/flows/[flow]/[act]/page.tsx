import { require as requirePermission } from '#core/authority'
import { listReadyMade } from '#core/flows'
import { purposeOf } from '#core/flows/contract'
import { catalogue } from '#core/login'
import { fail } from '#platform/failure'
import { type FlowAct, FlowActPage, flowActs } from '#ui/console/flow-act'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { oneOf } from '../../../_asked.ts'
import { drawn, flowAt, foundIn } from '../../../_flows.ts'

/** A page of one question; what is no question has no page. */
export default consolePage<{ flow: string; act: string }>({
  here: ({ flow }) => `/organization/flows/${flow}`,
  can: 'flow.read',
  draw: async ({ site, by, flash, frame, params }) => {
    const { id, ancestors } = site.organization
    const act = oneOf(Object.keys(flowActs) as FlowAct[], params.act) ?? fail('request.unknown_address')
    requirePermission(by, flowActs[act], ancestors)
    const view = await flowAt(by, id, params.flow)
    if ((act === 'publish' || act === 'discard') && view.draft === null) return fail('flow.unknown')
    const now = view.draft?.body ?? view.effective.flow
    const answer = answered(null, flash)
    const readyMade = listReadyMade(by, id, catalogue).filter(({ purpose }) => purpose === purposeOf(view.name))
    const data = {
      view,
      flow: drawn(by, id, view, now).flow ?? view.effective.flow,
      document: JSON.stringify(now, null, 2),
      readyMade,
      findings: foundIn(by, id, view, answer.values?.document),
    }
    return <FlowActPage site={site} frame={frame} act={act} data={data} {...answer} />
  },
})
