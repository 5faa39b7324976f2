// What every change of the things that somebody proves themselves with has in common: it is for whoever has proven themselves a
// moment ago, it ends what they have open elsewhere, and something remains to sign in with.

import { factorsOf, lockFactors } from '#core/credentials'
import { directory } from '#core/organizations'
import { endSessions } from '#core/people'
import { endAllOf, renew } from '#core/sessions'
import { type Tx, withOrganization } from '#platform/database'
import type { AccountContext } from './contract.ts'
import { requireEnough } from './enough.ts'

/**
 * Performs a change at the person's home; every other browser, at every organization, is signed out with it, and the one that
 * it is made in goes on. A change that fails changes nothing.
 */
export const changing = async <Result>(
  { by, session, organizationId }: AccountContext,
  why: string,
  change: (tx: Tx) => Promise<Result>,
): Promise<Result> => {
  const { homeId, personId, id } = session
  const { result, generation } = await withOrganization(homeId, async (tx) => {
    const made = await change(tx)
    await endAllOf(tx, by, { homeId, personId }, { except: id, why })
    const raised = await endSessions(tx, personId)
    if (homeId === organizationId) await renew(tx, id, raised)
    return { result: made, generation: raised }
  })
  if (homeId !== organizationId) await withOrganization(organizationId, (tx) => renew(tx, id, generation))
  return result
}

const isRequiredBy = (organizationId: string): boolean =>
  directory().byId(organizationId)?.secondFactorRequired ?? false

/** Whether a second step is asked of them, where they are met or where they live. */
export const isSecondStepRequired = ({
  organizationId,
  session,
}: Pick<AccountContext, 'organizationId' | 'session'>): boolean =>
  isRequiredBy(organizationId) || isRequiredBy(session.homeId)

/**
 * The same for what takes something away: refused where too little would remain. Of two who take the last two things away at
 * the same moment, one is refused.
 */
export const taking = <Result>(ctx: AccountContext, why: string, take: (tx: Tx) => Promise<Result>): Promise<Result> =>
  changing(ctx, why, async (tx) => {
    const { personId } = ctx.session
    await lockFactors(tx, personId)
    const before = await factorsOf(tx, personId)
    const taken = await take(tx)
    requireEnough(before, await factorsOf(tx, personId), isSecondStepRequired(ctx))
    return taken
  })
