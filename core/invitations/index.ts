// Owns invitations: addresses that are asked to join an organization, as what, and with what, until they do.
// Calls access, roster, people, organizations, tickets, outbox and audit; called by login, where they are accepted, and by
// whoever acts for an administrator.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { type Acceptance, accept, type Opened, open, prepare, requestAgain } from './accepting.ts'
export { invite } from './inviting.ts'
export { counts, find, list, resend, revoke } from './looking.ts'
export { domainAttribute, splitAddresses } from './rules.ts'
export { belongings } from './store.ts'
