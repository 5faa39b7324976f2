import { FlowPage } from '#ui/console/flow'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { drawn, flowAt, sourced } from '../../_flows.ts'

export default consolePage<{ flow: string }>({
  here: ({ flow }) => `/organization/flows/${flow}`,
  can: 'flow.read',
  draw: async ({ site, by, flash, frame, params, query }) => {
    const { id } = site.organization
    const view = await flowAt(by, id, params.flow)
    const shown = view.draft && query.show !== 'now' ? 'draft' : 'now'
    const { outline, label, findings } = drawn(by, id, view, shown === 'draft' ? view.draft?.body : view.effective.flow)
    return (
      <FlowPage
        site={site}
        frame={frame}
        data={{ ...sourced(view, id), shown, outline, label, findings }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
