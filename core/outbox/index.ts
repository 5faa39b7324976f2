// Owns the outbox: what has to leave this system because of a change. Rows commit with the change; workers claim
// them under a lease, so that a worker that dies loses nothing. Doubles as the delivery log, which keeps no secret: what a
// payload holds under `sealed` is dropped once the row is settled for good.
// Calls tickets, for the way out of a notice; filled by the modules that change something, emptied by emails and sms (and later webhooks), each of
// which brings the way in which a worker delivers.

import { days, fromNow } from '#platform/clock'
import { type Tx, withPlatform } from '#platform/database'
import type { Delivery } from './contract.ts'
import { countDelivered, readDeliveries, removeFinished } from './store.ts'

export { add } from './adding.ts'
export { claim, dead, expire, finish, keep, retry } from './claims.ts'
export type { ClaimWish, OutboxRow, Outcome } from './contract.ts'
export { orderMail } from './mail.ts'
export { type NoticeSender, noticeWithWayOut } from './notices.ts'
export { belongings, leaseMs } from './store.ts'
export { type Running, startWorker, type Way } from './worker.ts'

/** Mails delivered in the name of the transaction's organization since a moment, by day (UTC). */
export const deliveredByDay = (tx: Tx, from: Date): Promise<{ day: string; count: number }[]> =>
  countDelivered(tx, from)

/** What became of what the transaction's organization has ordered, by its id. */
export const deliveriesOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> =>
  new Map((await readDeliveries(tx, ids)).map(({ id, ...delivery }) => [id, delivery]))

/** Forgets what was settled more than a month ago. */
export const tidy = (): Promise<void> => withPlatform((tx) => removeFinished(tx, fromNow(-days(30))))
