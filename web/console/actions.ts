/**
 * The forms of the console: every operation that changes something has one, or a reason why it has none. A test compares
 * the two, so that what programs can do people can do as well, by the same checks and with the same record.
 */

import type { Operation } from '../operations/operation.ts'
import { operations } from '../operations.ts'
import type { Action } from './action.ts'
import { auditActions } from './actions/audit.ts'
import { businessActions } from './actions/businesses.ts'
import { domainActions } from './actions/domains.ts'
import { flowActions } from './actions/flows.ts'
import { grantActions, groupActions } from './actions/groups.ts'
import { invitationActions } from './actions/invitations.ts'
import { organizationActions } from './actions/organizations.ts'
import { peopleActions } from './actions/people.ts'
import { programActions } from './actions/programs.ts'
import { recoveryActions } from './actions/recovery.ts'
import { roleActions } from './actions/roles.ts'
import { settingsActions } from './actions/settings.ts'

export const actions: readonly Action[] = [
  ...organizationActions,
  ...businessActions,
  ...peopleActions,
  ...recoveryActions,
  ...invitationActions,
  ...groupActions,
  ...roleActions,
  ...programActions,
  ...grantActions,
  ...flowActions,
  ...domainActions,
  ...auditActions,
  ...settingsActions,
]

export type Door = { action: Action; operation: Operation }

const doors: ReadonlyMap<string, Door> = new Map(
  actions.map((action) => {
    const operation = operations.find(({ id }) => id === action.operation)
    if (!operation) throw new Error(`no operation is called ${action.operation}`)
    return [action.name ?? action.operation, { action, operation }]
  }),
)

/** The form that is sent to a name; undefined where there is none. */
export const actionOf = (name: string): Door | undefined => doors.get(name)
