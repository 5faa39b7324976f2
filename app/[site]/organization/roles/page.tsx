import { listRoles, roleHolders } from '#core/access'
import { withOrganization } from '#platform/database'
import { Roles } from '#ui/console/roles'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { canHere } from '../_rights.ts'

export default consolePage({
  here: '/organization/roles',
  can: 'organization.read',
  draw: async ({ site, by, flash, frame }) => {
    const data = await withOrganization(site.organization.id, async (tx) => ({
      own: await listRoles(tx, by),
      holders: canHere(site, by, 'people.read') ? await roleHolders(tx, by) : null,
    }))
    return <Roles site={site} frame={frame} data={data} told={flash?.told} {...answered(null, flash)} />
  },
})
