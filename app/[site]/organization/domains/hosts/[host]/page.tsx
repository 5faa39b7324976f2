import { Domain } from '#ui/console/domain'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { hostOf } from '../../_domains.ts'

export default consolePage<{ host: string }>({
  here: ({ host }) => `/organization/domains/hosts/${host}`,
  can: 'domain.manage',
  draw: async ({ site, by, flash, frame, params }) => (
    <Domain
      site={site}
      frame={frame}
      kind="host"
      standing={await hostOf(site.organization, by, params.host)}
      {...answered(null, flash)}
    />
  ),
})
