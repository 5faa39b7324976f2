// What somebody proves themselves with, for them and their programs: told, and called something else. Whatever changes more than
// a name takes a fresh proof, which no program has.

import type { Actor } from '#core/authority/contract'
import { factorsOf, renamePasskey, renameTotp } from '#core/credentials'
import type { Factors } from '#core/credentials/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { isId } from '#platform/ids'
import { personIn } from './person-in.ts'

export const ownFactors = (by: Actor): Promise<Factors> => {
  const { homeId, personId } = personIn(by)
  return withOrganization(homeId, (tx) => factorsOf(tx, personId))
}

/** Without a name it is called after its authenticator. `account.factor_unknown` for anybody else's. */
export const nameOwnPasskey = async (by: Actor, id: string, name: string | null): Promise<void> => {
  const { homeId, personId } = personIn(by)
  const isThere = isId('pky', id) && (await withOrganization(homeId, (tx) => renamePasskey(tx, by, personId, id, name)))
  if (!isThere) fail('account.factor_unknown')
}

/** Without a name it is called what every app is. */
export const nameOwnApp = async (by: Actor, name: string | null): Promise<void> => {
  const { homeId, personId } = personIn(by)
  const isThere = await withOrganization(homeId, (tx) => renameTotp(tx, by, personId, name))
  if (!isThere) fail('account.factor_unknown')
}
