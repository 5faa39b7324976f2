import { directory, find } from '#core/organizations'
import { homes } from '#core/roster'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { SettingsPeopleFrom } from '#ui/console/settings-questions'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/settings/people-from',
  can: 'organization.update',
  draw: async ({ site, by, flash, frame }) => {
    const { id, parentId } = site.organization
    // The root has nobody above it whose people could come in.
    if (parentId === null) return fail('organizations.not_found')
    return (
      <SettingsPeopleFrom
        site={site}
        frame={frame}
        organization={await withPlatform((tx) => find(tx, by, id))}
        parentName={directory().byId(parentId)?.name ?? ''}
        homes={await homes(id, by)}
        {...answered(null, flash)}
      />
    )
  },
})
