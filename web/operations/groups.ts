import { z } from 'zod'
import {
  addToGroup,
  createGroup,
  findGroup,
  listGroups,
  listMembers,
  removeFromGroup,
  removeGroup,
  updateGroup,
} from '#core/access'
import { type Group, groupRule } from '#core/access/contract'
import type { PersonRef } from '#core/people/contract'
import { type Answered, below, list, listOf, operation, pageFrom, part } from './operation.ts'

const name = z.string().max(80)
const description = z.string().max(500)
const rule = groupRule.nullable().describe('Who is in it without being chosen by hand; null for nobody')

const groupShape = z
  .strictObject({ id: z.string(), name, description, rule, version: z.int() })
  .meta({ id: 'Group', description: 'People who hold roles together' })

const shown = (group: Group): Answered<Group> => ({ body: group, version: group.version })

const params = { id: '{{organization}}', group: '{{group}}' }

export const listAllGroups = operation({
  ...below('/groups'),
  id: 'groups.list',
  method: 'get',
  summary: 'List groups',
  can: 'people.read',
  isList: true,
  answer: listOf(groupShape),
  example: { params: { id: '{{organization}}' } },
  inOrganization: async (tx, { by, part: wanted }) => {
    const { items, next } = part(await listGroups(tx, by), ({ id }) => id, wanted)
    return list(items, next)
  },
})

export const createNewGroup = operation({
  ...below('/groups'),
  id: 'groups.create',
  method: 'post',
  summary: 'Make a group',
  can: 'group.manage',
  status: 201,
  body: z.strictObject({ name, description: description.default(''), rule: rule.default(null) }),
  answer: groupShape,
  fails: ['access.group_name_taken', 'access.too_many', 'access.invalid'],
  example: {
    params: { id: '{{organization}}' },
    body: { name: 'Night desk {{run}}', description: 'From ten to six' },
    keeps: { group: 'id' },
  },
  inOrganization: async (tx, { by, organization, body }) => {
    const group = await createGroup(tx, by, body)
    return { ...shown(group), location: `/organizations/${organization.id}/groups/${group.id}` }
  },
})

export const readGroup = operation({
  ...below('/groups/{group}'),
  id: 'groups.read',
  method: 'get',
  summary: 'Read a group',
  can: 'people.read',
  answer: groupShape,
  fails: ['access.group_unknown'],
  example: { params },
  inOrganization: async (tx, asked) => shown(await findGroup(tx, asked.by, asked.params.group)),
})

export const updateOneGroup = operation({
  ...below('/groups/{group}'),
  id: 'groups.update',
  method: 'patch',
  summary: 'Change a group',
  description: 'A rule of null makes it one whose members are chosen by hand.',
  can: 'group.manage',
  wantsVersion: true,
  body: z.strictObject({ name: name.optional(), description: description.optional(), rule: rule.optional() }),
  answer: groupShape,
  fails: ['access.group_unknown', 'access.invalid', 'access.changed_elsewhere', 'authority.exceeds_own'],
  example: { params, body: { description: 'From eleven to seven' } },
  inOrganization: async (tx, asked) =>
    shown(await updateGroup(tx, asked.by, asked.params.group, asked.body, asked.version)),
})

export const removeOneGroup = operation({
  ...below('/groups/{group}'),
  id: 'groups.remove',
  method: 'delete',
  summary: 'Remove a group',
  description: 'Its members lose what they held through it.',
  can: 'group.manage',
  wantsVersion: true,
  fails: ['access.group_unknown', 'access.changed_elsewhere', 'authority.exceeds_own'],
  example: { params },
  inOrganization: async (tx, asked) => {
    await removeGroup(tx, asked.by, asked.params.group, asked.version)
    return {}
  },
})

const memberShape = z
  .strictObject({ person_id: z.string(), home_id: z.string().describe('The organization where this person lives') })
  .meta({ id: 'GroupMember' })
const memberOf = ({ personId, homeId }: PersonRef) => ({ person_id: personId, home_id: homeId })

export const listGroupMembers = operation({
  ...below('/groups/{group}/members'),
  id: 'groups.members',
  method: 'get',
  summary: 'List who was chosen into a group',
  can: 'people.read',
  isList: true,
  answer: listOf(memberShape),
  fails: ['access.group_unknown'],
  example: { params },
  inOrganization: async (tx, { by, params: named, part: { limit, after } }) => {
    const read = await listMembers(tx, by, named.group, { limit: limit + 1, ...(after === null ? {} : { after }) })
    const { items, next } = pageFrom(read, ({ homeId, personId }) => `${homeId}/${personId}`, limit)
    return list(items.map(memberOf), next)
  },
})

const home = z.object({
  home_id: z.string().max(64).optional().describe('Where the person lives; in this organization if absent'),
})

export const addGroupMember = operation({
  ...below('/groups/{group}/members/{person}'),
  id: 'groups.add-member',
  method: 'put',
  summary: 'Put somebody into a group',
  can: 'group.manage',
  query: home,
  fails: ['access.group_unknown', 'access.group_has_rule', 'person.unknown', 'authority.exceeds_own'],
  example: { params: { ...params, person: '{{person}}' }, needs: 'person' },
  inOrganization: async (tx, { by, organization, params: named, query }) => {
    await addToGroup(tx, by, named.group, { homeId: query.home_id ?? organization.id, personId: named.person })
    return {}
  },
})

export const removeGroupMember = operation({
  ...below('/groups/{group}/members/{person}'),
  id: 'groups.remove-member',
  method: 'delete',
  summary: 'Take somebody out of a group',
  can: 'group.manage',
  query: home,
  fails: ['access.group_unknown', 'authority.exceeds_own'],
  example: { params: { ...params, person: '{{person}}' }, needs: 'person' },
  inOrganization: async (tx, { by, organization, params: named, query }) => {
    await removeFromGroup(tx, by, named.group, { homeId: query.home_id ?? organization.id, personId: named.person })
    return {}
  },
})

export const groupOperations = [
  createNewGroup,
  listAllGroups,
  readGroup,
  updateOneGroup,
  listGroupMembers,
  addGroupMember,
  removeGroupMember,
  removeOneGroup,
]
