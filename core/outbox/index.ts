// Owns the outbox: what has to leave this system because of a change. Rows commit with the change; workers claim
// them under a lease, so that a worker that dies loses nothing. Doubles as the delivery log, which keeps no secret: what a
// payload holds under `sealed` is dropped once the row is settled for good.
// Calls nothing; filled by the modules that change something, emptied by emails (and later sms and webhooks).

import { days, fromNow } from '#platform/clock'
import { type Tx, withPlatform } from '#platform/database'
import type { ClaimWish, Delivery, OutboxRow } from './contract.ts'
import { claimDue, countDelivered, extendLease, leaseMs, readDeliveries, removeFinished, settle } from './store.ts'

export { add } from './adding.ts'
export type { ClaimWish, OutboxRow } from './contract.ts'
export { orderMail } from './mail.ts'
export { belongings } from './store.ts'
export { leaseMs }

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

/** Mails delivered in the name of the transaction's organization since a moment, by day (UTC). */
export const deliveredByDay = (tx: Tx, from: Date): Promise<{ day: string; count: number }[]> =>
  countDelivered(tx, from)

/** What became of what the transaction's organization has ordered, by its id. */
export const deliveriesOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> =>
  new Map((await readDeliveries(tx, ids)).map(({ id, ...delivery }) => [id, delivery]))

/** Forgets what was settled more than a month ago. */
export const tidy = (): Promise<void> => withPlatform((tx) => removeFinished(tx, fromNow(-days(30))))
