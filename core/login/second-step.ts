// The pages of a second step: answered like any other place of a flow, by whoever has proven something in this browser.

import type { Answer } from '#core/people/contract'
import { held } from './attempts.ts'
import type { LoginContext, Outcome } from './contract.ts'
import { answerUnderWay } from './engine.ts'

const expired: Outcome = { next: '/sign-in', attempt: null, failure: { code: 'login.expired' } }

/** Answers a place that is not the first one; there has to be an attempt that stands at one. */
export const secondStep = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'sign-in', 'sign-up')
  if (!attempt?.state.inner.proven) return expired
  return answerUnderWay(ctx, attempt, answer)
}
