import { look } from '#core/recovery'
import { Recovery } from '#ui/console/recovery'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ request: string }>({
  here: ({ request }) => `/organization/people/recovery/${request}`,
  can: 'people.reset',
  draw: async ({ site, by, params, flash, frame }) => {
    const { id, security } = site.organization
    const request = await look(id, by, params.request)
    const waitHours = security.recoveryWaitHours
    return <Recovery site={site} frame={frame} request={request} waitHours={waitHours} {...answered(null, flash)} />
  },
})
