import { csvLine } from '#core/roster'
import { Failure, fail } from '#platform/failure'
import { summaryOf } from '#web/problem'
import { consoleFile, csvFile } from '../../../../../_doors/console-file.ts'
import { reportOf } from '../../../../../_doors/import-form.ts'

/** The rows of a file that are left out, each with its reason: for whoever has sent it. */
export const GET = consoleFile({
  back: '/organization/people/import',
  write: async ({ site, session, query }) => {
    const report = (await reportOf(site, session, query.report ?? '')) ?? fail('request.unknown_address')
    const said = (code: string): string => {
      const { title, detail } = summaryOf(new Failure(code), site.texts, site.organization.name)
      return detail ? `${title} ${detail}` : title
    }
    const lines = report.rows.flatMap(({ row, email, code, column = '' }) =>
      code ? [csvLine([String(row), email, column, said(code)])] : [],
    )
    return csvFile('people-left-out', csvLine(['row', 'email', 'column', 'problem']) + lines.join(''))
  },
})
