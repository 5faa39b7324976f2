import { exportTrail } from '#core/oversight'
import { exportFormats } from '#core/oversight/contract'
import { consoleFile } from '../../../../_doors/console-file.ts'
import { oneOf } from '../../_asked.ts'
import { auditQuery } from '../_asked.ts'

const types = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const

/** The trail as a file, narrowed as the page is that it was asked for on. */
export const GET = consoleFile({
  back: '/organization/audit',
  write: async ({ site, by, query }) => {
    const format = oneOf(exportFormats, query.format) ?? 'csv'
    const day = new Date().toISOString().slice(0, 10)
    const pieces = exportTrail(site.organization.id, by, format, await auditQuery(site, by, query))
    return { type: types[format], name: `${site.organization.handle}-audit-${day}.${format}`, pieces }
  },
})
