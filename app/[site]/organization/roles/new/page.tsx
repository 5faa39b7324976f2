import { RoleForm } from '#ui/console/role-form'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/roles/new',
  can: 'role.manage',
  draw: async ({ site, flash, frame }) => (
    <RoleForm site={site} frame={frame} own={null} held={frame.can} {...answered(null, flash)} />
  ),
})
