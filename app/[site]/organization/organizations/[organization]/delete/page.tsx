import { preview } from '#core/removal'
import { withPlatform } from '#platform/database'
import { DeleteOrganization } from '#ui/console/organization-forms'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { type OrganizationParams, organizationBelow } from '../../_organization.ts'

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}/delete`,
  can: 'organization.delete',
  draw: async ({ site, by, params, flash, frame }) => {
    const found = await organizationBelow(site, by, params.organization)
    const { below: _, ...goes } = await withPlatform((tx) => preview(tx, by, params.organization))
    return <DeleteOrganization site={site} frame={frame} goes={goes} {...found} {...answered(null, flash)} />
  },
})
