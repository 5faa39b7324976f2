// Offers a passkey to whoever has just signed in without one. Whoever declines is not asked again for a month.

import { z } from 'zod'
import { isSpent, type Limit, takeAll } from '#core/limits'
import { failureOf } from '#core/people'
import type { Answer } from '#core/people/contract'
import { days } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { hasPasskeyHere, passkeyHost } from '../facts.ts'
import type { Run, Step, Taken } from '../step.ts'
import { whoseCode } from './code.ts'
import { makePasskey } from './new-passkey.ts'

/** Counted once when somebody declines: so long they are not asked again. */
const declined = ({ ctx, inner }: Run): Limit => ({
  name: 'passkey declined',
  subject: `${whoseCode(inner.proven ?? fail('login.expired'))} ${passkeyHost(ctx)}`,
  max: 1,
  windowMs: days(30),
})

const isOffered = async (run: Run): Promise<boolean> => {
  const standing = await run.standing()
  if (!standing || passkeyHost(run.ctx) === null || hasPasskeyHere(run.ctx, standing)) return false
  return !(await withPlatform((tx) => isSpent(tx, declined(run))))
}

const take = async (run: Run, answer: Answer): Promise<Taken> => {
  if (answer.intent === 'skip') {
    await takeAll([declined(run)])
    return { answered: {} }
  }
  try {
    const made = await makePasskey(run, answer)
    return 'code' in made ? { failure: made } : { answered: { notice: 'passkey_added' } }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

export const offerPasskey: Step = {
  id: 'offer-passkey',
  label: 'step.offer-passkey',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings: z.strictObject({}),
  page: '/consent',
  enter: async (run) => ((await isOffered(run)) ? null : { answered: {} }),
  take,
}
