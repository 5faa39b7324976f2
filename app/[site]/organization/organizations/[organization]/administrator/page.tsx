import { require as requirePermission } from '#core/authority'
import { InviteAdministrator } from '#ui/console/organization-new'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { type OrganizationParams, organizationBelow } from '../../_organization.ts'

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}/administrator`,
  can: 'invitation.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { organization } = await organizationBelow(site, by, params.organization)
    requirePermission(by, 'invitation.manage', organization.ancestors)
    return (
      <InviteAdministrator
        site={site}
        frame={frame}
        organization={organization}
        languages={organization.locales}
        {...answered(null, flash)}
      />
    )
  },
})
