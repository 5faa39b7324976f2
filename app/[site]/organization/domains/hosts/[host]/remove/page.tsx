import { passkeysBoundTo } from '#core/credentials'
import { RemoveDomain } from '#ui/console/domain'
import { consolePage } from '../../../../../../_doors/console.tsx'
import { answered } from '../../../../../_answered.ts'
import { hostOf } from '../../../_domains.ts'

export default consolePage<{ host: string }>({
  here: ({ host }) => `/organization/domains/hosts/${host}/remove`,
  can: 'domain.manage',
  draw: async ({ site, by, flash, frame, params }) => (
    <RemoveDomain
      site={site}
      frame={frame}
      kind="host"
      standing={await hostOf(site.organization, by, params.host)}
      passkeys={await passkeysBoundTo(site.organization.id, [{ form: 'domain', host: params.host }])}
      isMain={site.organization.canonicalAddress === params.host}
      {...answered(null, flash)}
    />
  ),
})
