// An operation in its unit of work. The answer to a request that may be sent twice commits with the change itself.

import { createHash } from 'node:crypto'
import { begin, keep, release } from '#core/idempotency'
import type { Hold } from '#core/idempotency/contract'
import { type Tx, withPlatform } from '#platform/database'
import type { Asked, Operation } from '#web/operations'
import type { Answered } from '#web/operations/operation'
import { hearOfChanges, runOperation } from '#web/perform'
import type { Outcome } from './outcome.ts'

export type Performance = { operation: Operation; asked: Asked; settle: (answered: Answered<unknown>) => Outcome }

type Done = { outcome: Outcome; answered: Answered<unknown> }

const inUnitOfWork = ({ operation, asked, settle }: Performance, hold: Hold | null): Promise<Done> => {
  const finish = async (tx: Tx, answered: Answered<unknown>): Promise<Done> => {
    const outcome = settle(answered)
    if (hold) await keep(tx, hold, JSON.stringify(outcome))
    return { outcome, answered }
  }
  return runOperation(operation, asked, async (tx, answered) => {
    if (tx) return finish(tx, answered)
    return hold ? withPlatform((own) => finish(own, answered)) : { outcome: settle(answered), answered }
  })
}

/** Performs an operation. What it changed in the tree is known to this process before the answer is sent. */
export const perform = async (performance: Performance, hold: Hold | null = null): Promise<Outcome> => {
  const { outcome, answered } = await inUnitOfWork(performance, hold)
  await hearOfChanges(answered)
  return outcome
}

/** What is asked under a key: another method, address or body under the same key is something else. */
export const fingerprintOf = (method: string, url: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(`${method}\n${url}\n`).update(bytes).digest()

type Repeatable = Performance & { key: string; fingerprint: Buffer }

/** The same for a request that brings a key: one effect, however often it is sent. */
export const performOnce = async ({ key, fingerprint, ...performance }: Repeatable): Promise<Outcome> => {
  const { homeId: organizationId = '', personId: actorId = '' } = performance.asked.by
  const beginning = await begin({ organizationId, actorId, key }, fingerprint)
  if (beginning.kind === 'answered') {
    const { headers, ...outcome } = JSON.parse(beginning.answer) as Outcome
    return { ...outcome, headers: { ...headers, 'idempotent-replayed': 'true' } }
  }
  try {
    return await perform(performance, beginning.hold)
  } catch (error) {
    await release(beginning.hold)
    throw error
  }
}
