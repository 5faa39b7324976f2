import { InviteBusiness } from '#ui/console/business'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/organizations/invite',
  can: 'organization.create',
  draw: async ({ site, flash, frame }) => (
    <InviteBusiness site={site} frame={frame} languages={site.organization.locales} {...answered(null, flash)} />
  ),
})
