// Where else passkeys of a host may be used: at the other hosts of the same organization.

import { rpIdOf } from '#core/credentials'
import { addressOf, directory } from '#core/organizations'
import type { Address, Organization } from '#core/organizations/contract'
import { shownAt } from './canonical.ts'

/**
 * Browsers look at the names that hosts are registered under, and stop at the fifth
 * (https://www.w3.org/TR/webauthn-3/#sctn-related-origins). Every host may be one of its own.
 */
const most = 5

/**
 * The origins of an organization alone, the one that it is shown at first. The root's is not among those of an organization
 * that is met below it by path: others are met there too.
 */
export const relatedOrigins = (organization: Organization): string[] => {
  const own: Address = organization.parentId === null ? { form: 'root' } : { form: 'name' }
  const domains = directory()
    .hostsOf(organization.id)
    .map((host): Address => ({ form: 'domain', host }))
  const origins = [shownAt(organization), ...domains, own]
    .map((address) => addressOf(organization, address))
    .filter(({ origin, base }) => base === '' && rpIdOf(origin) !== null)
    .map(({ origin }) => origin)
  return [...new Set(origins)].slice(0, most)
}
