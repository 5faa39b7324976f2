import { z } from 'zod'
import { ancestorsOf, checkHandle, create, find, list as listBelow, update } from '#core/organizations'
import type { Organization, OrganizationQuery } from '#core/organizations/contract'
import { organizationStatuses } from '#core/organizations/contract'
import { finishRemoval, preview, remove } from '#core/removal'
import { isFailure } from '#platform/failure'
import { type Answered, list, listOf, operation, type Part } from './operation.ts'
import {
  changeOf,
  newOrganizationShape,
  organizationChangeShape,
  organizationOf,
  organizationShape,
  reference,
  wantedOf,
} from './organization-shape.ts'
import { idBehind } from './target.ts'

/** An organization as it is now, with its ETag. */
export const shown = (organization: Organization): Answered<z.infer<typeof organizationShape>> => ({
  body: organizationOf(organization),
  version: organization.version,
})

/** The same after a change that every process has to hear of. */
export const changed = (organization: Organization): Answered<z.infer<typeof organizationShape>> => ({
  ...shown(organization),
  changed: organization.id,
})

const attributeFilter = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,39}:.{0,200}$/su, 'name:value')
  .transform((text) => ({ name: text.slice(0, text.indexOf(':')), value: text.slice(text.indexOf(':') + 1) }))

const filters = {
  search: z.string().max(80).optional().describe('Part of a name or of a handle'),
  attribute: attributeFilter.optional().describe('`name:value`, such as `crm_id:A-1017`'),
  status: z.enum(organizationStatuses).optional(),
}
type Filters = z.infer<z.ZodObject<typeof filters>>

const queryFor = (below: string, isDeep: boolean, { search, attribute, status }: Filters, part: Part) => {
  const query: OrganizationQuery = { below, isDeep, limit: part.limit }
  if (part.after !== null) {
    const [name = '', id = ''] = JSON.parse(part.after) as string[]
    query.after = { name, id }
  }
  return { ...query, ...(search ? { search } : {}), ...(attribute ? { attribute } : {}), ...(status ? { status } : {}) }
}

const listed = ({ organizations, next }: Awaited<ReturnType<typeof listBelow>>) =>
  list(organizations.map(organizationOf), next ? JSON.stringify([next.name, next.id]) : null)

export const listOrganizations = operation({
  id: 'organizations.list',
  method: 'get',
  path: '/organizations',
  summary: 'List organizations',
  description: 'The children of an organization, or with `deep` everything below it, by name.',
  can: 'organization.read',
  isList: true,
  query: z.object({
    below: reference.optional().describe('The organization whose children are listed; that of the address if absent'),
    deep: z.enum(['true', 'false']).optional(),
    ...filters,
  }),
  answer: listOf(organizationShape),
  example: { query: { search: 'air', limit: '20' } },
  onPlatform: async (tx, { by, organization, query, part }) => {
    const below = query.below === undefined ? organization.id : idBehind(query.below)
    return listed(await listBelow(tx, by, queryFor(below, query.deep === 'true', query, part)))
  },
})

export const listChildren = operation({
  id: 'organizations.children',
  method: 'get',
  path: '/organizations/{id}/children',
  summary: 'List what is directly below an organization',
  can: 'organization.read',
  isList: true,
  query: z.object(filters),
  answer: listOf(organizationShape),
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization, query, part }) =>
    listed(await listBelow(tx, by, queryFor(organization.id, false, query, part))),
})

export const listDescendants = operation({
  id: 'organizations.descendants',
  method: 'get',
  path: '/organizations/{id}/descendants',
  summary: 'List everything below an organization',
  can: 'organization.read',
  isList: true,
  query: z.object(filters),
  answer: listOf(organizationShape),
  example: { params: { id: '{{organization}}' }, query: { status: 'active' } },
  onPlatform: async (tx, { by, organization, query, part }) =>
    listed(await listBelow(tx, by, queryFor(organization.id, true, query, part))),
})

export const listAncestors = operation({
  id: 'organizations.ancestors',
  method: 'get',
  path: '/organizations/{id}/ancestors',
  summary: 'List the organizations above one, from the root down, as far as you may see them',
  can: 'organization.read',
  answer: z.strictObject({ items: z.array(organizationShape) }),
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization }) => ({
    body: { items: (await ancestorsOf(tx, by, organization.id)).map(organizationOf) },
  }),
})

export const checkHandleOf = operation({
  id: 'organizations.check-handle',
  method: 'get',
  path: '/organizations/check-handle',
  summary: 'Ask whether a handle may be had',
  description: 'Says nothing of who has it. Only a creation settles it.',
  can: 'organization.create',
  query: z.object({
    handle: z.string().max(100),
    below: reference.optional().describe('Where it would be created; below the organization of the address if absent'),
  }),
  answer: z.strictObject({
    handle: z.string(),
    available: z.boolean(),
    reason: z.string().nullable().describe('The code that a creation would fail with'),
  }),
  example: { query: { handle: 'new-partner-{{run}}' } },
  onPlatform: async (tx, { by, organization, query }) => {
    const { handle, below } = query
    try {
      await checkHandle(tx, by, below === undefined ? organization.id : idBehind(below), handle)
      return { body: { handle, available: true, reason: null } }
    } catch (error) {
      if (!isFailure(error) || !error.code.startsWith('organizations.handle_')) throw error
      return { body: { handle, available: false, reason: error.code } }
    }
  },
})

