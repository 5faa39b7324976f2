import { directory } from '#core/organizations'
import { PersonNew } from '#ui/console/person-new'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'
import { oneOf } from '../../_asked.ts'
import { groupsFor } from '../_people.ts'

const both = ['new', 'existing'] as const

export default consolePage({
  here: '/organization/people/new',
  can: 'people.create',
  draw: async ({ site, by, flash, frame, query }) => {
    const { id } = site.organization
    const homes = directory().homes(id)
    const isThere = { new: homes.includes(id), existing: homes.some((home) => home !== id) }
    const ways = both.filter((way) => isThere[way])
    const who = oneOf(ways, query.who) ?? ways[0] ?? 'new'
    const data = { who, ways, groups: await groupsFor(site, by) }
    return <PersonNew site={site} frame={frame} data={data} {...answered(null, flash)} />
  },
})
