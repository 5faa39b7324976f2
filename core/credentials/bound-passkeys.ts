// What stops working when an organization is not met at a host any more.

import { addressOf, directory } from '#core/organizations'
import type { Address } from '#core/organizations/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { PasskeysByHost } from './contract.ts'
import { countPasskeysByRpId } from './passkeys.ts'
import { rpIdOf } from './webauthn.ts'

/**
 * How many passkeys are bound to the hosts of these addresses of an organization, wherever its people live; hosts without any are
 * left out. The root's own host is shared by many: of those, only the people who live here are counted. Opens units of work of its
 * own.
 */
export const passkeysBoundTo = async (
  organizationId: string,
  addresses: readonly Address[],
): Promise<PasskeysByHost[]> => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  const hosts = new Map(
    addresses.map((address) => [rpIdOf(addressOf(organization, address).origin), address.form] as const),
  )
  const counted = new Map<string, PasskeysByHost>()
  for (const homeId of directory().homes(organizationId)) {
    for (const one of await withOrganization(homeId, countPasskeysByRpId)) {
      const form = hosts.get(one.rpId)
      const isShared = form === 'path' || form === 'root'
      if (form === undefined || (isShared && homeId !== organizationId)) continue
      const { rpId, passkeys = 0, people = 0 } = counted.get(one.rpId) ?? { rpId: one.rpId }
      counted.set(rpId, { rpId, passkeys: passkeys + one.passkeys, people: people + one.people })
    }
  }
  return [...counted.values()]
}
