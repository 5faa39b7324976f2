import { maskedEmail } from '#core/people'
import { withOrganization } from '#platform/database'
import { type Attempt, read } from './attempts.ts'
import type { AttemptKind, AttemptView, LoginContext } from './contract.ts'
import { journeyOf, placeOf } from './journey.ts'

const viewOf = async (ctx: LoginContext, attempt: Attempt): Promise<AttemptView> => {
  const { values, failure, resendAt, route } = attempt.state
  const email = values.email ?? values.username
  const place = route ? await placeOf(await journeyOf(ctx, attempt.kind, route.name, attempt)) : undefined
  return {
    id: attempt.id,
    kind: attempt.kind,
    step: attempt.step,
    values,
    failure,
    ...(attempt.step === 'check-mail' && email ? { maskedEmail: maskedEmail(email) } : {}),
    ...(resendAt ? { resendAt } : {}),
    ...(place ? { place } : {}),
    ...(place?.enrolment ? { enrolment: place.enrolment } : {}),
  }
}

/** What a page may know of the attempt in this browser's cookie, if it is one of this kind. */
export const view = async (
  ctx: LoginContext,
  secret: string | null,
  kind: AttemptKind,
): Promise<AttemptView | null> => {
  if (secret === null) return null
  const attempt = await withOrganization(ctx.organizationId, (tx) => read(tx, secret))
  if (!attempt || attempt.kind !== kind) return null
  if (!attempt.isExpired) return viewOf(ctx, attempt)
  // A first form that has waited too long is simply a first form.
  if (attempt.step === 'password') return null
  return { id: attempt.id, kind, step: 'expired', values: {}, failure: null }
}
