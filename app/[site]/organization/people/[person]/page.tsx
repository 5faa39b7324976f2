import { explain } from '#core/access'
import { look } from '#core/roster'
import { Person } from '#ui/console/person'
import { editedRows } from '#ui/console/person-parts'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { oneOf } from '../../_asked.ts'
import { groupsFor, reachesDown, rolesFor } from '../_people.ts'

export default consolePage<{ person: string }>({
  here: ({ person }) => `/organization/people/${person}`,
  can: 'people.read',
  draw: async ({ site, by, session, flash, frame, params, query }) => {
    const { id } = site.organization
    const profile = await look(id, by, params.person)
    const { names, giveable } = await rolesFor(site, by)
    const isIn = new Set(profile.groups.map((group) => group.id))
    return (
      <Person
        site={site}
        frame={frame}
        edit={oneOf(editedRows, query.edit)}
        data={{
          profile,
          isOwn: profile.ref.personId === session.personId,
          roleNames: names,
          roles: giveable,
          mayReachDown: reachesDown(site, by),
          groups: (await groupsFor(site, by)).filter((group) => !isIn.has(group.id)),
          access: await explain(id, by, profile.ref),
        }}
        told={flash?.told}
        {...answered(null, flash)}
      />
    )
  },
})
