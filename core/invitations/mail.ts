// The mail of an invitation, and the ticket behind its link. Each mail has a secret of its own, because what is kept of the
// earlier ones is their hash; all of them lead to the invitation while it waits.

import { listRoles } from '#core/access'
import { record } from '#core/audit'
import { systemActor } from '#core/authority'
import { type Actor, isBuiltInRole } from '#core/authority/contract'
import { write } from '#core/roster'
import { issue } from '#core/tickets'
import { days } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Invitation } from './contract.ts'

export const invitationPurpose = 'invitation'
/** Longer than any invitation waits without being sent again: whether it is over is said by the invitation. */
const linkMs = days(90)

export type RoleName = { key: string | null; name: string | null }

/** What roles are called: built-in ones by their key, to be named in the reader's language, own ones by their name. */
export const roleNames = async (tx: Tx, roles: Invitation['roles']): Promise<RoleName[]> => {
  const own = roles.every(({ role }) => isBuiltInRole(role)) ? [] : await listRoles(tx, systemActor)
  return roles.flatMap(({ role }): RoleName[] => {
    if (isBuiltInRole(role)) return [{ key: role, name: null }]
    const known = own.find(({ id }) => id === role)
    return known ? [{ key: null, name: known.name }] : []
  })
}

/** Who invites, and what they are called. */
export type Inviting = { actor: Actor; name: string | null }

/** Sends an invitation that was made or renewed in this unit of work. */
export const send = async (
  tx: Tx,
  by: Inviting,
  invitation: Invitation,
  { isFirst }: { isFirst: boolean },
): Promise<void> => {
  const { id, email, kind, roles, groups, message, locale, expiresAt, outboxId } = invitation
  const { expiresAt: _, ...link } = await issue(tx, {
    purpose: invitationPurpose,
    subject: id,
    data: { invitationId: id },
    lifetimeMs: linkMs,
  })
  const data = {
    inviter: by.name,
    kind,
    roles: await roleNames(tx, roles),
    message,
    expiresAt: expiresAt.toISOString(),
  }
  const options = { priority: 3, expiresAt, ...(outboxId ? { id: outboxId } : {}) }
  await write(tx, 'invitation', { to: { email }, data, link, locale }, options)
  const action = isFirst ? 'invitation.sent' : 'invitation.sent_again'
  const after = { email, kind, roles, groups, expiresAt }
  await record(tx, by.actor, action, { kind: 'invitation', id }, { after })
}
