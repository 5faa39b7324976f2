import { require as requirePermission } from '#core/authority'
import { csvTemplate } from '#core/roster'
import { consoleFile } from '../../../../../_doors/console-file.ts'

export const GET = consoleFile('/organization/people/import', async ({ site, by }) => {
  requirePermission(by, 'people.create', site.organization.ancestors)
  return { name: 'people-template', content: csvTemplate(site.organization.locales[0] ?? 'en') }
})
