import { findGroup, groupIdsOf } from '#core/access'
import { list } from '#core/roster'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { GroupMembers } from '#ui/console/group-members'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { addressAfter, afterOf } from '../../../_asked.ts'

const at = (group: string) => `/organization/groups/${group}/add`

export default consolePage<{ group: string }>({
  here: ({ group }) => at(group),
  can: 'group.manage',
  draw: async ({ site, by, params, flash, frame, query }) => {
    const { id } = site.organization
    const group = await withOrganization(id, (tx) => findGroup(tx, by, params.group))
    if (group.rule !== null) return fail('access.group_unknown')
    const search = query.search?.slice(0, 120) || undefined
    const { people, next } = await list(id, by, { search, after: afterOf(query.after), limit: 25 })
    // Somebody who lives here and is no member of anything cannot be put into a group.
    const members = people.filter(({ membership }) => membership !== null)
    const groups = await withOrganization(id, (tx) => groupIdsOf(tx, members))
    const inside = members.flatMap(({ personId }) => (groups.get(personId)?.includes(group.id) ? [personId] : []))
    return (
      <GroupMembers
        site={site}
        frame={frame}
        data={{
          group,
          people: members,
          inside: new Set(inside),
          next: next && addressAfter(site, at(group.id), query, ['search'], next),
          query: { search, after: query.after },
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
