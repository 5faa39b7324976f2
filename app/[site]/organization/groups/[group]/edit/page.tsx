import { findGroup } from '#core/access'
import { withOrganization } from '#platform/database'
import { GroupForm } from '#ui/console/group-form'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ group: string }>({
  here: ({ group }) => `/organization/groups/${group}/edit`,
  can: 'group.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const group = await withOrganization(site.organization.id, (tx) => findGroup(tx, by, params.group))
    return <GroupForm site={site} frame={frame} group={group} {...answered(null, flash)} />
  },
})
