// Owns audit_records, audit_details, audit_seals and audit_keeping: what happened in an organization, append-only and sealed.
// Calls authority; called by every module that writes, in the transaction of the change.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

export { check, checkDue, retainDue, setRetention, standing } from './keeping.ts'
export { eraseAbout, happenedByDay, list, record, retain } from './recording.ts'
export { seal, verify } from './seals.ts'
export { belongings } from './store.ts'

registerStatuses(failures)
