import { findGroup } from '#core/access'
import { withOrganization } from '#platform/database'
import { GiveRole } from '#ui/console/give-role'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { giveableBy } from '../../../_rights.ts'

export default consolePage<{ group: string }>({
  here: ({ group }) => `/organization/groups/${group}/give`,
  can: 'role.assign',
  draw: async ({ site, by, params, flash, frame }) => {
    const group = await withOrganization(site.organization.id, (tx) => findGroup(tx, by, params.group))
    return (
      <GiveRole
        site={site}
        frame={frame}
        section="groups"
        subject={{ kind: 'group', id: group.id, name: group.name }}
        above={`/organization/groups/${group.id}`}
        roles={await giveableBy(site, by)}
        {...answered(null, flash)}
      />
    )
  },
})
