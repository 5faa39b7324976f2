// Owns requests of people who have lost their second step: asked for, decided by administrators of their home, waited for, and
// completed with a link and a fresh proof; or ended by a link that says "it was not me".
// Calls people, access, credentials, sessions, sms, tickets, outbox, limits, organizations and audit; called by login, roster, the
// console, the REST interface, the toolkit and the tidying.

import type { Tx } from '#platform/database'
import { registerStatuses } from '#platform/failure'
import { failures, type RecoveryRequest } from './contract.ts'
import { deleteOf, readOpen } from './store.ts'

export { ask } from './asking.ts'
export { approve, decline, list, look, waiting } from './deciding.ts'
export { cancel, complete, confirm, lookAtCancel, lookAtFactor } from './following.ts'
export { belongings } from './store.ts'
export { sendDue, tidy } from './tidying.ts'

registerStatuses(failures)

/** What somebody at home here has asked for that is not over; null for nothing. */
export const openOf = (tx: Tx, personId: string): Promise<RecoveryRequest | null> => readOpen(tx, personId)

/** Forgets what somebody has ever asked for: they are deleted. */
export const forget = (tx: Tx, personId: string): Promise<void> => deleteOf(tx, personId)
