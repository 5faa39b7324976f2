import { GroupForm } from '#ui/console/group-form'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/groups/new',
  can: 'group.manage',
  draw: async ({ site, flash, frame }) => (
    <GroupForm site={site} frame={frame} group={null} {...answered(null, flash)} />
  ),
})
