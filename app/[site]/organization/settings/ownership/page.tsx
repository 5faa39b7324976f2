import { list } from '#core/roster'
import { Ownership } from '#ui/console/ownership'
import { consolePage } from '../../../../_doors/console.tsx'
import { answered } from '../../../_answered.ts'

/** More members of staff than this nobody looks through; who is not among them is made an owner on their own page. */
const most = 200

export default consolePage({
  here: '/organization/settings/ownership',
  can: 'organization.transfer',
  draw: async ({ site, by, session, flash, frame }) => {
    const { people } = await list(site.organization.id, by, { kind: 'staff', status: 'active', limit: most })
    const staff = people
      .filter(({ personId }) => personId !== session.personId)
      .map(({ personId, givenName, familyName, email }) => ({
        id: personId,
        name: `${givenName} ${familyName}`.trim() || email,
        email,
      }))
    return <Ownership site={site} frame={frame} staff={staff} {...answered(null, flash)} />
  },
})
