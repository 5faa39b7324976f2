// What a worker does with rows: takes them under a lease, keeps them, and says what became of each.

import { withPlatform } from '#platform/database'
import type { ClaimWish, OutboxRow } from './contract.ts'
import { claimDue, extendLease, settle } from './store.ts'

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
