import { exportPeople } from '#core/roster'
import { consoleFile } from '../../../../_doors/console-file.ts'
import { rosterWish } from '../../_roster.ts'

/** Everybody whom the list shows, as it is narrowed. */
export const GET = consoleFile('/organization/people', async ({ site, by, query }) => {
  const { sort: _, ...wanted } = rosterWish(Object.fromEntries(query))
  let content = ''
  for await (const lines of exportPeople(site.organization.id, by, wanted)) content += lines
  return { name: `people-${site.organization.handle}`, content }
})
