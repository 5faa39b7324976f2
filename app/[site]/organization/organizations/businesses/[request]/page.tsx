import { findRequest } from '#core/onboarding'
import { withOrganization } from '#platform/database'
import { Business } from '#ui/console/business'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ request: string }>({
  here: ({ request }) => `/organization/organizations/businesses/${request}`,
  can: 'organization.create',
  draw: async ({ site, by, params, flash, frame }) => {
    const request = await withOrganization(site.organization.id, (tx) => findRequest(tx, by, params.request))
    return <Business site={site} frame={frame} request={request} {...answered(null, flash)} />
  },
})
