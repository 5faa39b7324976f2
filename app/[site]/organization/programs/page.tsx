import { accountPage } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { Programs } from '#ui/console/programs'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf } from '../_asked.ts'
import { interfaceOf } from './_interface.ts'

const here = '/organization/programs'

export default consolePage({
  here,
  can: 'token.manage',
  draw: async ({ site, by, flash, frame, query }) => {
    const search = query.search?.slice(0, 80) || undefined
    const asked = { search, after: afterOf(query.after), limit: 50 }
    const { accounts, next } = await withOrganization(site.organization.id, (tx) => accountPage(tx, by, asked))
    return (
      <Programs
        site={site}
        frame={frame}
        data={{
          programs: accounts,
          next: next && addressAfter(site, here, query, ['search'], next),
          query: { search, after: query.after },
          address: interfaceOf(site),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
