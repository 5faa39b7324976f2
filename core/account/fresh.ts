// A proof that is fresh enough for something sensitive: whoever finds an open browser, or has stolen a session, must not lock
// its owner out with it.

import { acceptTotp, passwordOf, totpOf } from '#core/credentials'
import { takeAll } from '#core/limits'
import type { Answer } from '#core/people/contract'
import { rotate } from '#core/sessions'
import { minutes, now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readCode, readCurrentPassword } from './answers.ts'
import type { AccountContext, ProofAsked } from './contract.ts'
import { provePassword } from './password.ts'

/** So long a proof serves for what changes how somebody proves themselves. */
export const freshMs = minutes(10)

/** Fails with `account.proof_needed` where the last proof is longer ago; its form is then kept until there is another one. */
export const requireFresh = ({ provenAt }: Pick<AccountContext['session'], 'provenAt'>, withinMs = freshMs): void => {
  if (now().getTime() - provenAt.getTime() >= withinMs) fail('account.proof_needed')
}

/** What this person can prove themselves with, where they are asked to. */
export const proofAsked = ({ session }: AccountContext): Promise<ProofAsked> =>
  withOrganization(session.homeId, async (tx) => ({
    password: (await passwordOf(tx, session.personId)) !== null,
    code: (await totpOf(tx, session.personId)) !== null,
  }))

/** Counts a code that somebody types into their own account. */
export const countCode = async ({ session: { homeId, personId } }: AccountContext): Promise<void> => {
  const exceeded = await takeAll([
    { name: 'code account', subject: `${homeId}/${personId}`, max: 10, windowMs: minutes(60) },
  ])
  if (exceeded) fail('login.too_many_tries', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

/**
 * The session goes on with a proof of this moment, under another secret, which the browser has to be given. For whoever has
 * verified it: a password below, a passkey elsewhere.
 */
export const goOnProven = ({ organizationId, by, session }: AccountContext, methods: string[]) =>
  withOrganization(organizationId, (tx) => rotate(tx, by, session.id, { methods, provenAt: now() }))

/** Proves somebody again in their session, with all that they are asked for. Answers the session's new secret. */
export const proveAgain = async (ctx: AccountContext, answer: Answer): Promise<{ secret: string }> => {
  const { homeId, personId } = ctx.session
  const asked = await proofAsked(ctx)
  if (!asked.password && !asked.code) return fail('account.nothing_to_prove')
  const typed = {
    password: asked.password ? readCurrentPassword(answer) : null,
    code: asked.code ? readCode(answer) : null,
  }
  if (typed.password !== null) await provePassword(ctx, typed.password)
  if (typed.code !== null) {
    const { code } = typed
    await countCode(ctx)
    await withOrganization(homeId, (tx) => acceptTotp(tx, personId, code))
  }
  return goOnProven(ctx, [...(asked.password ? ['pwd'] : []), ...(asked.code ? ['otp'] : [])])
}
