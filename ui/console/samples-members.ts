/** Invitations, groups, roles and programs for sample pages of the console. None of them exists. */
import type { GiveableRole, GroupView, OwnRole, RoleHolders } from '#core/access/contract'
import { builtInRoles } from '#core/authority/contract'
import type { InvitationView } from '#core/invitations/contract'
import type { AccountView, ApiToken } from '#core/tokens/contract'
import { longPerson } from '../samples.ts'
import type { UiSite } from '../site.tsx'
import type { Given } from './given.tsx'
import type { GroupData } from './group.tsx'
import type { InvitationData } from './invitation.tsx'
import type { InvitationsData } from './invitations.tsx'
import type { InviteData } from './invite.tsx'
import type { ProgramData } from './program.tsx'
import type { RoleData } from './role.tsx'
import { sampleAt as at, sampleRoster } from './samples.ts'

const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

const invitation = (id: string, over: Partial<InvitationView>): InvitationView => ({
  id: `inv_${id}`,
  organizationId: 'org_sample',
  email: `${id}@example.com`,
  kind: 'staff',
  roles: [],
  groups: [],
  message: '',
  locale: null,
  inviter: { kind: 'person', homeId: 'org_sample', id: 'per_eve', name: 'Eve Marchetti' },
  createdAt: at('2026-11-22T09:00:00Z'),
  lifetimeDays: 7,
  expiresAt: at('2026-11-29T09:00:00Z'),
  lastSentAt: at('2026-11-22T09:00:00Z'),
  sends: 1,
  requestedAt: null,
  acceptedAt: null,
  acceptedBy: null,
  state: 'pending',
  delivery: { status: 'done', attempts: 1, error: null, finishedAt: at('2026-11-22T09:00:04Z') },
  ...over,
})

const dead = { status: 'dead', attempts: 1, error: '550 5.1.1 No such mailbox here', finishedAt: null } as const

export const sampleInvitation = invitation('noor', {
  roles: [{ role: 'people-manager', reach: 'subtree' }],
  message: 'See you on Monday!',
  locale: 'de',
  delivery: dead,
})

export const sampleInvitations: InvitationsData = {
  invitations: [
    sampleInvitation,
    invitation('luca', { kind: 'consumer', delivery: { ...dead, status: 'waiting', attempts: 0, error: null } }),
    invitation('mireille', { sends: 3 }),
    invitation('jonas', { requestedAt: at('2026-11-23T09:00:00Z') }),
    invitation('long', {
      email: longPerson.email,
      roles: [{ role: 'rol_1', reach: 'organization' }],
      inviter: { kind: 'service', homeId: 'org_sample', id: 'sva_1', name: null },
    }),
  ],
  counts: { pending: 5, expired: 2, accepted: 243, revoked: 1 },
  roleNames: { rol_1: longName },
  next: '/organization/invitations?after=x',
  query: {},
  results: [],
}

export const sampleInvitationData: InvitationData = {
  invitation: sampleInvitation,
  roleNames: {},
  groups: ['Zürich'],
  history: [
    { id: 'aud_2', at: at('2026-11-23T10:00:00Z'), what: 'sent_again', by: 'person', name: 'Ada Lindqvist' },
    { id: 'aud_1', at: at('2026-11-22T09:00:00Z'), what: 'sent', by: 'person', name: 'Eve Marchetti' },
  ],
}

export const sampleGiveable: GiveableRole[] = [
  ...Object.entries(builtInRoles).map(
    ([role, permissions]): GiveableRole => ({
      role,
      name: null,
      permissions: [...permissions],
      reach: 'subtree',
    }),
  ),
  { role: 'rol_1', name: longName, permissions: ['people.read'], reach: 'organization' },
]

export const sampleInvite: InviteData = {
  roles: sampleGiveable,
  groups: [
    { id: 'grp_1', name: 'Zürich' },
    { id: 'grp_2', name: longName },
  ],
  domains: ['example.com'],
  isBound: false,
  wrong: [],
  outside: [],
}

