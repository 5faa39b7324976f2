import { require as requirePermission } from '#core/authority'
import { look } from '#core/roster'
import { fail } from '#platform/failure'
import { type Act, acts, PersonAct } from '#ui/console/person-act'
import { consolePage } from '../../../../../_doors/console.tsx'
import { answered } from '../../../../_answered.ts'
import { oneOf } from '../../../_asked.ts'

/** A page of one question; what is no question has no page. */
export default consolePage<{ person: string; act: string }>({
  here: ({ person }) => `/organization/people/${person}`,
  can: 'people.read',
  draw: async ({ site, by, flash, frame, params }) => {
    const act = oneOf(Object.keys(acts) as Act[], params.act) ?? fail('request.unknown_address')
    requirePermission(by, acts[act], site.organization.ancestors)
    const profile = await look(site.organization.id, by, params.person)
    return <PersonAct site={site} frame={frame} act={act} profile={profile} {...answered(null, flash)} />
  },
})
