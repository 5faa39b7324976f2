import { list } from '#core/recovery'
import { recoveryStatuses } from '#core/recovery/contract'
import { Recoveries } from '#ui/console/recoveries'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { addressAfter, afterOf, oneOf } from '../../_asked.ts'

const here = '/organization/people/recovery'

export default consolePage({
  here,
  can: 'people.reset',
  draw: async ({ site, by, flash, frame, query }) => {
    const status = oneOf(recoveryStatuses, query.status)
    const after = afterOf(query.after)
    const asked = { limit: 50, after: after && { at: after.key, id: after.id }, ...(status ? { status } : {}) }
    const { requests, next } = await list(site.organization.id, by, asked)
    const onward = next && addressAfter(site, here, query, ['status'], { key: next.at, id: next.id })
    return (
      <Recoveries
        site={site}
        frame={frame}
        data={{ requests, next: onward, query: { status, after: query.after } }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
