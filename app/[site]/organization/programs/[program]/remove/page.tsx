import { findAccount, listTokens } from '#core/tokens'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { RemoveProgram } from '#ui/console/removals'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'

export default consolePage<{ program: string }>({
  here: ({ program }) => `/organization/programs/${program}/remove`,
  can: 'token.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { program, tokens } = await withOrganization(site.organization.id, async (tx) => ({
      program: await findAccount(tx, by, params.program),
      tokens: await listTokens(tx, by, params.program),
    }))
    const good = tokens.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now()).length
    return <RemoveProgram site={site} frame={frame} program={program} tokens={good} {...answered(null, flash)} />
  },
})
