/** Somebody, and what is done to many, for sample pages. Nobody of these exists. */
import type { Explanation, Reason } from '#core/access/contract'
import type { RosterProfile } from '#core/roster/contract'
import { longPerson, samplePerson } from '../samples.ts'
import type { UiSite } from '../site.tsx'
import type { BulkAct, BulkData } from './people-bulk.tsx'
import type { ImportReportNote } from './people-report.tsx'
import type { PersonData } from './person-parts.tsx'
import { sampleAt, sampleRoster } from './samples.ts'

const here = (site: UiSite) => ({ id: 'org_sample', handle: site.organization.handle, name: site.organization.name })
const above = { id: 'org_above', handle: 'above', name: 'Above Example' }
const ref = { homeId: 'org_sample', personId: 'per_eve' }

const membership = (over: Partial<NonNullable<RosterProfile['membership']>> = {}) => ({
  ...ref,
  id: 'mem_1',
  organizationId: 'org_sample',
  kind: 'staff' as const,
  status: 'active' as const,
  ...over,
})

const subject = { kind: 'person', homeId: ref.homeId, id: ref.personId } as const
const grants: RosterProfile['grants'] = [
  {
    id: 'grn_1',
    subject,
    role: 'people-manager',
    reach: 'subtree',
    endsAt: sampleAt('2027-03-31T23:59:59Z'),
    givenBy: 'per_owner',
    createdAt: sampleAt('2026-03-02T10:00:00Z'),
  },
  {
    id: 'grn_2',
    subject,
    role: 'rol_1',
    reach: 'organization',
    endsAt: null,
    givenBy: 'per_owner',
    createdAt: sampleAt('2026-05-12T10:00:00Z'),
  },
]

const profile = (site: UiSite, over: Partial<RosterProfile>): RosterProfile => ({
  ref,
  livesHere: true,
  home: here(site),
  ...samplePerson(site.locale),
  isEmailVerified: true,
  username: null,
  phone: '+41 79 555 01 42',
  isPhoneVerified: false,
  locale: null,
  status: 'active',
  isSuspendedAtHome: false,
  membership: membership(),
  joinedAt: sampleAt('2026-03-02T10:00:00Z'),
  lastSignInAt: sampleAt('2026-11-20T08:14:00Z'),
  passwordChangedAt: sampleAt('2026-03-03T10:00:00Z'),
  mustChangePassword: false,
  secondStepAddedAt: sampleAt('2026-09-14T10:00:00Z'),
  grants,
  groups: [
    { id: 'grp_1', name: 'Zürich', isByRule: false },
    { id: 'grp_2', name: 'Everybody on staff', isByRule: true },
  ],
  sessions: [
    {
      id: 'ses_1',
      methods: ['pwd', 'otp'],
      address: '198.51.100.23',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0',
      createdAt: sampleAt('2026-11-18T08:00:00Z'),
      lastSeenAt: sampleAt('2026-11-24T18:20:00Z'),
      deviceId: null,
    },
  ],
  version: 3,
  ...over,
})

export const samplePersonData = (site: UiSite, over: Partial<RosterProfile> = {}): PersonData => ({
  profile: profile(site, over),
  isOwn: false,
  roleNames: new Map([['rol_1', 'Night desk']]),
  roles: [{ id: 'rol_1', name: 'Night desk' }],
  mayReachDown: true,
  groups: [{ id: 'grp_3', name: 'Cabin crew' }],
  access: { entrance: 'member', canEnter: true },
})

/** Of somebody who lives above, holds nothing here, and waits. */
export const sampleWaiting = (site: UiSite): PersonData => ({
  ...samplePersonData(site, {
    ...longPerson,
    livesHere: false,
    home: above,
    status: 'pending',
    membership: membership({ kind: 'consumer', status: 'pending' }),
    isEmailVerified: false,
    lastSignInAt: null,
    grants: [],
    groups: [],
    sessions: [],
  }),
  access: { entrance: 'waiting_for_approval', canEnter: false },
})

const reason = (site: UiSite, over: Partial<Reason>): Reason => ({
  organization: here(site),
  role: 'rol_1',
  roleName: 'Night desk',
  reach: 'organization',
  through: 'person',
  group: null,
  isByRule: false,
  grantId: 'grn_2',
  givenBy: 'per_owner',
  givenAt: sampleAt('2026-05-12T10:00:00Z'),
  endsAt: null,
  ...over,
})

export const sampleExplanation = (site: UiSite, over: Partial<Explanation> = {}): Explanation => {
  const desk = reason(site, {})
  const crew = reason(site, {
    grantId: 'grn_3',
    roleName: 'Cabin lead',
    through: 'group',
    group: { id: 'grp_1', name: 'Cabin crew' },
    isByRule: true,
    endsAt: sampleAt('2027-03-31T23:59:59Z'),
  })
  const helper = reason(site, { organization: above, roleName: 'Helper', reach: 'subtree', grantId: 'grn_9' })
  return {
    organization: here(site),
    person: { ...ref, ...samplePerson(site.locale) },
    home: above,
    membership: { kind: 'staff', status: 'active' },
    entrance: 'member',
    canEnter: true,
    permissions: [
      { permission: 'audit.read', reach: 'subtree', reasons: [helper] },
      { permission: 'people.read', reach: 'subtree', reasons: [desk, crew, helper] },
      { permission: 'people.suspend', reach: 'organization', reasons: [desk] },
      { permission: 'shop:order.refund', reach: 'organization', reasons: [crew] },
    ],
    ...over,
  }
}

export const sampleBulk = (site: UiSite, act: BulkAct): BulkData => ({
  act,
  people: sampleRoster(site).map((person, index) => ({
    person,
    left: index === 0 ? 'roster.own_account' : person.status === 'pending' ? 'roster.waiting' : null,
  })),
  roles: [{ id: 'rol_1', name: 'Night desk' }],
  groups: [{ id: 'grp_1', name: 'Zürich' }],
  mayReachDown: true,
})

export const sampleReport = (over: Partial<ImportReportNote> = {}): ImportReportNote => ({
  isDryRun: true,
  created: 2,
  updated: 1,
  unchanged: 1,
  refused: 2,
  name: 'people-2026.csv',
  file: 'nte_file',
  rows: [
    { row: 2, email: 'noa@example.com', outcome: 'created' },
    { row: 3, email: longPerson.email, outcome: 'created' },
    { row: 4, email: 'sam@example.com', outcome: 'updated' },
    { row: 5, email: 'ben@example.com', outcome: 'unchanged' },
    { row: 6, email: 'hana@@example.com', outcome: 'refused', column: 'email', code: 'email.invalid' },
    { row: 7, email: '', outcome: 'refused', code: 'csv.cells' },
  ],
  ...over,
})
