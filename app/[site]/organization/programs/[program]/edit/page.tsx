import { findAccount } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { ProgramForm } from '#ui/console/program-forms'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ program: string }>({
  here: ({ program }) => `/organization/programs/${program}/edit`,
  can: 'token.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const program = await withOrganization(site.organization.id, (tx) => findAccount(tx, by, params.program))
    return <ProgramForm site={site} frame={frame} program={program} {...answered(null, flash)} />
  },
})
