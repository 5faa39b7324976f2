// Sending a mail again: a newer link and code in the place of the older ones, not too often.

import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { type Attempt, held, move, refuse } from './attempts.ts'
import { tryMail } from './bounds.ts'
import type { AttemptFailure, LoginContext, Outcome } from './contract.ts'
import { isResendable, nextResendAt, sendRecovery, sendVerification } from './links.ts'
import { pendingOf } from './sign-up.ts'
import { startingOf } from './starting.ts'
import { isTaken, whom } from './whom.ts'

const pages = { 'sign-up': '/verify', recovery: '/recover' } as const

const sendAgain = async (ctx: LoginContext, attempt: Attempt, email: string) => {
  const { organizationId } = ctx
  if (attempt.kind === 'start') {
    return withOrganization(organizationId, (tx) => sendVerification(tx, ctx, attempt.id, email, false))
  }
  if (attempt.kind === 'sign-up') {
    const taken = await isTaken(organizationId, email)
    return withOrganization(organizationId, (tx) => sendVerification(tx, ctx, attempt.id, email, taken))
  }
  const known = await whom(organizationId, { kind: 'email', key: email })
  const who = known && { homeId: known.person.homeId, personId: known.person.id }
  return withOrganization(organizationId, (tx) => sendRecovery(tx, ctx, attempt.id, email, who))
}

const emailOf = (attempt: Attempt): string => {
  if (attempt.kind === 'start') return startingOf(attempt).business.email
  return attempt.kind === 'sign-up' ? pendingOf(attempt).email : (attempt.state.values.email ?? '')
}

export const resend = async (
  ctx: LoginContext,
  secret: string | null,
  kind: 'sign-up' | 'recovery',
): Promise<Outcome> => {
  // The mail of a start is proven at the same page as that of a sign-up.
  const attempt = await held(ctx, secret, kind, ...(kind === 'sign-up' ? (['start'] as const) : []))
  if (attempt?.step !== 'check-mail') {
    return { next: kind === 'sign-up' ? '/sign-up' : '/recover', failure: { code: 'login.expired' } }
  }
  const next = pages[kind]
  const refused = (failure: AttemptFailure) => refuse(ctx, attempt, { kind: attempt.kind, next, values: {}, failure })
  if (!isResendable(attempt, now())) return refused({ code: 'login.resend_too_soon' })
  const email = emailOf(attempt)
  const bound = await tryMail(ctx, email)
  if (bound) return refused(bound)
  // Whoever asks twice at the same moment moves the attempt once, and gets one mail.
  const isFirst = await withOrganization(ctx.organizationId, (tx) =>
    move(tx, attempt, 'check-mail', { resendAt: nextResendAt() }),
  )
  if (!isFirst) return { next }
  await sendAgain(ctx, attempt, email)
  return { next, notice: 'code_sent' }
}
