// What every code of a second step has in common: how often it may be tried, and what too many tries lead to.

import type { ProofKind } from '#core/flows/contract'
import { failureOf, readAnswer } from '#core/people'
import type { Answer } from '#core/people/contract'
import type { Proven } from '../attempts.ts'
import { forgiveCodes, tryCode } from '../bounds.ts'
import type { StepDetails } from '../contract.ts'
import { organizationOf } from '../proven.ts'
import type { Run, Taken } from '../step.ts'

const rules = { code: { max: 40 } } as const

export const whoseCode = ({ homeId, personId }: Pick<Proven, 'homeId' | 'personId'>): string => `${homeId}/${personId}`

/** For how many days a browser may be trusted after a second step; 0 where none is. */
export const trustDaysOf = ({ ctx }: Run): number => organizationOf(ctx).security.trustedDeviceDays

/** Offers to trust the browser, on every page of a second step. */
export const showTrust = async (run: Run): Promise<Partial<StepDetails>> =>
  run.isSecond && trustDaysOf(run) > 0 ? { trustDays: trustDaysOf(run) } : {}

/** Whether somebody has said that this browser shall spare them the second step. */
export const isTrusting = (run: Run, answer: Answer): boolean =>
  run.isSecond && answer.trust === 'on' && trustDaysOf(run) > 0

/**
 * Holds a code against whatever accepts it. Too many end the attempt: when the wait is over, the first proof is asked for again.
 */
export const takeCode = async (
  run: Run,
  answer: Answer,
  kind: ProofKind,
  accept: (proven: Proven, code: string) => Promise<void>,
): Promise<Taken> => {
  const { ctx, attempt, inner } = run
  const { proven } = inner
  if (!proven || !attempt) return { failure: { code: 'login.expired' }, isOver: true }
  try {
    const { code } = readAnswer(answer, rules)
    const bound = await tryCode(ctx, whoseCode(proven), attempt.id)
    if (bound) return { failure: bound, isOver: true }
    await accept(proven, code)
  } catch (error) {
    const failure = failureOf(error)
    // Set up in another window: from now on that one is asked for.
    return { failure, ...(failure.code === 'second_step.exists' ? { isOver: true } : {}) }
  }
  await forgiveCodes(whoseCode(proven))
  return { answered: { proofs: [{ kind }], inner: { isTrusting: isTrusting(run, answer) } } }
}
