// Somebody who is signed in proves themselves again: with a passkey, or else with all that they know and have.

import { acceptTotp, factorsOf } from '#core/credentials'
import type { Answer } from '#core/people/contract'
import { rotate } from '#core/sessions'
import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { readCode, readCurrentPassword } from './answers.ts'
import type { AccountContext, ProofAsked } from './contract.ts'
import { countCode } from './fresh.ts'
import { acceptedPasskeys, provePasskey } from './passkeys.ts'
import { provePassword } from './password.ts'

/** What this person can prove themselves with, where they are asked to. */
export const proofAsked = async (ctx: AccountContext): Promise<ProofAsked> => {
  const { homeId, personId } = ctx.session
  const factors = await withOrganization(homeId, (tx) => factorsOf(tx, personId))
  return {
    password: factors.password !== null,
    code: factors.totp !== null,
    passkey: (acceptedPasskeys(ctx, factors)?.allAcceptedCredentialIds ?? []).length > 0,
  }
}

/** The session goes on with a proof of this moment, under another secret, which the browser has to be given. */
export const goOnProven = ({ organizationId, by, session }: AccountContext, methods: string[]) =>
  withOrganization(organizationId, (tx) => rotate(tx, by, session.id, { methods, provenAt: now() }))

/** A password and a code, as far as somebody has them: each alone would be less than they signed in with. */
const proveKnown = async (ctx: AccountContext, answer: Answer): Promise<string[]> => {
  const { homeId, personId } = ctx.session
  const asked = await proofAsked(ctx)
  if (!asked.password && !asked.code) return fail(asked.passkey ? 'passkey.malformed' : 'account.nothing_to_prove')
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
  return [...(asked.password ? ['pwd'] : []), ...(asked.code ? ['otp'] : [])]
}

/** A passkey has asked for a PIN or a fingerprint, so that it stands in the place of everything else. */
const provePossessed = async (ctx: AccountContext, answer: Answer): Promise<string[]> => {
  await provePasskey(ctx, answer)
  return ['hwk']
}

/** Proves somebody again in their session. Answers the session's new secret. */
export const proveAgain = async (ctx: AccountContext, answer: Answer): Promise<{ secret: string }> => {
  const isPasskey = typeof answer.credential === 'string' && answer.credential !== ''
  return goOnProven(ctx, await (isPasskey ? provePossessed(ctx, answer) : proveKnown(ctx, answer)))
}
