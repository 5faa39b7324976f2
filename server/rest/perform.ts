// An operation in its unit of work. The answer to a request that may be sent twice commits with the change itself.

import { createHash } from 'node:crypto'
import { begin, keep, release } from '#core/idempotency'
import type { Hold } from '#core/idempotency/contract'
import { readAgain } from '#core/organizations'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { log } from '#platform/log'
import type { Asked, Operation } from '#web/operations'
import type { Answered } from '#web/operations/operation'
import type { Outcome } from './outcome.ts'

export type Performance = { operation: Operation; asked: Asked; settle: (answered: Answered<unknown>) => Outcome }

type Done = { outcome: Outcome; answered: Answered<unknown> }

const inUnitOfWork = ({ operation, asked, settle }: Performance, hold: Hold | null): Promise<Done> => {
  const { runs } = operation
  const finish = async (tx: Tx, answered: Answered<unknown>): Promise<Done> => {
    const outcome = settle(answered)
    if (hold) await keep(tx, hold, JSON.stringify(outcome))
    return { outcome, answered }
  }
  if ('inOrganization' in runs) {
    return withOrganization(asked.organization.id, async (tx) => finish(tx, await runs.inOrganization(tx, asked)))
  }
  if ('onPlatform' in runs) return withPlatform(async (tx) => finish(tx, await runs.onPlatform(tx, asked)))
  return runs
    .byItself(asked)
    .then((answered) => (hold ? withPlatform((tx) => finish(tx, answered)) : { outcome: settle(answered), answered }))
}

/** Performs an operation. What it changed in the tree is known to this process before the answer is sent. */
export const perform = async (performance: Performance, hold: Hold | null = null): Promise<Outcome> => {
  const { outcome, answered } = await inUnitOfWork(performance, hold)
  for (const id of [answered.changed ?? []].flat()) {
    // It is done all the same, and will be heard of in a moment.
    await readAgain(id).catch((error: Error) => log.warn({ id, reason: error.message }, 'not read again'))
  }
  await answered.afterwards?.().catch((error: Error) => log.warn({ reason: error.message }, 'to be taken up again'))
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
