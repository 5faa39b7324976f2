import { findAll } from '#core/invitations'
import { invitationChanges } from '#core/invitations/contract'
import { fail } from '#platform/failure'
import { InvitationsBulk } from '#ui/console/invitations-bulk'
import { consolePlace } from '#web/console/places'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { oneOf } from '../../_asked.ts'

export default consolePage({
  here: '/organization/invitations',
  can: 'invitation.manage',
  draw: async ({ site, by, flash, frame, query, all }) => {
    const action = oneOf(invitationChanges, query.action) ?? fail('invitations.unknown')
    const found = await findAll(site.organization.id, by, all('invitations'))
    const invitations = found.filter(({ state }) => state === 'pending' || state === 'expired')
    return (
      <InvitationsBulk
        site={site}
        frame={frame}
        action={action}
        invitations={invitations}
        back={consolePlace(query.back)}
        {...answered(null, flash)}
      />
    )
  },
})
