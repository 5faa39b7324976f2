import { listFlows } from '#core/flows'
import { Flows } from '#ui/console/flows'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { sourced } from '../_flows.ts'

export default consolePage({
  here: '/organization/flows',
  can: 'flow.read',
  draw: async ({ site, by, flash, frame }) => {
    const flows = (await listFlows(by, site.organization.id)).map((view) => sourced(view, site.organization.id))
    return <Flows site={site} frame={frame} flows={flows} {...answered(null, flash)} />
  },
})
