import { Domain } from '#ui/console/domain'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { emailOf } from '../../_domains.ts'

export default consolePage<{ domain: string }>({
  here: ({ domain }) => `/organization/domains/emails/${domain}`,
  can: 'domain.manage',
  draw: async ({ site, by, flash, frame, params }) => {
    const standing = await emailOf(site.organization, by, params.domain)
    return (
      <Domain
        site={site}
        frame={frame}
        kind="email"
        standing={standing}
        joinsAs={standing.joinsAs}
        {...answered(null, flash)}
      />
    )
  },
})
