import { lookAtGroup } from '#core/access'
import { withOrganization } from '#platform/database'
import { RemoveGroup } from '#ui/console/removals'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ group: string }>({
  here: ({ group }) => `/organization/groups/${group}/remove`,
  can: 'group.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const group = await withOrganization(site.organization.id, (tx) => lookAtGroup(tx, by, params.group))
    return <RemoveGroup site={site} frame={frame} group={group} {...answered(null, flash)} />
  },
})
