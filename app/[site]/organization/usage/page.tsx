import { usageCompared } from '#core/usage'
import { withOrganization } from '#platform/database'
import { Usage, usageDays } from '#ui/console/usage'
import { consolePage } from '../../../_doors/console.tsx'
import { oneOf } from '../_asked.ts'

const [usual] = usageDays

export default consolePage({
  here: '/organization/usage',
  can: 'usage.read',
  draw: async ({ site, by, frame, query }) => {
    const { id, ancestors } = site.organization
    const days = oneOf(usageDays, query.days) ?? usual
    const usage = await withOrganization(id, (tx) => usageCompared(tx, by, ancestors, Number(days)))
    return <Usage site={site} frame={frame} data={{ usage, query: { days: days === usual ? undefined : days } }} />
  },
})
