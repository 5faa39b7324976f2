import { findAccount, listTokens } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { RevokeToken } from '#ui/console/removals'
import { consolePage } from '../../../../../../_doors/console.tsx'
import { answered } from '../../../../../_answered.ts'

export default consolePage<{ program: string; token: string }>({
  here: ({ program, token }) => `/organization/programs/${program}/tokens/${token}`,
  can: 'token.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const { program, tokens } = await withOrganization(site.organization.id, async (tx) => ({
      program: await findAccount(tx, by, params.program),
      tokens: await listTokens(tx, by, params.program),
    }))
    const token = tokens.find(({ id }) => id === params.token) ?? fail('tokens.token_unknown')
    return <RevokeToken site={site} frame={frame} program={program} token={token} {...answered(null, flash)} />
  },
})
