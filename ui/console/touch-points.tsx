/** The pages of the console, with the states that each can be in. */
import type { TouchPoint } from '../touch-point.ts'
import { People } from './people.tsx'
import { sampleFrame, samplePeople } from './samples.ts'
import { flowTouchPoints } from './touch-points-flows.tsx'
import { memberTouchPoints } from './touch-points-members.tsx'
import { organizationTouchPoints } from './touch-points-organizations.tsx'
import { oversightTouchPoints } from './touch-points-oversight.tsx'
import { peopleTouchPoints } from './touch-points-people.tsx'
import { recoveryTouchPoints } from './touch-points-recovery.tsx'

export const consoleTouchPoints: TouchPoint[] = [
  ...organizationTouchPoints,
  {
    screen: 'people',
    path: '/organization/people',
    audience: 'administrator',
    states: {
      default: (site) => <People site={site} frame={sampleFrame(site)} data={samplePeople(site)} />,
      empty: (site) => (
        <People
          site={site}
          frame={sampleFrame(site)}
          data={{ ...samplePeople(site), people: [], counts: { active: 0, pending: 0, suspended: 0, signedIn: 0 } }}
        />
      ),
      narrowed: (site) => (
        <People
          site={site}
          frame={sampleFrame(site)}
          data={{ ...samplePeople(site), people: [], query: { search: 'xyz', status: 'suspended' } }}
        />
      ),
    },
  },
  ...peopleTouchPoints,
  ...recoveryTouchPoints,
  ...memberTouchPoints,
  ...flowTouchPoints,
  ...oversightTouchPoints,
]
