// Roles and groups, for somebody who is named by their id alone: access decides, as for one whose home is known.

import { addToGroup, give } from '#core/access'
import type { NewGrant } from '#core/access/contract'
import type { Actor } from '#core/authority/contract'
import { withOrganization } from '#platform/database'
import { findTarget } from './target.ts'

/** Gives a role to somebody who belongs here. Opens units of work of its own. */
export const giveRole = async (
  organizationId: string,
  by: Actor,
  personId: string,
  wanted: NewGrant,
): Promise<void> => {
  const { ref } = await findTarget(organizationId, by, 'role.assign', personId)
  const subject = { kind: 'person', homeId: ref.homeId, id: personId } as const
  await withOrganization(organizationId, (tx) => give(tx, by, subject, wanted))
}

/** Puts somebody who belongs here into a group without a rule. Opens units of work of its own. */
export const putIntoGroup = async (
  organizationId: string,
  by: Actor,
  personId: string,
  group: string,
): Promise<void> => {
  const { ref } = await findTarget(organizationId, by, 'group.manage', personId)
  await withOrganization(organizationId, (tx) => addToGroup(tx, by, group, ref))
}
