/** The pages of the console about businesses that ask, and about handing the organization over. */
import type { BusinessRequest } from '#core/onboarding/contract'
import type { TouchPoint } from '../touch-point.ts'
import { Business, InviteBusiness } from './business.tsx'
import { Businesses, businessesPath } from './businesses.tsx'
import { Ownership } from './ownership.tsx'
import { sampleFrame } from './samples.ts'

const audience = 'administrator' as const

const request: BusinessRequest = {
  id: 'brq_sample',
  name: 'Glacier Tours',
  handle: 'glacier',
  email: 'noa@glacier.example',
  givenName: 'Noa',
  familyName: 'Berg',
  locale: 'en',
  status: 'waiting',
  createdAt: new Date('2026-11-20T08:14:00Z'),
  decidedAt: null,
  organizationId: null,
}
const requests: BusinessRequest[] = [
  request,
  { ...request, id: 'brq_in', name: 'Pier 24', handle: 'pier-24', status: 'approved', organizationId: 'org_pier' },
  { ...request, id: 'brq_out', name: 'Donaudampfschifffahrtsgesellschaft für Ausflüge', status: 'declined' },
]

export const businessTouchPoints: TouchPoint[] = [
  {
    screen: 'businesses',
    path: businessesPath,
    audience,
    states: {
      default: (site) => (
        <Businesses site={site} frame={sampleFrame(site)} data={{ requests, next: null, query: {} }} />
      ),
      empty: (site) => (
        <Businesses site={site} frame={sampleFrame(site)} data={{ requests: [], next: null, query: {} }} />
      ),
    },
  },
  {
    screen: 'business',
    path: `${businessesPath}/brq_sample`,
    audience,
    states: {
      default: (site) => <Business site={site} frame={sampleFrame(site)} request={request} />,
      error: (site) => (
        <Business
          site={site}
          frame={sampleFrame(site)}
          request={request}
          values={{ handle: 'alpine' }}
          failure={{ code: 'organizations.handle_taken', field: 'handle' }}
        />
      ),
      decided: (site) => (
        <Business
          site={site}
          frame={sampleFrame(site)}
          request={{ ...request, status: 'approved', organizationId: 'org_glacier' }}
        />
      ),
    },
  },
  {
    screen: 'invite-business',
    path: '/organization/organizations/invite',
    audience,
    states: {
      default: (site) => <InviteBusiness site={site} frame={sampleFrame(site)} languages={['en', 'de']} />,
    },
  },
  {
    screen: 'ownership',
    path: '/organization/settings/ownership',
    audience,
    states: {
      default: (site) => (
        <Ownership
          site={site}
          frame={sampleFrame(site)}
          staff={[{ id: 'per_eve', name: 'Eve Marchetti', email: 'eve@example.com' }]}
        />
      ),
    },
  },
]
