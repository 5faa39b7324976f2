// Where programs find the interface of an organization.

import { addressOf, canonicalAddressOf } from '#core/organizations'
import type { Site } from '#web/site'

/** The address that the organization has chosen to be shown at. */
export const interfaceOf = ({ organization }: Site): string => {
  const { origin, base } = addressOf(organization, canonicalAddressOf(organization))
  return origin + base
}
