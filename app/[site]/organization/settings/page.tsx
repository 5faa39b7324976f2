import { find } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { Settings } from '#ui/console/settings'
import { settingsRows } from '#ui/console/settings-row'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { oneOf } from '../_asked.ts'

export default consolePage({
  here: '/organization/settings',
  can: 'organization.update',
  draw: async ({ site, by, flash, frame, query }) => (
    <Settings
      site={site}
      frame={frame}
      organization={await withPlatform((tx) => find(tx, by, site.organization.id))}
      edit={oneOf(settingsRows, query.edit)}
      {...answered(null, flash)}
    />
  ),
})
