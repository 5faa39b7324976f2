import { addressOf, canonicalAddressOf, directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { fail } from '#platform/failure'

/** The organization that somebody names by its handle, or by its id. */
export const organizationCalled = (name: string): Organization =>
  directory().byHandle(name) ?? directory().byId(name) ?? fail('organizations.not_found', undefined, { handle: name })

/** Those that a command is about: the one that is named, or all of them. */
export const organizationsCalled = (name: string | undefined): Organization[] =>
  name === undefined ? directory().all() : [organizationCalled(name)]

/** Where it is met, as it is typed into a browser. */
export const placeOf = (organization: Organization): string => {
  const { origin, base } = addressOf(organization, canonicalAddressOf(organization))
  return `${origin}${base}`
}
