import { require as requirePermission } from '#core/authority'
import { find } from '#core/organizations'
import { builtInLocales } from '#core/texts/contract'
import { withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { NewOrganization } from '#ui/console/organization-new'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

const here = '/organization/organizations/new'

export default consolePage({
  here,
  can: 'organization.create',
  draw: async ({ site, by, flash, frame, query }) => {
    const wanted = query.below ?? site.organization.id
    const parent = await withPlatform((tx) => find(tx, by, wanted))
    requirePermission(by, 'organization.create', parent.ancestors)
    const languages = [...new Set([...parent.locales, ...builtInLocales])]
    const data = {
      parent,
      isHere: parent.id === site.organization.id,
      languages,
      example: `${settings().origin.replace(/^https?:\/\//, '')}/o/`,
    }
    return <NewOrganization site={site} frame={frame} data={data} {...answered(null, flash)} />
  },
})
