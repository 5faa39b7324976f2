// Owns invitations: addresses that are asked to join an organization, as what, and with what, until they do.
// Calls access, roster, people, organizations, tickets, outbox and audit; called by login, where they are accepted, by
// onboarding, and by whoever acts for an administrator.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { type Acceptance, accept, inviterNow, type Opened, open, prepare, requestAgain } from './accepting.ts'
export { history, type InvitationEvent } from './history.ts'
export { invite } from './inviting.ts'
export { counts, find, findAll, list, resend, revoke } from './looking.ts'
export { changeMany } from './many.ts'
export { provenDomains } from './proven.ts'
export { checkedMessage, domainAttribute, splitAddresses } from './rules.ts'
export { belongings } from './store.ts'
