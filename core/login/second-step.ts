// The second step: a code of the authenticator app, or setting one up where the organization asks for it.

import { acceptTotp, addTotp } from '#core/credentials'
import { failureOf, readAnswer } from '#core/people'
import type { Answer } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { type Attempt, finish, held, type Proven, refuse } from './attempts.ts'
import { forgiveCodes, tryCode } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { sendNotice } from './mail.ts'
import { conclude } from './proven.ts'

const rules = { code: { max: 20 } } as const
const expired: Outcome = { next: '/sign-in', attempt: null, failure: { code: 'login.expired' } }

const refused = (ctx: LoginContext, attempt: Attempt, failure: AttemptFailure) =>
  refuse(ctx, attempt, { kind: attempt.kind, next: '/mfa', values: {}, failure })

const whoseCode = ({ homeId, personId }: Proven) => `${homeId}/${personId}`

/** Too many codes end the attempt: when the wait is over, the password is asked for again. */
const locked = async (ctx: LoginContext, attempt: Attempt, failure: AttemptFailure): Promise<Outcome> => {
  await withOrganization(ctx.organizationId, (tx) => finish(tx, attempt))
  const values = { username: attempt.state.values.username ?? attempt.state.values.email ?? '' }
  return refuse(ctx, null, { kind: 'sign-in', next: '/sign-in', values, failure })
}

type Accept = (proven: Proven, code: string) => Promise<void>

const answerWith = async (ctx: LoginContext, attempt: Attempt, answer: Answer, accept: Accept): Promise<Outcome> => {
  const { proven } = attempt.state.inner
  if (!proven) return expired
  try {
    const { code } = readAnswer(answer, rules)
    const bound = await tryCode(ctx, whoseCode(proven), attempt.id)
    if (bound) return locked(ctx, attempt, bound)
    await accept(proven, code)
  } catch (error) {
    const failure = failureOf(error)
    // Somebody enrolled in another window: from now on that app's code is asked for.
    if (failure.code === 'second_step.exists') return { ...expired, failure }
    return refused(ctx, attempt, failure)
  }
  await forgiveCodes(whoseCode(proven))
  const ticket = await withOrganization(ctx.organizationId, (tx) =>
    conclude(tx, attempt, { ...proven, methods: [...proven.methods, 'otp'] }),
  )
  return ticket ? { next: '/account', attempt: null, ticket, locale: proven.locale } : expired
}

/** A code for somebody who has an authenticator app. */
export const secondStep = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'sign-in', 'sign-up')
  if (attempt?.step === 'enrol') return { next: '/mfa' }
  if (attempt?.step !== 'totp') return expired
  return answerWith(ctx, attempt, answer, ({ homeId, personId }, code) =>
    withOrganization(homeId, (tx) => acceptTotp(tx, personId, code)),
  )
}

/** The first code of an authenticator app, which from then on is asked for. */
export const enrolSecondStep = async (ctx: LoginContext, secret: string | null, answer: Answer): Promise<Outcome> => {
  const attempt = await held(ctx, secret, 'sign-in', 'sign-up')
  if (attempt?.step === 'totp') return { next: '/mfa' }
  const totpSecret = attempt?.state.inner.totpSecret
  if (attempt?.step !== 'enrol' || !totpSecret) return expired
  return answerWith(ctx, attempt, answer, ({ homeId, personId }, code) =>
    withOrganization(homeId, async (tx) => {
      const by = { ...ctx.by, kind: 'person' as const, homeId, personId }
      await addTotp(tx, by, personId, totpSecret, code)
      await sendNotice(tx, ctx, 'second-step-added', { homeId, personId })
    }),
  )
}
