import { z } from 'zod'
import { addExisting, change, changeKind, create, list as listRoster, look } from '#core/roster'
import { below, list, listOf, operation } from './operation.ts'
import {
  groupIds,
  kind,
  listedPersonOf,
  listedPersonShape,
  membershipOf,
  membershipShape,
  person,
  personShape,
  profile,
  profileShape,
  status,
} from './people-shape.ts'

const email = z.string().max(254)
const givenName = z.string().max(80)
const username = z.string().max(80).nullable().describe('Where people sign in with one: 3 to 40 letters and digits')
const phone = z.string().max(40).nullable().describe('With its country code')
const locale = z.string().max(35).nullable().describe('One of the organization’s languages; null follows it')

const params = { id: '{{organization}}', person: '{{person}}' }

const ofProfile = [
  'name.required',
  'name.invalid',
  'username.invalid',
  'username.reserved',
  'username.taken',
  'username.not_used',
  'phone.invalid',
  'locale.invalid',
  'input.too_long',
  'input.control_characters',
  'roster.invalid',
]
const ofGroups = ['access.group_unknown', 'access.group_has_rule', 'authority.exceeds_own']

export const listPeople = operation({
  ...below('/people'),
  id: 'people.list',
  method: 'get',
  summary: 'List people',
  description: 'Those who live here, and those who belong here and live elsewhere.',
  can: 'people.read',
  isList: true,
  query: z.object({
    search: z
      .string()
      .max(120)
      .optional()
      .describe('What a name, in either order, a username or an address begins with'),
    kind: kind.optional(),
    status: status.optional(),
    role: z.string().max(60).optional().describe('The key of a built-in role, or the id of an own one: given here'),
    group: z.string().max(40).optional().describe('The id of a group'),
    sort: z.enum(['name', 'newest']).optional().describe('By name unless told'),
  }),
  answer: listOf(listedPersonShape),
  fails: ['access.group_unknown'],
  example: { params: { id: '{{organization}}' }, query: { status: 'active' } },
  byItself: async ({ by, organization, query, part: { limit, after } }) => {
    const from = after === null ? null : JSON.parse(after)
    const { search, kind: as, status: standing, role, group, sort } = query
    const wanted = { search, kind: as, status: standing, role, group, sort, limit, after: from }
    const { people, next } = await listRoster(organization.id, by, wanted)
    return list(people.map(listedPersonOf), next && JSON.stringify(next))
  },
})

export const createPerson = operation({
  ...below('/people'),
  id: 'people.create',
  method: 'post',
  summary: 'Create somebody',
  description: 'They live here, and choose their password themselves by the link of a mail that nobody else sees.',
  can: 'people.create',
  status: 201,
  body: z.strictObject({
    email,
    given_name: givenName,
    family_name: givenName,
    username: username.default(null),
    phone: phone.default(null),
    locale: locale.default(null),
    kind: kind.default('consumer'),
    groups: groupIds.default([]),
  }),
  answer: personShape,
  fails: ['email.invalid', 'input.missing', 'person.exists', 'roster.no_home_here', ...ofProfile, ...ofGroups],
  example: {
    params: { id: '{{organization}}' },
    body: { email: 'ada.{{run}}@example.com', given_name: 'Ada', family_name: 'Keller', kind: 'staff' },
    keeps: { person: 'id' },
  },
  byItself: async ({ by, organization, body }) => {
    const { given_name: given, family_name: family, ...wanted } = body
    const made = await create(organization.id, by, { ...wanted, givenName: given, familyName: family })
    return { ...person(made), location: `/organizations/${organization.id}/people/${made.id}` }
  },
})

export const addExistingPerson = operation({
  ...below('/people/existing'),
  id: 'people.add-existing',
  method: 'post',
  summary: 'Take in somebody who lives where this organization draws its people from',
  description: 'Of people who live anywhere else nothing is said.',
  can: 'people.create',
  status: 201,
  body: z.strictObject({ email, kind: kind.default('consumer'), groups: groupIds.default([]) }),
  answer: membershipShape,
  fails: ['email.invalid', 'person.exists', 'person.unknown', 'roster.invalid', 'roster.too_many_tries', ...ofGroups],
  example: {
    params: { id: '{{organization}}' },
    body: { email: '{{email_above}}', kind: 'staff' },
    needs: 'email_above',
  },
  byItself: async ({ by, organization, body }) => {
    const membership = await addExisting(organization.id, by, body)
    return {
      body: membershipOf(membership),
      location: `/organizations/${organization.id}/people/${membership.personId}`,
    }
  },
})

export const readPerson = operation({
  ...below('/people/{person}'),
  id: 'people.read',
  method: 'get',
  summary: 'Read somebody’s profile',
  can: 'people.read',
  answer: profileShape,
  fails: ['person.unknown'],
  example: { params },
  byItself: async ({ by, organization, params: named }) => profile(await look(organization.id, by, named.person)),
})

export const updatePerson = operation({
  ...below('/people/{person}'),
  id: 'people.update',
  method: 'patch',
  summary: 'Change what is known of somebody who lives here',
  description: 'Their address is theirs to change: it needs a proof.',
  can: 'people.update',
  wantsVersion: true,
  body: z.strictObject({
    given_name: givenName.optional(),
    family_name: givenName.optional(),
    username: username.optional(),
    phone: phone.optional(),
    locale: locale.optional(),
  }),
  answer: personShape,
  fails: [
    'person.unknown',
    'person.changed_elsewhere',
    'roster.lives_elsewhere',
    'authority.exceeds_own',
    ...ofProfile,
  ],
  example: { params, body: { family_name: 'Keller-Brunner', phone: '+41 79 555 01 42' } },
  byItself: async ({ by, organization, params: named, body, version }) => {
    const { given_name: given, family_name: family, ...rest } = body
    const wanted = {
      ...rest,
      ...(given === undefined ? {} : { givenName: given }),
      ...(family === undefined ? {} : { familyName: family }),
    }
    return person(await change(organization.id, by, named.person, wanted, version))
  },
})

export const changePersonKind = operation({
  ...below('/people/{person}/kind'),
  id: 'people.change-kind',
  method: 'put',
  summary: 'Say as what somebody belongs here',
  can: 'people.update',
  body: z.strictObject({ kind }),
  fails: ['person.unknown', 'roster.no_membership', 'authority.exceeds_own'],
  example: { params, body: { kind: 'consumer' } },
  byItself: async ({ by, organization, params: named, body }) => {
    await changeKind(organization.id, by, named.person, body.kind)
    return {}
  },
})

export const peopleOperations = [
  createPerson,
  addExistingPerson,
  listPeople,
  readPerson,
  updatePerson,
  changePersonKind,
]
