// Whose passkey it is that somebody brings to an organization. Asked the same questions whoever it is, and if it is nobody's.

import { findPasskey, userHandleOf } from '#core/credentials'
import type { AuthenticationResponse, KnownPasskey } from '#core/credentials/contract'
import { directory } from '#core/organizations'
import { find, standing } from '#core/people'
import type { Person } from '#core/people/contract'
import { withOrganization } from '#platform/database'

export type Holder = {
  passkey: KnownPasskey
  person: Person
  /** Active, and may be signed in here. */
  isMember: boolean
  /** Has signed up, and nobody has agreed yet. */
  isWaiting: boolean
}

const nobody = 'per_nobody'

const lookAtHome = (homeId: string, credentialId: string) =>
  withOrganization(homeId, async (tx) => {
    const passkey = await findPasskey(tx, credentialId)
    const person = await find(tx, passkey?.personId ?? nobody)
    return passkey && person && { passkey, person }
  })

/**
 * The person with a passkey, looked for in the order in which this organization looks for people. Authenticators choose the ids
 * of passkeys, so that two homes may know the same one: it is of whoever the answer says.
 */
export const holderOf = async (
  organizationId: string,
  { id, response }: AuthenticationResponse,
): Promise<Holder | null> => {
  const found: Pick<Holder, 'passkey' | 'person'>[] = []
  for (const homeId of directory().homes(organizationId)) {
    const known = await lookAtHome(homeId, id)
    if (known) found.push(known)
  }
  const holder = found.find(({ passkey }) => userHandleOf(passkey) === response.userHandle) ?? found[0] ?? null
  const ref = holder ? holder.passkey : { homeId: organizationId, personId: nobody }
  const status = await withOrganization(organizationId, (tx) => standing(tx, ref))
  if (!holder) return null
  const isActive = holder.person.status === 'active'
  return { ...holder, isMember: isActive && status === 'active', isWaiting: isActive && status === 'pending' }
}
