// Another password, where the one somebody has is not good enough any more, or an administrator has asked for it. Chosen only when
// everything else is proven: whoever knows nothing but the old one would otherwise lock its owner out.

import { z } from 'zod'
import { exchangeFor, hashPassword, passwordOf, verifyPassword } from '#core/credentials'
import { isMultiFactor } from '#core/flows'
import { noticeWithWayOut } from '#core/outbox'
import { endSessions, failureOf } from '#core/people'
import type { Answer } from '#core/people/contract'
import { endAllOf } from '#core/sessions'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import type { Proven } from '../attempts.ts'
import { tryProof } from '../bounds.ts'
import type { StepDetails } from '../contract.ts'
import { isEnrolled, type Standing } from '../facts.ts'
import { readNewPassword } from '../new-password.ts'
import { actorOf, organizationOf } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'

type Why = StepDetails['why']

const page = '/sign-in'

/** Why another one is to be chosen; null where there is no reason. */
const reasonOf = ({ inner, settings }: Run, { factors: { password } }: Standing): Why | null => {
  if (password?.mustChange) return 'asked'
  if (inner.hasChosenPassword) return null
  if (inner.passwordOwed) return inner.passwordOwed
  if (password && inner.isWeak) return 'expired'
  if (settings.always !== true) return null
  return password ? 'expired' : 'first'
}

/** Whether something is still demanded before anybody may choose a password: it is, at the end of every flow. */
const isEarly = ({ ctx, inner }: Run, standing: Standing): boolean =>
  (organizationOf(ctx).secondFactorRequired || isEnrolled(standing)) && !isMultiFactor(inner.proofs ?? [])

const enter: Step['enter'] = async (run) => {
  const standing = await run.standing()
  if (!standing) return null
  const why = reasonOf(run, standing)
  if (why === null) return { answered: {} }
  return isEarly(run, standing) ? { answered: { inner: { passwordOwed: why } } } : null
}

/** At home, all at once, and only in the place of the password that was looked at. Answers the generation from then on. */
const exchange = ({ ctx }: Run, { homeId, personId }: Proven, old: string | null, hash: string) =>
  withOrganization(homeId, async (tx) => {
    const by = actorOf(ctx, { homeId, id: personId })
    const ref = { homeId, personId }
    if (!(await exchangeFor(tx, by, personId, { old, hash, why: 'changed at a sign-in' }))) return null
    await endAllOf(tx, by, ref, { why: 'password changed' })
    await noticeWithWayOut(tx, ctx, 'password-changed', personId)
    return endSessions(tx, personId)
  })

const take = async (run: Run, answer: Answer): Promise<Taken> => {
  const { ctx, inner } = run
  const { proven } = inner
  const person = (await run.standing())?.person
  if (!proven || !person) return { failure: { code: 'login.expired' }, isOver: true }
  try {
    const typed = readNewPassword(ctx, answer, person)
    const bound = await tryProof(ctx)
    if (bound) return { failure: bound }
    const old = await withOrganization(proven.homeId, (tx) => passwordOf(tx, proven.personId))
    if (old && (await verifyPassword(old.hash, typed))) fail('password.same', 'new_password')
    const generation = await exchange(run, proven, old?.hash ?? null, await hashPassword(typed))
    // Answered twice at the same moment: the other one has gone on already.
    if (generation === null) return { outcome: { next: page } }
    return {
      answered: {
        inner: { isWeak: false, passwordOwed: null, hasChosenPassword: true },
        // Every session of before is over; this sign-in goes on.
        proven: { ...proven, generation },
      },
    }
  } catch (error) {
    return { failure: isFailure(error, 'busy') ? { code: 'login.busy' } : failureOf(error) }
  }
}

export const newPassword: Step = {
  id: 'new-password',
  label: 'step.new-password',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({
    /** Asked of everybody who comes by: for a node with a condition, like `person.passwordAgeDays > 365`. */
    always: z.boolean().optional(),
  }),
  page,
  enter,
  show: async (run) => {
    const standing = await run.standing()
    const why = standing && reasonOf(run, standing)
    return why ? { why } : {}
  },
  take,
}
