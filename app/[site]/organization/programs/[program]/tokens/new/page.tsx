import { findAccount, scopesToGive } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { TokenForm } from '#ui/console/program-forms'
import { consolePage } from '../../../../../../_doors/console.tsx'
import { answered } from '../../../../../_answered.ts'

export default consolePage<{ program: string }>({
  here: ({ program }) => `/organization/programs/${program}/tokens/new`,
  can: 'token.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { program, scopes } = await withOrganization(site.organization.id, async (tx) => ({
      program: await findAccount(tx, by, params.program),
      scopes: await scopesToGive(tx, by, params.program),
    }))
    return <TokenForm site={site} frame={frame} program={program} scopes={scopes} {...answered(null, flash)} />
  },
})
