import { counts, list } from '#core/invitations'
import { withOrganization } from '#platform/database'
import { Invitations } from '#ui/console/invitations'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf, oneOf } from '../_asked.ts'
import { namesOfRoles } from '../_rights.ts'
import { resultsIn } from './_results.ts'

const here = '/organization/invitations'

export default consolePage({
  here,
  can: 'invitation.manage',
  draw: async ({ site, by, flash, frame, query }) => {
    const { id } = site.organization
    const asked = {
      search: query.search?.slice(0, 254) || undefined,
      state: oneOf(['expired', 'accepted', 'revoked'], query.state),
    }
    const after = afterOf(query.after)
    const { invitations, next } = await list(id, by, {
      search: asked.search,
      state: asked.state ?? 'pending',
      after: after && { at: after.key, id: after.id },
      limit: 50,
    })
    return (
      <Invitations
        site={site}
        frame={frame}
        data={{
          invitations,
          counts: await counts(id, by),
          roleNames: await withOrganization(id, namesOfRoles),
          next: next && addressAfter(site, here, query, ['search', 'state'], { key: next.at, id: next.id }),
          query: { ...asked, after: query.after },
          results: resultsIn(flash),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
