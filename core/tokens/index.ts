// Owns service accounts and API tokens: programs that act for an organization, and how they prove it. What an account
// holds is given to it as to a person, by access; a token narrows that, and never widens it.
// Calls authority, organizations, access and audit; called by the REST interface, by the console and by the toolkit.

import { days, fromNow } from '#platform/clock'
import type { Tx } from '#platform/database'
import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'
import { removeLongOver } from './store.ts'

export {
  createAccount,
  findAccount,
  giveRole,
  listAccounts,
  ownAccount,
  removeAccount,
  resumeAccount,
  suspendAccount,
  updateAccount,
} from './accounts.ts'
export { belongings } from './store.ts'
export { authenticate, createToken, listTokens, revokeToken } from './tokens.ts'

registerStatuses(failures)

/** Forgets tokens that have been over for three months. */
export const tidy = (tx: Tx): Promise<void> => removeLongOver(tx, fromNow(-days(90)))
