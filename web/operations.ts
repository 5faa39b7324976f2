/**
 * The operations of the REST interface. From this list they are served, documented, collected for Postman and tested: a
 * new one is written into a file of operations/ and appears everywhere. See docs/guides/add-an-operation.md.
 */

import { serviceAccountOperations } from './operations/accounts.ts'
import { auditOperations } from './operations/audit.ts'
import { bulkOperations } from './operations/bulk.ts'
import { domainOperations } from './operations/domains.ts'
import { emailDomainOperations } from './operations/email-domains.ts'
import { explanationOperations } from './operations/explanation.ts'
import { flowOperations } from './operations/flows.ts'
import { grantOperations } from './operations/grants.ts'
import { groupOperations } from './operations/groups.ts'
import { hierarchyOperations } from './operations/hierarchy.ts'
import { invitationOperations } from './operations/invitations.ts'
import { meOperations } from './operations/me.ts'
import { myFactorOperations } from './operations/me-factors.ts'
import { mySessionOperations } from './operations/me-sessions.ts'
import { onboardingOperations } from './operations/onboarding.ts'
import type { Operation } from './operations/operation.ts'
import { organizationOperations } from './operations/organizations.ts'
import { ownershipOperations } from './operations/ownership.ts'
import { peopleOperations } from './operations/people.ts'
import { manyOperations } from './operations/people-many.ts'
import { standingOperations } from './operations/people-standing.ts'
import { recoveryOperations } from './operations/recovery.ts'
import { roleOperations } from './operations/roles.ts'
import { tokenOperations } from './operations/tokens.ts'
import { usageOperations } from './operations/usage.ts'

export type { Asked, Operation } from './operations/operation.ts'

/** In the order of the documents. */
export const operations: readonly Operation[] = [
  ...meOperations,
  ...myFactorOperations,
  ...mySessionOperations,
  ...organizationOperations,
  ...hierarchyOperations,
  ...ownershipOperations,
  ...bulkOperations,
  ...domainOperations,
  ...emailDomainOperations,
  ...peopleOperations,
  ...manyOperations,
  ...explanationOperations,
  ...standingOperations,
  ...invitationOperations,
  ...onboardingOperations,
  ...recoveryOperations,
  ...roleOperations,
  ...groupOperations,
  ...serviceAccountOperations,
  ...grantOperations,
  ...tokenOperations,
  ...flowOperations,
  ...auditOperations,
  ...usageOperations,
]

/** What an operation is about: `organizations` of `organizations.list`. */
export const resourceOf = ({ id }: Pick<Operation, 'id'>): string => id.slice(0, id.indexOf('.'))
