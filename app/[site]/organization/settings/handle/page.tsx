import { passkeysBoundTo } from '#core/credentials'
import { addressOf, find } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { SettingsHandle } from '#ui/console/settings-questions'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

const urlOf = ({ origin, base }: { origin: string; base: string }) => `${origin}${base}`

export default consolePage({
  here: '/organization/settings/handle',
  can: 'organization.update',
  draw: async ({ site, by, flash, frame }) => {
    const organization = await withPlatform((tx) => find(tx, by, site.organization.id))
    const named = organization.parentId === null ? [] : [{ form: 'name' as const }]
    const byPath = urlOf(addressOf(organization, organization.parentId === null ? { form: 'root' } : { form: 'path' }))
    return (
      <SettingsHandle
        site={site}
        frame={frame}
        organization={organization}
        url={byPath}
        passkeys={await passkeysBoundTo(organization.id, named)}
        elsewhere={site.address.form === 'name' ? byPath : null}
        {...answered(null, flash)}
      />
    )
  },
})
