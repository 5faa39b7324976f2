import { require as requirePermission } from '#core/authority'
import { csvTemplate } from '#core/roster'
import { consoleFile, csvFile } from '../../../../../_doors/console-file.ts'

export const GET = consoleFile({
  back: '/organization/people/import',
  write: async ({ site, by }) => {
    requirePermission(by, 'people.create', site.organization.ancestors)
    return csvFile('people-template', csvTemplate(site.organization))
  },
})
