import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import type { Site } from '#web/site'

/** Names of what stands between this organization and each of these: from below this one down to its parent. */
export const namesAbove = (site: Site, organizations: readonly Organization[]): ReadonlyMap<string, string[]> =>
  new Map(
    organizations.map(({ id, ancestors }) => {
      const from = ancestors.indexOf(site.organization.id)
      const between = ancestors.slice(from + 1, -1)
      return [id, between.flatMap((one) => directory().byId(one)?.name ?? [])]
    }),
  )
