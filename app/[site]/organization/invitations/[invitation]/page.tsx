import { groupNames } from '#core/access'
import { find, history } from '#core/invitations'
import { withOrganization } from '#platform/database'
import { OneInvitation } from '#ui/console/invitation'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { namesOfRoles } from '../../_rights.ts'

export default consolePage<{ invitation: string }>({
  here: ({ invitation }) => `/organization/invitations/${invitation}`,
  can: 'invitation.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { id } = site.organization
    const invitation = await find(id, by, params.invitation)
    const events = await history(id, by, params.invitation)
    const { names, groups } = await withOrganization(id, async (tx) => ({
      names: await namesOfRoles(tx),
      groups: [...(await groupNames(tx, invitation.groups)).values()],
    }))
    const told = events.map((event) => ({ ...event, by: event.by.kind, name: event.by.name }))
    return (
      <OneInvitation
        site={site}
        frame={frame}
        data={{ invitation, roleNames: names, groups, history: told }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
