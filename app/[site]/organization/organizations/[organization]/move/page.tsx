import { may } from '#core/authority'
import { list } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { MoveOrganization } from '#ui/console/organization-forms'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { namesAbove } from '../../_names.ts'
import { type OrganizationParams, organizationBelow } from '../../_organization.ts'

const most = 200

export default consolePage<OrganizationParams>({
  here: ({ organization }) => `/organization/organizations/${organization}/move`,
  can: 'organization.move',
  draw: async ({ site, by, params, flash, frame, query }) => {
    const found = await organizationBelow(site, by, params.organization)
    const search = query.search?.trim().slice(0, 80) ?? ''
    const asked = { below: site.organization.id, isDeep: true, limit: most, ...(search ? { search } : {}) }
    const { organizations } = await withPlatform((tx) => list(tx, by, asked))
    // What is below it moves along, so that it cannot stand below that.
    const fitting = [site.organization, ...organizations].filter(
      ({ id, ancestors }) =>
        may(by, 'organization.create', ancestors) &&
        !ancestors.includes(found.organization.id) &&
        id !== found.organization.id,
    )
    const above = namesAbove(site, fitting)
    const parents = fitting.map(({ id, name }) => ({ id, label: [...(above.get(id) ?? []), name].join(' › ') }))
    return (
      <MoveOrganization
        site={site}
        frame={frame}
        parents={parents}
        search={search}
        {...found}
        {...answered(null, flash)}
      />
    )
  },
})
