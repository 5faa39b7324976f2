// Usernames that the rows of a file give out: each to one person, and none that somebody else at home here has, so that a look
// at the file says what taking it in would say.

import { findByIdentifier, usernameKey } from '#core/people'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'

/** By username, in the form in which it is compared, the address of the row that was first. */
export type Claims = Map<string, string>

/** Fails with `username.taken`; `personId` is whom the row is about, if they are there already. */
export const claimUsername = async (
  tx: Tx,
  claims: Claims,
  email: string,
  personId: string | null,
  username: string | null | undefined,
): Promise<void> => {
  if (!username) return
  const key = usernameKey(username)
  const holder = await findByIdentifier(tx, { kind: 'username', key })
  if ((holder && holder.id !== personId) || (claims.get(key) ?? email) !== email) fail('username.taken', 'username')
  claims.set(key, email)
}
