import { Domains, domainRows } from '#ui/console/domains'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { oneOf } from '../_asked.ts'
import { domainsOf } from './_domains.ts'

export default consolePage({
  here: '/organization/domains',
  can: 'domain.manage',
  draw: async ({ site, by, flash, frame, query }) => (
    <Domains
      site={site}
      frame={frame}
      data={await domainsOf(site.organization, by)}
      edit={oneOf(domainRows, query.edit)}
      {...answered(null, flash)}
    />
  ),
})
