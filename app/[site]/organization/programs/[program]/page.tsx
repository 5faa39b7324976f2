import { findAccount, listTokens } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { ProgramPage } from '#ui/console/program'
import type { NewToken } from '#ui/console/program-token'
import { consolePage } from '../../../../_doors/console.tsx'
import type { Flash } from '../../../../_doors/flash.ts'
import { answered } from '../../../_answered.ts'
import { canHere, givenTo } from '../../_rights.ts'
import { interfaceOf } from '../_interface.ts'

/** The token that has just been made: the note for this page is the one place where it stands. */
const newTokenIn = (flash: Flash | null): NewToken | null => {
  const { token, name } = (flash?.details ?? {}) as Partial<NewToken>
  return flash?.code === 'token_created' && typeof token === 'string' && typeof name === 'string'
    ? { token, name }
    : null
}

export default consolePage<{ program: string }>({
  here: ({ program }) => `/organization/programs/${program}`,
  can: 'token.manage',
  draw: async ({ site, by, params, flash, frame }) => {
    const seesGrants = canHere(site, by, 'people.read')
    const { program, tokens, given } = await withOrganization(site.organization.id, async (tx) => ({
      program: await findAccount(tx, by, params.program),
      tokens: (await listTokens(tx, by, params.program)).toReversed(),
      given: seesGrants ? await givenTo(tx, by, { kind: 'service', id: params.program }) : null,
    }))
    return (
      <ProgramPage
        site={site}
        frame={frame}
        data={{
          program,
          tokens,
          given,
          canGive: canHere(site, by, 'role.assign'),
          newToken: newTokenIn(flash),
          address: interfaceOf(site),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
