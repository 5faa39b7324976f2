// Owns the people of an organization as its administrators look after them: lists, profiles, suspensions, resets, files.
// Has no table: people, access, sessions and credentials keep what it changes, each where the person lives or belongs.
// Calls those, tokens, tickets, limits, outbox and audit; called by invitations, login and whoever acts for an administrator.
//
// Who is acted on is named by their id alone, and may live elsewhere. So these functions take the organization met rather
// than a unit of work, and open their own: one there, and one at home where that is another organization.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { bulk } from './bulk.ts'
export { addExisting, change, changeKind, create, requireJoinable } from './changing.ts'
export { chosen, leftOut } from './choosing.ts'
export { csvLine } from './csv.ts'
export { csvTemplate, exportPeople } from './exporting.ts'
export { giveRole, putIntoGroup } from './giving.ts'
export { holders } from './holders.ts'
export { importPeople } from './importing.ts'
export { counts, holdings, homes, list, look } from './listing.ts'
export { nameOf, namesOf, toPerson, write } from './mail.ts'
export { tidy } from './refreshing.ts'
export { decline, remove } from './removing.ts'
export { askForNewPassword, resetPassword, resetSecondStep } from './resetting.ts'
export { approve, endSessions, resume, suspend } from './standing.ts'
