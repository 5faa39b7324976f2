import { Overview } from '#ui/console/overview'
import { consolePage } from '../../_doors/console.tsx'
import { answered } from '../_answered.ts'
import { overviewOf } from './_overview.ts'

export default consolePage({
  here: '/organization',
  can: 'anything',
  draw: async ({ site, by, flash, frame }) => (
    <Overview
      site={site}
      frame={frame}
      data={await overviewOf(site, by)}
      told={flash?.told}
      {...answered(null, flash)}
    />
  ),
})
