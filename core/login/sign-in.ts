// Signing in: the flow that the organization has published, from its first step to a session.

import type { Answer } from '#core/people/contract'
import type { LoginContext, Outcome } from './contract.ts'
import { answerTo } from './engine.ts'

/** Answers the place where a sign-in stands, or begins one. */
export const signIn = (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> =>
  answerTo(ctx, secret, 'sign-in', ['sign-in', 'sign-up'], answer)
