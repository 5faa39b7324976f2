import { authorsOf, flowHistory, flowNamed } from '#core/flows'
import { withOrganization } from '#platform/database'
import { FlowHistory } from '#ui/console/flow-history'
import { withQuery } from '#ui/console/toolbar'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

const most = 50

export default consolePage<{ flow: string }>({
  here: ({ flow }) => `/organization/flows/${flow}/history`,
  can: 'flow.read',
  draw: async ({ site, by, flash, frame, params, query }) => {
    const name = flowNamed(params.flow)
    const before = /^[1-9]\d{0,8}$/.test(query.after ?? '') ? Number(query.after) : null
    const { found, authors } = await withOrganization(site.organization.id, async (tx) => {
      const found = await flowHistory(tx, by, name, { limit: most + 1, before })
      return { found, authors: await authorsOf(tx, by, found) }
    })
    const entries = found.slice(0, most)
    const last = found.length > most ? entries.at(-1)?.version : undefined
    const path = `/organization/flows/${name}/history`
    return (
      <FlowHistory
        site={site}
        frame={frame}
        name={name}
        entries={entries}
        authors={authors}
        home={site.organization.id}
        query={{ after: query.after }}
        next={last === undefined ? null : site.path(withQuery(path, { after: String(last) }))}
        {...answered(null, flash)}
      />
    )
  },
})
