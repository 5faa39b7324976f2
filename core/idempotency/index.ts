// Owns the memory of requests that may be sent twice: what was answered the first time, for a day. The table is global:
// an answer commits with the change that it tells of, in whichever organization that is. Keys are keyed hashes and
// answers are sealed, because one of them may hold a token that is shown once.
// Calls nothing; called by whoever answers programs.

import { hours, minutes } from '#platform/clock'
import { type Tx, withPlatform } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { keyedHash, sameBytes, seal, unseal } from '#platform/secrets'
import { type Beginning, failures, type Hold, type RepeatKey } from './contract.ts'
import { hold, letGo, read, removeExpired, writeAnswer } from './store.ts'

registerStatuses(failures)

const keptMs = hours(24)
/** Longer than any request may take; whoever holds a key longer has died. */
const heldMs = minutes(1)

const purpose = 'idempotency'

/**
 * Begins a request, or answers what it was answered before. Fails with `idempotency.under_way` while another one with this
 * key is at work, and with `idempotency.mismatch` when the key was used for something else.
 */
export const begin = ({ organizationId, actorId, key }: RepeatKey, fingerprint: Buffer): Promise<Beginning> => {
  const held: Hold = {
    keyHash: keyedHash(purpose, `${organizationId}\n${actorId}\n${key}`),
    holder: newId('req'),
  }
  return withPlatform(async (tx) => {
    if (await hold(tx, held, fingerprint, { heldMs, keptMs })) return { kind: 'begun', hold: held }
    const known = await read(tx, held.keyHash)
    if (known && !sameBytes(known.fingerprint, fingerprint)) return fail('idempotency.mismatch')
    if (!known?.answer) return fail('idempotency.under_way')
    return { kind: 'answered', answer: unseal(purpose, known.answer) }
  })
}

/**
 * Keeps the answer, in the unit of work of the change. Fails with `idempotency.lost`, and takes the change back, when
 * another request took this one for dead and is at it: there is one effect, whoever is faster.
 */
export const keep = async (tx: Tx, held: Hold, answer: string): Promise<void> => {
  if (!(await writeAnswer(tx, held, seal(purpose, answer)))) fail('idempotency.lost')
}

/** Lets go of a key after a refusal: nothing happened, so the same may be asked again. */
export const release = (held: Hold): Promise<void> => withPlatform((tx) => letGo(tx, held))

/** Forgets what has been kept for long enough. */
export const tidy = (): Promise<void> => withPlatform(removeExpired)
