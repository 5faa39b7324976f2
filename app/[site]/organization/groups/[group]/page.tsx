import { groupsToFill, lookAtGroup } from '#core/access'
import { list } from '#core/roster'
import { withOrganization } from '#platform/database'
import { GroupPage } from '#ui/console/group'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { addressAfter, afterOf } from '../../_asked.ts'
import { canHere, givenTo } from '../../_rights.ts'

const at = (group: string) => `/organization/groups/${group}`

export default consolePage<{ group: string }>({
  here: ({ group }) => at(group),
  can: 'people.read',
  draw: async ({ site, by, params, flash, frame, query }) => {
    const { id } = site.organization
    const { group, given, fillable } = await withOrganization(id, async (tx) => ({
      group: await lookAtGroup(tx, by, params.group),
      given: await givenTo(tx, by, { kind: 'group', id: params.group }),
      fillable: await groupsToFill(tx, by),
    }))
    const { people, next } = await list(id, by, { group: group.id, after: afterOf(query.after), limit: 50 })
    // Who decides who is in a group with a rule is the rule; that it may be deleted depends on its roles alone.
    const holdsItsRoles = given.every(({ canTakeBack }) => canTakeBack)
    return (
      <GroupPage
        site={site}
        frame={frame}
        data={{
          group,
          given,
          people,
          next: next && addressAfter(site, at(group.id), query, [], next),
          query: { after: query.after },
          canFill: group.rule === null ? fillable.some((one) => one.id === group.id) : holdsItsRoles,
          canGive: canHere(site, by, 'role.assign'),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
