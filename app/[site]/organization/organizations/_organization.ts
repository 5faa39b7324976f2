import { may } from '#core/authority'
import { type Actor, type ConsolePermission, permissions } from '#core/authority/contract'
import { addressOf, below, canonicalAddressOf, directory, find } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { counts } from '#core/roster'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import type { OrganizationData } from '#ui/console/organization'
import type { Site } from '#web/site'

export type OrganizationParams = { organization: string }

/** An organization below this one. The one that is met here has its own pages: settings, domains and so on. */
export const organizationBelow = (site: Site, by: Actor, id: string) =>
  withPlatform(async (tx) => {
    const organization = await find(tx, by, id)
    if (organization.id === site.organization.id) return fail('organizations.not_found')
    return { organization, below: await below(tx, by, id) }
  })

export const heldAt = (by: Actor, { ancestors }: Organization): ConsolePermission[] =>
  (Object.keys(permissions) as ConsolePermission[]).filter((permission) => may(by, permission, ancestors))

export const shownOrganization = async (site: Site, by: Actor, id: string): Promise<OrganizationData> => {
  const found = await organizationBelow(site, by, id)
  const { organization } = found
  const can = heldAt(by, organization)
  const people = can.includes('people.read') ? await counts(organization.id, by) : null
  const from = organization.ancestors.indexOf(site.organization.id)
  const { origin, base } = addressOf(organization, canonicalAddressOf(organization))
  return {
    ...found,
    can,
    url: `${origin}${base}`,
    people: people && people.active + people.pending + people.suspended,
    above: organization.ancestors.slice(from + 1, -1).flatMap((one) => {
      const known = directory().byId(one)
      return known ? [{ id: known.id, name: known.name }] : []
    }),
  }
}
