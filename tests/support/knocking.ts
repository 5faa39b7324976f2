// For tests: somebody at a door with their password, answering page after page. The attempt is read anew for each of them, as it
// would be after a restart.

import { secondStep, signIn, view } from '#core/login'
import type { LoginContext, Outcome } from '#core/login/contract'
import { at, password } from '#support/engine'

export const knock = async (
  organizationId: string,
  username: string,
  { typed = password, ctx = at(organizationId) }: { typed?: string; ctx?: LoginContext } = {},
) => {
  const first = await signIn(ctx, null, { username, password: typed })
  let secret = first.attempt ?? null
  const look = () => view({ ...ctx }, secret, 'sign-in')
  const kept = (outcome: Outcome): Outcome => {
    if (outcome.attempt !== undefined && outcome.at === undefined) secret = outcome.attempt
    return outcome
  }
  return {
    ctx,
    first,
    secret: () => secret,
    look,
    answer: async (answer: Record<string, string>): Promise<Outcome> => {
      const { page = '/sign-in', at: place = '' } = (await look())?.place ?? {}
      const door = page === '/sign-in' ? signIn : secondStep
      return kept(await door({ ...ctx }, secret, { at: place, ...answer }))
    },
  }
}
