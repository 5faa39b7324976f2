// Sending a mail again: a newer link and code in the place of the older ones, not too often.

import { now } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { type Attempt, held, move, refuse } from './attempts.ts'
import { tryMail } from './bounds.ts'
import type { AttemptFailure, AttemptKind, LoginContext, Outcome } from './contract.ts'
import { isResendable, nextResendAt, sendRecovery, sendVerification } from './links.ts'
import { pendingOf } from './sign-up.ts'
import { isTaken, whom } from './whom.ts'

const pages = { 'sign-up': '/verify', recovery: '/recover' } as const

const sendAgain = async (ctx: LoginContext, attempt: Attempt, email: string) => {
  const { organizationId } = ctx
  if (attempt.kind === 'sign-up') {
    const taken = await isTaken(organizationId, email)
    return withOrganization(organizationId, (tx) => sendVerification(tx, ctx, attempt.id, email, taken))
  }
  const known = await whom(organizationId, email)
  const who = known && { homeId: known.person.homeId, personId: known.person.id }
  return withOrganization(organizationId, (tx) => sendRecovery(tx, ctx, attempt.id, email, who))
}

export const resend = async (
  ctx: LoginContext,
  secret: string | null,
  kind: Exclude<AttemptKind, 'sign-in'>,
): Promise<Outcome> => {
  const attempt = await held(ctx, secret, kind)
  const next = pages[kind]
  if (attempt?.step !== 'check-mail') {
    return { next: kind === 'sign-up' ? '/sign-up' : '/recover', failure: { code: 'login.expired' } }
  }
  const refused = (failure: AttemptFailure) => refuse(ctx, attempt, { kind, next, values: {}, failure })
  if (!isResendable(attempt, now())) return refused({ code: 'login.resend_too_soon' })
  const email = kind === 'sign-up' ? pendingOf(attempt).email : (attempt.state.values.email ?? '')
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
