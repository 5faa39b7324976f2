import { ProgramForm } from '#ui/console/program-forms'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

export default consolePage({
  here: '/organization/programs/new',
  can: 'token.manage',
  draw: async ({ site, flash, frame }) => (
    <ProgramForm site={site} frame={frame} program={null} {...answered(null, flash)} />
  ),
})
