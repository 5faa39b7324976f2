import { listRequests } from '#core/onboarding'
import { requestStatuses } from '#core/onboarding/contract'
import { withOrganization } from '#platform/database'
import { Businesses } from '#ui/console/businesses'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { addressAfter, afterOf, oneOf } from '../../_asked.ts'

const here = '/organization/organizations/businesses'

export default consolePage({
  here,
  can: 'organization.create',
  draw: async ({ site, by, flash, frame, query }) => {
    const status = oneOf(requestStatuses, query.status)
    const after = afterOf(query.after)
    const asked = { limit: 50, after: after && { at: after.key, id: after.id }, ...(status ? { status } : {}) }
    const { requests, next } = await withOrganization(site.organization.id, (tx) => listRequests(tx, by, asked))
    const onward = next && addressAfter(site, here, query, ['status'], { key: next.at, id: next.id })
    return (
      <Businesses
        site={site}
        frame={frame}
        data={{ requests, next: onward, query: { status, after: query.after } }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
