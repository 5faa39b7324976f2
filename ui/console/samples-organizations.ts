/** Organizations for sample pages of the console. None of these exists. */

import { type ConsolePermission, permissions } from '#core/authority/contract'
import { type Branch, type Organization, securityPolicy } from '#core/organizations/contract'
import type { OrganizationData } from './organization.tsx'
import type { OrganizationsData } from './organizations.tsx'
import type { OverviewData } from './overview.tsx'

const organization = (id: string, name: string, over: Partial<Organization> = {}): Organization => ({
  id: `org_${id}`,
  parentId: 'org_sample',
  ancestors: ['org_sample', `org_${id}`],
  handle: id,
  name,
  status: 'active',
  peopleFrom: 'own',
  signUp: 'open',
  businessSignUp: 'closed',
  secondFactorRequired: false,
  security: securityPolicy.parse({}),
  attributes: {},
  locales: ['en', 'de'],
  canonicalAddress: 'path',
  version: 1,
  ...over,
})

const longName = 'Donaudampfschifffahrtsgesellschaft für Ausflüge'

const branch = (one: Organization, depth = 0, children = 0, isOpen = false): Branch => ({
  organization: one,
  depth,
  children,
  isOpen,
  isCut: false,
})

const cargo = organization('cargo', 'Alpine Cargo', {
  attributes: { crm_id: 'A-1017', region: 'EMEA' },
  peopleFrom: 'mixed',
})

export const sampleTree: OrganizationsData = {
  branches: [
    branch(organization('alpine', 'Alpine Air'), 0, 2, true),
    branch(cargo, 1, 1, true),
    branch(organization('zurich', 'Zürich'), 2),
    branch(organization('tours', 'Alpine Tours', { peopleFrom: 'parent' }), 1),
    branch(organization('dusk', 'Dusk Ferries', { status: 'suspended' }), 0, 12),
    branch(organization('long', longName)),
  ],
  above: new Map(),
  isSearch: false,
  next: null,
  query: {},
  open: ['org_alpine', 'org_cargo'],
}

export const sampleSearch: OrganizationsData = {
  ...sampleTree,
  branches: [branch(cargo), branch(organization('zurich', 'Zürich'))],
  above: new Map([
    ['org_cargo', ['Alpine Air']],
    ['org_zurich', ['Alpine Air', 'Alpine Cargo']],
  ]),
  isSearch: true,
  query: { search: 'a' },
}

export const noTree: OrganizationsData = { ...sampleTree, branches: [] }

const everything = Object.keys(permissions) as ConsolePermission[]

export const sampleOrganization: OrganizationData = {
  organization: cargo,
  url: 'https://example.com/o/cargo',
  above: [{ id: 'org_alpine', name: 'Alpine Air' }],
  below: 3,
  people: 248,
  can: everything,
}

export const suspendedOrganization: OrganizationData = {
  ...sampleOrganization,
  organization: { ...cargo, name: longName, status: 'suspended' },
  people: null,
}

export const sampleGoes = {
  people: 248,
  memberships: 251,
  sessions: 12,
  roles: 2,
  groups: 4,
  grants: 9,
  serviceAccounts: 1,
  tokens: 1,
  invitations: 6,
  themes: 1,
  texts: 0,
  emails: 0,
  hosts: 1,
  domains: 0,
}

export const sampleOverview: OverviewData = {
  begun: { brand: true, people: true, domain: false, 'second-step': false, 'sign-in': false },
  parentName: 'Example Group',
  people: 248,
  waiting: 2,
  recoveries: 1,
  invited: 6,
  below: 3,
  addresses: [
    { url: 'https://example.com/o/example', isShown: true },
    { url: 'https://example.example.com', isShown: false },
  ],
}
