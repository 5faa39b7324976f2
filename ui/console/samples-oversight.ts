/** A trail, figures and domains for sample pages of the console. Nothing of it has happened. */
import type { AuditAction, AuditRecord, AuditStanding } from '#core/audit/contract'
import { type Organization, securityPolicy } from '#core/organizations/contract'
import type { Names } from '#core/oversight/contract'
import { longPerson, samplePerson } from '../samples.ts'
import type { UiSite } from '../site.tsx'
import type { AuditData } from './audit.tsx'
import type { DomainStanding } from './domain-states.tsx'
import type { DomainsData } from './domains.tsx'
import { sampleAt } from './samples.ts'
import type { UsageData } from './usage.tsx'

let count = 0
const happened = (action: AuditAction, target: AuditRecord['target'], over: Partial<AuditRecord> = {}): AuditRecord => {
  count += 1
  return {
    id: `aud_sample${String(1000 - count)}`,
    at: sampleAt('2026-11-23T17:05:00Z'),
    actor: { kind: 'person', homeId: 'org_sample', id: 'per_owner' },
    action,
    target,
    address: '198.51.100.23',
    requestId: null,
    device: { browser: 'Firefox', system: 'macOS' },
    details: {},
    ...over,
  }
}

const organization = { kind: 'organization', id: 'org_sample' }
const records: AuditRecord[] = [
  happened('organization.changed', organization, {
    details: {
      before: { secondFactorRequired: false, signUp: 'open', locales: ['en'] },
      after: { secondFactorRequired: true, signUp: 'approval', locales: ['en', 'de'] },
    },
  }),
  happened(
    'invitation.sent',
    { kind: 'invitation', id: 'inv_1' },
    { details: { after: { email: 'noor@example.com', kind: 'staff', roles: [] } } },
  ),
  happened(
    'service_account.created',
    { kind: 'service_account', id: 'sva_1' },
    { details: { after: { name: '<b>CRM</b>', secret: '[masked]' } } },
  ),
  happened(
    'session.refused',
    { kind: 'account', id: 'x' },
    { actor: { kind: 'visitor', homeId: null, id: null }, details: { why: 'login.wrong_credentials' } },
  ),
  happened(
    'person.suspended',
    { kind: 'person', id: 'per_long' },
    {
      at: sampleAt('2026-11-22T16:30:00Z'),
      actor: { kind: 'person', homeId: 'org_above', id: 'per_above' },
      details: { reason: 'Left the company' },
    },
  ),
  happened(
    'role.given',
    { kind: 'person', id: 'per_gone' },
    {
      at: sampleAt('2026-11-20T09:12:00Z'),
      details: { after: { role: 'auditor', reach: 'organization', endsAt: null } },
    },
  ),
  happened(
    'membership.added',
    { kind: 'membership', id: 'mem_1' },
    {
      at: sampleAt('2026-03-20T09:12:00Z'),
      actor: { kind: 'system', homeId: null, id: null },
      address: null,
      device: { browser: null, system: null },
      details: null,
    },
  ),
]

const namesOf = (site: UiSite): Names => {
  const { givenName, familyName, email } = samplePerson(site.locale)
  return new Map([
    ['per_owner', { name: `${givenName} ${familyName}`, email }],
    ['per_long', { name: `${longPerson.givenName} ${longPerson.familyName}`, email: longPerson.email }],
    ['per_above', { name: 'Rita Sørensen', from: 'Skyway' }],
    ['org_sample', { name: site.organization.name }],
  ])
}

export const sampleStanding: AuditStanding = {
  retentionDays: 730,
  sealedUpTo: { id: 'aud_sample995', at: sampleAt('2026-11-22T16:30:00Z') },
  check: { at: sampleAt('2026-11-23T17:00:00Z'), records: 1284, faults: 0, unsealed: 3 },
}

export const sampleAudit = (site: UiSite): AuditData => ({
  records,
  names: namesOf(site),
  standing: sampleStanding,
  next: '/organization/audit?after=x',
  query: { open: records[0]?.id },
  person: null,
  now: sampleAt('2026-11-23T18:30:00Z'),
})

export const sampleUsage = (): UsageData => {
  const days = Array.from({ length: 30 }, (_, index) => ({
    day: new Date(Date.UTC(2026, 9, 25 + index)).toISOString().slice(0, 10),
    people: index < 4 ? null : 231 + Math.floor(index / 2),
    signIns: (index * 37) % 61,
    mails: (index * 11) % 23,
  }))
  const sum = (of: 'signIns' | 'mails') => days.reduce((all, day) => all + day[of], 0)
  const before = { people: null, signIns: 640, mails: sum('mails') }
  return { usage: { people: 245, signIns: sum('signIns'), mails: sum('mails'), days, before }, query: {} }
}

export const sampleOrganization = (site: UiSite): Organization => ({
  id: 'org_sample',
  parentId: 'org_above',
  ancestors: ['org_above', 'org_sample'],
  handle: site.organization.handle,
  name: site.organization.name,
  status: 'active',
  peopleFrom: 'mixed',
  signUp: 'approval',
  businessSignUp: 'closed',
  secondFactorRequired: true,
  security: securityPolicy.parse({ sessionIdleMinutes: 480, identifiers: ['email', 'username'] }),
  attributes: { crm_id: 'A-1017', plan: 'gold' },
  locales: site.organization.locales,
  canonicalAddress: 'path',
  version: 4,
})

const standing = (name: string, over: Partial<DomainStanding> = {}): DomainStanding => ({
  name,
  isProven: false,
  record: { name: `_livery.${name}`, value: 'livery-verification=4qk2v8m1n7c3x9z5b6a0' },
  checkedAt: null,
  evidence: null,
  ...over,
})

export const sampleHost = standing('account.air7.example', {
  checkedAt: sampleAt('2026-11-23T17:00:00Z'),
  evidence: [
    { resolver: 'system', values: [], error: 'ENOTFOUND' },
    { resolver: '192.0.2.53', values: ['v=spf1 -all'], error: null },
    { resolver: '198.51.100.53', values: [], error: 'ETIMEOUT' },
  ],
})
export const sampleProven = standing('air7.example', { isProven: true, checkedAt: sampleAt('2026-11-20T17:00:00Z') })

/** Bound to one host. */
export const samplePasskeys = { rpId: 'air7.example.net', passkeys: 3, people: 1 }

export const sampleDomains = (site: UiSite): DomainsData => {
  const { handle } = site.organization
  return {
    addresses: [
      { form: 'path', url: `https://example.net/o/${handle}`, choice: 'path', isMain: true },
      { form: 'name', url: `https://${handle}.example.net`, choice: 'name', isMain: false },
    ],
    passkeys: [samplePasskeys, { rpId: 'example7.net', passkeys: 1204, people: 987 }],
    hosts: [sampleHost, standing('login.a-very-long-department-name.international.example.com')],
    emails: [{ ...sampleProven, joinsAs: 'staff' }],
  }
}
