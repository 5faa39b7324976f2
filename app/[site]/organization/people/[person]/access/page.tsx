import { explain } from '#core/access'
import { look } from '#core/roster'
import { PersonAccess } from '#ui/console/person-access'
import { consolePage } from '../../../../../_doors/console.tsx'

export default consolePage<{ person: string }>({
  here: ({ person }) => `/organization/people/${person}/access`,
  can: 'people.read',
  draw: async ({ site, by, frame, params }) => {
    const { id } = site.organization
    const { ref } = await look(id, by, params.person)
    return <PersonAccess site={site} frame={frame} explanation={await explain(id, by, ref)} />
  },
})
