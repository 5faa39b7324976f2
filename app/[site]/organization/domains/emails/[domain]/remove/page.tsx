import { RemoveDomain } from '#ui/console/domain'
import { consolePage } from '../../../../../../_doors/console.tsx'
import { answered } from '../../../../../_answered.ts'
import { emailOf } from '../../../_domains.ts'

export default consolePage<{ domain: string }>({
  here: ({ domain }) => `/organization/domains/emails/${domain}/remove`,
  can: 'domain.manage',
  draw: async ({ site, by, flash, frame, params }) => (
    <RemoveDomain
      site={site}
      frame={frame}
      kind="email"
      standing={await emailOf(site.organization, by, params.domain)}
      {...answered(null, flash)}
    />
  ),
})
