import { findAccount } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { GiveRole } from '#ui/console/give-role'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { giveableBy } from '../../../_rights.ts'

export default consolePage<{ program: string }>({
  here: ({ program }) => `/organization/programs/${program}/give`,
  can: 'role.assign',
  draw: async ({ site, by, params, flash, frame }) => {
    const { id, name } = await withOrganization(site.organization.id, (tx) => findAccount(tx, by, params.program))
    return (
      <GiveRole
        site={site}
        frame={frame}
        section="programs"
        subject={{ kind: 'service', id, name }}
        above={`/organization/programs/${id}`}
        roles={await giveableBy(site, by)}
        {...answered(null, flash)}
      />
    )
  },
})
