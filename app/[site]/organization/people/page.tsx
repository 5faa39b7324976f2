import { listGroups, listRoles } from '#core/access'
import { may } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { counts as invitationCounts } from '#core/invitations'
import { waiting } from '#core/recovery'
import { counts, holdings, list } from '#core/roster'
import { withOrganization } from '#platform/database'
import { People } from '#ui/console/people'
import { consolePage } from '../../../_doors/console.tsx'
import { answered } from '../../_answered.ts'
import { addressAfter, afterOf } from '../_asked.ts'
import { rosterWish } from '../_roster.ts'

const here = '/organization/people'
const narrowed = ['search', 'status', 'kind', 'role', 'group', 'sort'] as const

export default consolePage({
  here,
  can: 'people.read',
  draw: async ({ site, by, flash, frame, query }) => {
    const { id, ancestors } = site.organization
    const asked = rosterWish(query)
    const { people, next } = await list(id, by, { ...asked, after: afterOf(query.after), limit: 50 })
    const mayInvite = may(by, 'invitation.manage', ancestors)
    const { roles, groups } = await withOrganization(id, async (tx) => ({
      roles: may(by, 'organization.read', ancestors) ? await listRoles(tx, by) : [],
      groups: may(by, 'organization.read', ancestors) ? await listGroups(tx, by) : [],
    }))
    return (
      <People
        site={site}
        frame={frame}
        data={{
          people,
          holdings: await holdings(id, by, people),
          counts: await counts(id, by),
          recoveries: may(by, 'people.reset', ancestors) ? await waiting(id, by) : null,
          invited: mayInvite ? (await invitationCounts(id, by)).pending : null,
          next: next && addressAfter(site, here, query, narrowed, next),
          query: { ...asked, after: query.after },
          roles: [
            ...Object.keys(builtInRoles).map((value) => ({ value, name: null })),
            ...roles.map((role) => ({ value: role.id, name: role.name })),
          ],
          groups,
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
