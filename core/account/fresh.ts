// A proof that is fresh enough for something sensitive: whoever finds an open browser, or has stolen a session, must not lock
// its owner out with it.

import { takeAll } from '#core/limits'
import { minutes, now } from '#platform/clock'
import { fail } from '#platform/failure'
import type { AccountContext } from './contract.ts'

/** So long a proof serves for what changes how somebody proves themselves. */
export const freshMs = minutes(10)

/** Fails with `account.proof_needed` where the last proof is longer ago; its form is then kept until there is another one. */
export const requireFresh = ({ provenAt }: Pick<AccountContext['session'], 'provenAt'>, withinMs = freshMs): void => {
  if (now().getTime() - provenAt.getTime() >= withinMs) fail('account.proof_needed')
}

/** Counts a code that somebody types into their own account. */
export const countCode = async ({ session: { homeId, personId } }: AccountContext): Promise<void> => {
  const exceeded = await takeAll([
    { name: 'code account', subject: `${homeId}/${personId}`, max: 10, windowMs: minutes(60) },
  ])
  if (exceeded) fail('login.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}