export const createOrganization = operation({
  id: 'organizations.create',
  method: 'post',
  path: '/organizations',
  summary: 'Create an organization',
  description: 'It can be reached at once, in the brand that it inherits.',
  can: 'organization.create',
  status: 201,
  body: newOrganizationShape.extend({
    parent_id: reference.optional().describe('Below which; below the organization of the address if absent'),
  }),
  answer: organizationShape,
  fails: [
    'organizations.handle_invalid',
    'organizations.handle_reserved',
    'organizations.handle_taken',
    'organizations.name_invalid',
    'organizations.invalid',
    'organizations.too_deep',
  ],
  example: {
    body: { handle: 'new-partner-{{run}}', name: 'New Partner', attributes: { crm_id: 'A-{{run}}' }, locales: ['en'] },
    keeps: { organization: 'id', handle: 'handle', parent: 'parent_id' },
  },
  onPlatform: async (tx, { by, organization, body }) => {
    const { parent_id: parent, ...wanted } = body
    const parentId = parent === undefined ? organization.id : idBehind(parent)
    const made = await create(tx, by, wantedOf(wanted, parentId))
    return { ...changed(made), location: `/organizations/${made.id}` }
  },
})

export const readOrganization = operation({
  id: 'organizations.read',
  method: 'get',
  path: '/organizations/{id}',
  summary: 'Read an organization',
  can: 'organization.read',
  answer: organizationShape,
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization }) => shown(await find(tx, by, organization.id)),
})

export const updateOrganization = operation({
  id: 'organizations.update',
  method: 'patch',
  path: '/organizations/{id}',
  summary: 'Change an organization',
  description: 'Old links follow a changed handle.',
  can: 'organization.update',
  wantsVersion: true,
  body: organizationChangeShape,
  answer: organizationShape,
  fails: [
    'organizations.handle_invalid',
    'organizations.handle_reserved',
    'organizations.handle_taken',
    'organizations.name_invalid',
    'organizations.invalid',
    'organizations.changed_elsewhere',
  ],
  example: {
    params: { id: '{{organization}}' },
    body: { name: 'New Partner Ltd', attributes: { plan: 'gold', crm_id: null } },
  },
  onPlatform: async (tx, { by, organization, body, version }) =>
    changed(await update(tx, by, organization.id, changeOf(body), version)),
})

const number = z.int().min(0)

export const previewRemoval = operation({
  id: 'organizations.preview-removal',
  method: 'get',
  path: '/organizations/{id}/removal',
  summary: 'Count what would go with an organization if it were deleted',
  can: 'organization.delete',
  answer: z
    .strictObject({
      below: number.describe('Organizations below it. As long as there are any it cannot be deleted'),
      people: number.describe('Who live there, and would be deleted for good'),
      memberships: number.describe('Who belong there, those who live elsewhere among them: they keep their account'),
      sessions: number,
      roles: number,
      groups: number,
      grants: number,
      service_accounts: number,
      tokens: number,
      invitations: number,
      themes: number,
      texts: number,
      emails: number,
      domains: number,
      email_domains: number,
    })
    .meta({ id: 'RemovalPreview' }),
  fails: ['organizations.is_root'],
  example: { params: { id: '{{organization}}' } },
  onPlatform: async (tx, { by, organization }) => {
    const { serviceAccounts, hosts, domains, ...same } = await preview(tx, by, organization.id)
    return { body: { ...same, service_accounts: serviceAccounts, domains: hosts, email_domains: domains } }
  },
})

export const deleteOrganization = operation({
  id: 'organizations.delete',
  method: 'delete',
  path: '/organizations/{id}',
  summary: 'Delete an organization that has nothing below it',
  description:
    'For good, with everybody who lives there. Its handles lead to its parent from then on, whose trail keeps the record.',
  can: 'organization.delete',
  wantsVersion: true,
  query: z.object({ confirm: z.string().max(64).describe('Its handle, so that it is no slip of the hand') }),
  fails: [
    'organizations.is_root',
    'organizations.has_children',
    'organizations.not_confirmed',
    'organizations.changed_elsewhere',
    'access.last_owner',
  ],
  example: { params: { id: '{{organization}}' }, query: { confirm: '{{handle}}' } },
  onPlatform: async (tx, { by, organization, query, version }) => {
    await remove(tx, by, organization.id, { version, confirm: query.confirm })
    return { changed: organization.id, afterwards: () => finishRemoval(organization.id) }
  },
})

export const organizationOperations = [
  checkHandleOf,
  createOrganization,
  listOrganizations,
  readOrganization,
  updateOrganization,
  listAncestors,
  listChildren,
  listDescendants,
  previewRemoval,
  deleteOrganization,
]
