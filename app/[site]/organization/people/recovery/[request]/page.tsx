import { look } from '#core/recovery'
import { answers, Recovery } from '#ui/console/recovery'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { oneOf } from '../../../_asked.ts'

export default consolePage<{ request: string }>({
  here: ({ request }) => `/organization/people/recovery/${request}`,
  can: 'people.reset',
  draw: async ({ site, by, params, flash, frame, query }) => {
    const { id, security } = site.organization
    const request = await look(id, by, params.request)
    const waitHours = security.recoveryWaitHours
    const edit = oneOf(answers, query.edit)
    return <Recovery {...{ site, frame, request, waitHours, edit }} {...answered(null, flash)} />
  },
})
