import { list, standing } from '#core/audit'
import { namesIn } from '#core/oversight'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { Audit } from '#ui/console/audit'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf } from '../_asked.ts'
import { auditAsked, auditQuery } from './_asked.ts'

const here = '/organization/audit'
const narrowed = ['search', 'days', 'kind', 'person'] as const

export default consolePage({
  here,
  can: 'audit.read',
  draw: async ({ site, by, flash, frame, query }) => {
    const { id, ancestors } = site.organization
    const asked = auditAsked(query)
    const before = afterOf(query.after)?.id
    const wanted = { ...(await auditQuery(site, by, query)), limit: 50, ...(before ? { before } : {}) }
    const { records, next, stands } = await withOrganization(id, async (tx) => ({
      ...(await list(tx, by, ancestors, wanted)),
      stands: await standing(tx, by, ancestors),
    }))
    const names = await namesIn(id, by, records)
    return (
      <Audit
        site={site}
        frame={frame}
        data={{
          records,
          names,
          standing: stands,
          next: next && addressAfter(site, here, query, narrowed, { key: '', id: next }),
          query: { ...asked, after: query.after, open: query.open },
          person: asked.person ? (names.get(asked.person)?.name ?? asked.person) : null,
          now: now(),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