const group = (id: string, over: Partial<GroupView>): GroupView => ({
  id: `grp_${id}`,
  name: 'Zürich',
  description: 'Ground staff of the north side',
  rule: null,
  version: 1,
  members: 12,
  roles: [],
  ...over,
})

export const sampleGroups: GroupView[] = [
  group('1', { roles: [{ role: 'auditor', name: null }] }),
  group('2', {
    name: 'Everybody at headquarters',
    description: '',
    rule: { attribute: 'email_domain', operator: 'is', value: 'example.com' },
    members: 1240,
  }),
  group('3', { name: longName, rule: { attribute: 'kind', operator: 'is_not', value: 'staff' }, members: 0 }),
]
export const sampleGroup = group('1', { roles: [{ role: 'auditor', name: null }] })

export const sampleGiven: Given[] = [
  { id: 'grn_1', role: 'auditor', name: null, reach: 'subtree', endsAt: at('2027-03-01T00:00:00Z'), canTakeBack: true },
  { id: 'grn_2', role: 'rol_1', name: longName, reach: 'organization', endsAt: null, canTakeBack: false },
]

export const sampleGroupData = (site: UiSite): GroupData => ({
  group: sampleGroup,
  given: sampleGiven,
  people: sampleRoster(site).slice(0, 4),
  next: null,
  query: {},
  canFill: true,
  canGive: true,
})

export const sampleRole: OwnRole = {
  id: 'rol_1',
  key: 'night-desk',
  name: 'Night desk',
  description: 'From ten to six',
  permissions: ['organization.read', 'people.read', 'shop:order.refund'],
  version: 3,
}

export const sampleHolders: ReadonlyMap<string, RoleHolders> = new Map([
  ['owner', { person: 2, group: 0, service: 0 }],
  ['auditor', { person: 0, group: 1, service: 1 }],
])

export const sampleRoleData: RoleData = {
  id: 'rol_1',
  name: sampleRole.name,
  lead: sampleRole.description,
  permissions: sampleRole.permissions,
  own: sampleRole,
  holders: [
    {
      grantId: 'grn_1',
      kind: 'person',
      id: 'per_1',
      name: 'Ben Okafor',
      email: 'ben@example.com',
      reach: 'organization',
      endsAt: null,
    },
    { grantId: 'grn_2', kind: 'group', id: 'grp_1', name: longName, email: null, reach: 'subtree', endsAt: null },
  ],
  next: null,
  query: {},
  canChange: true,
  canTakeBack: true,
}

const program = (id: string, over: Partial<AccountView>): AccountView => ({
  id: `sva_${id}`,
  name: 'Nightly import',
  description: 'Runs at two in the morning',
  status: 'active',
  version: 1,
  createdAt: at('2026-03-02T10:00:00Z'),
  tokens: 2,
  lastUsedAt: at('2026-11-24T02:00:00Z'),
  ...over,
})

export const samplePrograms: AccountView[] = [
  program('1', {}),
  program('2', { name: longName, status: 'suspended', tokens: 0, lastUsedAt: null }),
]
export const sampleProgram = program('1', {})

export const sampleToken = (over: Partial<ApiToken> = {}): ApiToken => ({
  id: 'tok_1',
  accountId: 'sva_1',
  name: 'Server in Zürich',
  scopes: ['people.read', 'people.create'],
  createdAt: at('2026-03-02T10:00:00Z'),
  expiresAt: at('2100-05-31T10:00:00Z'),
  lastUsedAt: at('2026-11-24T02:00:00Z'),
  revokedAt: null,
  ...over,
})

export const sampleProgramData: ProgramData = {
  program: sampleProgram,
  given: sampleGiven,
  canGive: true,
  tokens: [
    sampleToken(),
    sampleToken({ id: 'tok_2', name: longName, expiresAt: at('2026-01-01T00:00:00Z'), lastUsedAt: null }),
    sampleToken({ id: 'tok_3', name: 'Lost laptop', revokedAt: at('2026-04-01T00:00:00Z') }),
  ],
  newToken: null,
  address: 'https://id.example.com',
}
