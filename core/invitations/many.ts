// The same thing done to many invitations: each for itself, so that one which may not be changed keeps no other waiting.

import type { Actor } from '#core/authority/contract'
import { fail, isFailure } from '#platform/failure'
import { type InvitationChange, type InvitationChanged, mostAddresses } from './contract.ts'
import { findAll, resend, revoke } from './looking.ts'

/**
 * Sends up to 500 invitations once more, or takes them back, and says of each what became of it, in the order in which they
 * were named first. Opens units of work of its own.
 */
export const changeMany = async (
  organizationId: string,
  by: Actor,
  action: InvitationChange,
  invitationIds: readonly string[],
): Promise<InvitationChanged[]> => {
  const ids = [...new Set(invitationIds)]
  if (ids.length > mostAddresses) return fail('invitations.invalid', 'invitations')
  const emails = new Map((await findAll(organizationId, by, ids)).map(({ id, email }) => [id, email]))
  const results: InvitationChanged[] = []
  for (const invitationId of ids) {
    const which = { invitationId, email: emails.get(invitationId) ?? null }
    try {
      await (action === 'resend' ? resend : revoke)(organizationId, by, invitationId)
      results.push({ ...which, isDone: true })
    } catch (error) {
      if (!isFailure(error)) throw error
      results.push({ ...which, isDone: false, code: error.code })
    }
  }
  return results
}
