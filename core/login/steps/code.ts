// What every code of a second step has in common: how often it may be tried, and what too many tries lead to.

import type { ProofKind } from '#core/flows/contract'
import { failureOf, readAnswer } from '#core/people'
import type { Answer } from '#core/people/contract'
import type { Proven } from '../attempts.ts'
import { forgiveCodes, tryCode } from '../bounds.ts'
import type { Run, Taken } from '../step.ts'

const rules = { code: { max: 40 } } as const

const whoseCode = ({ homeId, personId }: Proven) => `${homeId}/${personId}`

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
  return { answered: { proofs: [{ kind }] } }
}
