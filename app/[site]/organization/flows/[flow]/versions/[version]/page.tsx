import { flowHistory, flowVersion } from '#core/flows'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { FlowVersionPage } from '#ui/console/flow-history'
import { consolePage } from '../../../../../../_doors/console.tsx'
import { answered } from '../../../../../_answered.ts'
import { drawn, flowAt } from '../../../../_flows.ts'

export default consolePage<{ flow: string; version: string }>({
  here: ({ flow, version }) => `/organization/flows/${flow}/versions/${version}`,
  can: 'flow.read',
  draw: async ({ site, by, flash, frame, params }) => {
    const { id } = site.organization
    const view = await flowAt(by, id, params.flow)
    const version = /^[1-9]\d{0,8}$/.test(params.version) ? Number(params.version) : 0
    const { body, entry } = await withOrganization(id, async (tx) => {
      const found = await flowVersion(tx, by, view.name, version)
      const [entry] = await flowHistory(tx, by, view.name, { limit: 1, before: version + 1 })
      return { body: found.body, entry: entry ?? fail('flow.version_unknown') }
    })
    const { outline, label, findings } = drawn(by, id, view, body)
    return (
      <FlowVersionPage
        site={site}
        frame={frame}
        name={view.name}
        entry={entry}
        {...{ outline, label, findings }}
        {...answered(null, flash)}
      />
    )
  },
})
