// Owns requests of businesses, and knows how a business becomes an organization with its first person: by itself, invited, or
// once somebody has agreed.
// Calls organizations, people, access, credentials, tickets, limits, outbox, invitations, roster and audit; called by login,
// where a business proves its address, and by whoever acts for an administrator.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { type Founded, type Founding, found, requireFree, suggestHandles } from './founding.ts'
export { inviteBusiness, openBusinessInvitation, spendBusinessInvitation } from './inviting.ts'
export { approve, ask, decline, findRequest, listRequests, tidy } from './requests.ts'
export { businessName, typedHandle } from './rules.ts'
export { belongings } from './store.ts'
