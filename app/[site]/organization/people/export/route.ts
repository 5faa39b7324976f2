import { exportPeople } from '#core/roster'
import { consoleFile, csvFile } from '../../../../_doors/console-file.ts'
import { rosterWish } from '../../_roster.ts'

/** Everybody whom the list shows, as it is narrowed. */
export const GET = consoleFile({
  back: '/organization/people',
  write: async ({ site, by, query }) => {
    const { sort: _, ...wanted } = rosterWish(query)
    let content = ''
    for await (const lines of exportPeople(site.organization.id, by, wanted)) content += lines
    return csvFile(`people-${site.organization.handle}`, content)
  },
})
