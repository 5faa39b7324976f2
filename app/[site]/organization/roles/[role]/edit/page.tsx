import { findRole } from '#core/access'
import { withOrganization } from '#platform/database'
import { RoleForm } from '#ui/console/role-form'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ role: string }>({
  here: ({ role }) => `/organization/roles/${role}/edit`,
  can: 'role.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const role = await withOrganization(site.organization.id, (tx) => findRole(tx, by, params.role))
    return <RoleForm site={site} frame={frame} own={role} held={frame.can} {...answered(null, flash)} />
  },
})
