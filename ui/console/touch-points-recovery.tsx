/** The pages of the console about people who have lost their second step. */
import type { RecoveryView } from '#core/recovery/contract'
import type { TouchPoint } from '../touch-point.ts'
import { Recoveries, recoveriesPath } from './recoveries.tsx'
import { Recovery } from './recovery.tsx'
import { sampleAt, sampleFrame } from './samples.ts'

const audience = 'administrator' as const

const request: RecoveryView = {
  id: 'rcv_sample',
  homeId: 'org_sample',
  personId: 'per_ben',
  metId: 'org_sample',
  address: { form: 'path' },
  locale: 'en',
  reason: 'My phone was stolen on the train, and the codes were in the same bag.',
  askedFrom: '198.51.100.23',
  userAgent: null,
  status: 'waiting',
  createdAt: sampleAt('2026-11-24T18:20:00Z'),
  expiresAt: sampleAt('2026-12-01T18:20:00Z'),
  decidedAt: null,
  decidedBy: null,
  note: null,
  readyAt: null,
  linkSentAt: null,
  person: {
    email: 'ben@example.com',
    givenName: 'Ben',
    familyName: 'Okafor',
    createdAt: sampleAt('2025-03-02T10:00:00Z'),
    lastSignInAt: sampleAt('2026-11-20T08:14:00Z'),
    passwordChangedAt: sampleAt('2026-03-03T10:00:00Z'),
    secondStepAddedAt: sampleAt('2026-09-14T10:00:00Z'),
    status: 'active',
  },
  decidedByName: null,
  canDecide: true,
}
const long: RecoveryView = {
  ...request,
  id: 'rcv_long',
  status: 'approved',
  reason: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenverlust'.repeat(4),
  decidedAt: sampleAt('2026-11-24T19:00:00Z'),
  decidedByName: 'Noor Haddad',
  note: 'Called them at the number in the contract.',
  readyAt: sampleAt('2026-11-25T19:00:00Z'),
}
const requests: RecoveryView[] = [
  request,
  long,
  { ...request, id: 'rcv_no', status: 'declined' },
  { ...request, id: 'rcv_stop', status: 'cancelled' },
]

export const recoveryTouchPoints: TouchPoint[] = [
  {
    screen: 'recoveries',
    path: recoveriesPath,
    audience,
    states: {
      default: (site) => (
        <Recoveries site={site} frame={sampleFrame(site)} data={{ requests, next: null, query: {} }} />
      ),
      empty: (site) => (
        <Recoveries site={site} frame={sampleFrame(site)} data={{ requests: [], next: null, query: {} }} />
      ),
    },
  },
  {
    screen: 'recovery',
    path: `${recoveriesPath}/rcv_sample`,
    audience,
    states: {
      default: (site) => <Recovery site={site} frame={sampleFrame(site)} request={request} waitHours={24} />,
      error: (site) => (
        <Recovery
          site={site}
          frame={sampleFrame(site)}
          request={request}
          waitHours={24}
          edit="decline"
          failure={{ code: 'input.missing', field: 'reason' }}
        />
      ),
      approving: (site) => (
        <Recovery site={site} frame={sampleFrame(site)} request={request} waitHours={24} edit="approve" />
      ),
      decided: (site) => <Recovery site={site} frame={sampleFrame(site)} request={long} waitHours={24} />,
      'not-yours': (site) => (
        <Recovery site={site} frame={sampleFrame(site)} request={{ ...request, canDecide: false }} waitHours={24} />
      ),
    },
  },
]
