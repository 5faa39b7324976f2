import { SuspendOrganization } from '#ui/console/organization-forms'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { type OrganizationParams, organizationBelow } from '../../_organization.ts'

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}/suspend`,
  can: 'organization.suspend',
  draw: async ({ site, by, params, flash, frame }) => (
    <SuspendOrganization
      site={site}
      frame={frame}
      {...(await organizationBelow(site, by, params.organization))}
      {...answered(null, flash)}
    />
  ),
})
