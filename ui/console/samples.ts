/** People and things for sample pages of the console. Nobody of these exists. */
import { type ConsolePermission, permissions } from '#core/authority/contract'
import type { RosterPerson } from '#core/roster/contract'
import { longPerson, samplePerson } from '../samples.ts'
import type { UiSite } from '../site.tsx'
import type { ConsoleFrameData } from './frame.tsx'
import type { PeopleData } from './people.tsx'

export const sampleAt = (iso: string) => new Date(iso)

/** Somebody who may do everything. */
export const sampleFrame = (site: UiSite): ConsoleFrameData => ({
  person: samplePerson(site.locale),
  can: Object.keys(permissions) as ConsolePermission[],
})

const person = (id: string, over: Partial<RosterPerson>): RosterPerson => ({
  personId: `per_${id}`,
  homeId: 'org_sample',
  email: `${id}@example.com`,
  givenName: 'Ben',
  familyName: 'Okafor',
  username: null,
  locale: null,
  kind: 'consumer',
  membership: 'active',
  isSuspendedAtHome: false,
  status: 'active',
  joinedAt: sampleAt('2026-03-02T10:00:00Z'),
  lastSignInAt: sampleAt('2026-11-20T08:14:00Z'),
  livesHere: true,
  ...over,
})

export const sampleRoster = (site: UiSite): RosterPerson[] => [
  person('owner', { ...samplePerson(site.locale), kind: 'staff' }),
  person('ben', {}),
  person('eve', { givenName: 'Eve', familyName: 'Marchetti', kind: 'staff', lastSignInAt: null }),
  person('sam', { givenName: 'Sam', familyName: 'Whitlock', status: 'suspended', membership: 'suspended' }),
  person('sofia', {
    givenName: 'Sofia',
    familyName: 'Haddad',
    status: 'pending',
    membership: 'pending',
    livesHere: false,
  }),
  person('long', longPerson),
]

export const samplePeople = (site: UiSite): PeopleData => ({
  people: sampleRoster(site),
  holdings: new Map([
    ['per_owner', { roles: [{ role: 'owner', name: null }], groups: [] }],
    [
      'per_eve',
      {
        roles: [
          { role: 'people-manager', name: null },
          { role: 'rol_1', name: 'Night desk' },
        ],
        groups: ['Zürich'],
      },
    ],
    ['per_ben', { roles: [], groups: ['Cabin crew', 'Zürich'] }],
  ]),
  counts: { active: 239, pending: 6, suspended: 3, signedIn: 201 },
  recoveries: 2,
  invited: 6,
  next: '/organization/people?after=x',
  query: {},
  roles: [{ value: 'owner', name: null }],
  groups: [{ id: 'grp_1', name: 'Zürich' }],
})
