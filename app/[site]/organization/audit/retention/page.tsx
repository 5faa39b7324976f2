import { standing } from '#core/audit'
import { withOrganization } from '#platform/database'
import { AuditRetention } from '#ui/console/audit-trust'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/audit/retention',
  can: 'organization.update',
  draw: async ({ site, by, flash, frame }) => {
    const { id, ancestors } = site.organization
    const { retentionDays } = await withOrganization(id, (tx) => standing(tx, by, ancestors))
    return <AuditRetention site={site} frame={frame} days={retentionDays} {...answered(null, flash)} />
  },
})
