import { z } from 'zod'
import { createRole, findRole, listRoles, removeRole, updateRole } from '#core/access'
import type { OwnRole } from '#core/access/contract'
import { type BuiltInRole, builtInRoles, isBuiltInRole, type Permission } from '#core/authority/contract'
import { type Answered, below, list, listOf, operation, part } from './operation.ts'

/** Checked in core, which knows the permissions of applications too. */
const permissionList = z.array(z.string().max(100)).max(200) as unknown as z.ZodType<Permission[]>
const name = z.string().max(80)
const description = z.string().max(500)

const roleShape = z
  .strictObject({
    id: z.string().describe('What a grant names: the key of a built-in role, the id of an own one'),
    key: z.string(),
    name,
    description,
    permissions: z.array(z.string()),
    built_in: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Role', description: 'Permissions under a name' })
type Role = z.infer<typeof roleShape>

const roleOf = (role: OwnRole): Role => ({ ...role, built_in: false })
const builtIn = (key: BuiltInRole): Role => ({
  id: key,
  key,
  name: `${key.charAt(0).toUpperCase()}${key.slice(1).replaceAll('-', ' ')}`,
  description: '',
  permissions: [...builtInRoles[key]],
  built_in: true,
  version: 1,
})
const shown = (role: Role): Answered<Role> => ({ body: role, version: role.version })

export const listAllRoles = operation({
  ...below('/roles'),
  id: 'roles.list',
  method: 'get',
  summary: 'List roles, the built-in ones included',
  can: 'organization.read',
  isList: true,
  answer: listOf(roleShape),
  example: { params: { id: '{{organization}}' } },
  inOrganization: async (tx, { by, part: wanted }) => {
    const own = (await listRoles(tx, by)).map(roleOf)
    const all = [...(Object.keys(builtInRoles) as BuiltInRole[]).map(builtIn), ...own]
    const { items, next } = part(all, ({ id }) => id, wanted)
    return list(items, next)
  },
})

export const createOwnRole = operation({
  ...below('/roles'),
  id: 'roles.create',
  method: 'post',
  summary: 'Make a role',
  description: 'It holds nothing that you do not hold yourself.',
  can: 'role.manage',
  status: 201,
  body: z.strictObject({
    key: z.string().max(40).describe('Lower-case letters, digits and inner hyphens'),
    name,
    description: description.default(''),
    permissions: permissionList,
  }),
  answer: roleShape,
  fails: [
    'access.role_key_taken',
    'access.role_key_reserved',
    'access.too_many',
    'access.invalid',
    'authority.exceeds_own',
  ],
  example: {
    params: { id: '{{organization}}' },
    body: { key: 'night-desk-{{run}}', name: 'Night desk', permissions: ['organization.read', 'people.read'] },
    keeps: { role: 'id' },
  },
  inOrganization: async (tx, { by, organization, body }) => {
    const role = await createRole(tx, by, body)
    return { ...shown(roleOf(role)), location: `/organizations/${organization.id}/roles/${role.id}` }
  },
})

export const readRole = operation({
  ...below('/roles/{role}'),
  id: 'roles.read',
  method: 'get',
  summary: 'Read a role',
  can: 'organization.read',
  answer: roleShape,
  fails: ['access.role_unknown'],
  example: { params: { id: '{{organization}}', role: '{{role}}' } },
  inOrganization: async (tx, { by, params }) => {
    if (!isBuiltInRole(params.role)) return shown(roleOf(await findRole(tx, by, params.role)))
    // Built-in roles are part of the build; whether roles may be seen here is decided as for the list.
    await listRoles(tx, by)
    return { body: builtIn(params.role) }
  },
})

export const updateOwnRole = operation({
  ...below('/roles/{role}'),
  id: 'roles.update',
  method: 'patch',
  summary: 'Change a role',
  can: 'role.manage',
  wantsVersion: true,
  body: z.strictObject({
    name: name.optional(),
    description: description.optional(),
    permissions: permissionList.optional(),
  }),
  answer: roleShape,
  fails: ['access.role_unknown', 'access.invalid', 'access.changed_elsewhere', 'authority.exceeds_own'],
  example: { params: { id: '{{organization}}', role: '{{role}}' }, body: { description: 'From ten to six' } },
  inOrganization: async (tx, { by, params, body, version }) =>
    shown(roleOf(await updateRole(tx, by, params.role, body, version))),
})

export const removeOwnRole = operation({
  ...below('/roles/{role}'),
  id: 'roles.remove',
  method: 'delete',
  summary: 'Remove a role that nobody has',
  can: 'role.manage',
  wantsVersion: true,
  fails: ['access.role_unknown', 'access.role_in_use', 'access.changed_elsewhere', 'authority.exceeds_own'],
  example: { params: { id: '{{organization}}', role: '{{role}}' } },
  inOrganization: async (tx, { by, params, version }) => {
    await removeRole(tx, by, params.role, version)
    return {}
  },
})

export const roleOperations = [createOwnRole, listAllRoles, readRole, updateOwnRole, removeOwnRole]
