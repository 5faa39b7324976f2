import { groupPage } from '#core/access'
import { withOrganization } from '#platform/database'
import { Groups } from '#ui/console/groups'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf } from '../_asked.ts'

const here = '/organization/groups'

export default consolePage({
  here,
  can: ['people.read', 'group.manage'],
  draw: async ({ site, by, flash, frame, query }) => {
    const search = query.search?.slice(0, 80) || undefined
    const asked = { search, after: afterOf(query.after), limit: 50 }
    const { groups, next } = await withOrganization(site.organization.id, (tx) => groupPage(tx, by, asked))
    return (
      <Groups
        site={site}
        frame={frame}
        data={{
          groups,
          next: next && addressAfter(site, here, query, ['search'], next),
          query: { search, after: query.after },
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
