// Owns the outbox: what has to leave this system because of a change. Rows commit with the change; workers claim
// them under a lease, so that a worker that dies loses nothing. Doubles as the delivery log, which keeps no secret: what a
// payload holds under `sealed` is dropped once the row is settled for good.
// Calls nothing; filled by the modules that change something, emptied by emails (and later sms and webhooks).

import { days, fromNow } from '#platform/clock'
import { announce, type Tx, withPlatform } from '#platform/database'
import { newId } from '#platform/ids'
import type { ClaimWish, OutboxOptions, OutboxRow } from './contract.ts'
import { claimDue, extendLease, insertRow, leaseMs, removeFinished, settle } from './store.ts'

export type { ClaimWish, OutboxRow } from './contract.ts'
export { leaseMs }

/** Adds an event to the change under way; answers its id. */
export const add = async (tx: Tx, event: string, payload: object, options: OutboxOptions = {}): Promise<string> => {
  const id = newId('out')
  await insertRow(tx, { id, organizationId: tx.organizationId, event, payload: JSON.stringify(payload), ...options })
  await announce(tx, 'outbox', tx.organizationId)
  return id
}

/** Takes due rows for this worker: urgent ones first, organizations in turn, nothing twice. Answers them in that order. */
export const claim = (wish: ClaimWish): Promise<OutboxRow[]> => withPlatform((tx) => claimDue(tx, wish))

/** Still in the hands of this worker: nobody else may take them for another while. */
export const keep = (ids: readonly string[]): Promise<void> => withPlatform((tx) => extendLease(tx, ids))

/** Delivered. */
export const finish = (id: string): Promise<void> => withPlatform((tx) => settle(tx, id, { status: 'done' }))

/** Not delivered now; to be tried again after `delayMs`. */
export const retry = (id: string, error: string, delayMs: number): Promise<void> =>
  withPlatform((tx) => settle(tx, id, { status: 'waiting', error, delayMs }))

/** Not deliverable, ever; the reason stays on record. */
export const dead = (id: string, error: string): Promise<void> =>
  withPlatform((tx) => settle(tx, id, { status: 'dead', error }))

/** No longer worth delivering. */
export const expire = (id: string): Promise<void> => withPlatform((tx) => settle(tx, id, { status: 'expired' }))

/** Forgets what was settled more than a month ago. */
export const tidy = (): Promise<void> => withPlatform((tx) => removeFinished(tx, fromNow(-days(30))))
