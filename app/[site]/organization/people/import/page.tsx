import { fail } from '#platform/failure'
import { PeopleImport } from '#ui/console/people-import'
import { outcomes, PeopleReport } from '#ui/console/people-report'
import { consolePage } from '../../../../_doors/console.tsx'
import { reportOf } from '../../../../_doors/import-form.ts'
import { answered } from '../../../_answered.ts'
import { oneOf } from '../../_asked.ts'

const partOf = (from: string | undefined): number => (from && /^\d{1,5}$/.test(from) ? Number(from) : 0)

export default consolePage({
  here: '/organization/people/import',
  can: 'people.create',
  draw: async ({ site, session, flash, frame, query }) => {
    const said = { site, frame, told: flash?.told, ...answered(null, flash) }
    if (query.report === undefined) return <PeopleImport {...said} />
    // Over, or somebody else's: there is nothing to see either way.
    const report = (await reportOf(site, session, query.report)) ?? fail('request.unknown_address')
    const data = { id: query.report, report, show: oneOf(outcomes, query.show), from: partOf(query.from) }
    return <PeopleReport {...said} data={data} />
  },
})
