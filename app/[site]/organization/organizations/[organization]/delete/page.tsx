import { DeleteOrganization } from '#ui/console/organization-forms'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { type OrganizationParams, organizationBelow } from '../../_organization.ts'

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}/delete`,
  can: 'organization.delete',
  draw: async ({ site, by, params, flash, frame }) => (
    <DeleteOrganization
      site={site}
      frame={frame}
      goes={[]}
      {...(await organizationBelow(site, by, params.organization))}
      {...answered(null, flash)}
    />
  ),
})
