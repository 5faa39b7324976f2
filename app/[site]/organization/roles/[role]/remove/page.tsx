import { findRole, roleHolders } from '#core/access'
import { withOrganization } from '#platform/database'
import { RemoveRole } from '#ui/console/removals'
import { holdersWords } from '#ui/console/roles'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { canHere } from '../../../_rights.ts'

export default consolePage<{ role: string }>({
  here: ({ role }) => `/organization/roles/${role}/remove`,
  can: 'role.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { role, held } = await withOrganization(site.organization.id, async (tx) => ({
      role: await findRole(tx, by, params.role),
      held: canHere(site, by, 'people.read') ? (await roleHolders(tx, by)).get(params.role) : undefined,
    }))
    const holders = held ? holdersWords(site, held) : null
    return <RemoveRole site={site} frame={frame} role={role} holders={holders} {...answered(null, flash)} />
  },
})
