import { OrganizationPage } from '#ui/console/organization'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { type OrganizationParams, shownOrganization } from '../_organization.ts'

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}`,
  can: 'organization.read',
  draw: async ({ site, by, params, flash, frame }) => (
    <OrganizationPage
      site={site}
      frame={frame}
      data={await shownOrganization(site, by, params.organization)}
      told={flash?.told}
      {...answered(null, flash)}
    />
  ),
})
