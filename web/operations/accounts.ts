import { z } from 'zod'
import {
  createAccount,
  findAccount,
  listAccounts,
  removeAccount,
  resumeAccount,
  suspendAccount,
  updateAccount,
} from '#core/tokens'
import { accountStatuses, type ServiceAccount } from '#core/tokens/contract'
import { type Answered, at, below, instant, list, listOf, operation, part } from './operation.ts'

const name = z.string().max(80)
const description = z.string().max(500)

const accountShape = z
  .strictObject({
    id: z.string(),
    name,
    description,
    status: z.enum(accountStatuses),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'ServiceAccount', description: 'A program that acts for the organization' })

const shown = ({ createdAt, ...account }: ServiceAccount): Answered<z.infer<typeof accountShape>> => ({
  body: { ...account, created_at: at(createdAt) },
  version: account.version,
})

const params = { id: '{{organization}}', account: '{{account}}' }

export const listServiceAccounts = operation({
  ...below('/service-accounts'),
  id: 'service-accounts.list',
  method: 'get',
  summary: 'List service accounts',
  can: 'token.manage',
  isList: true,
  answer: listOf(accountShape),
  example: { params: { id: '{{organization}}' } },
  inOrganization: async (tx, { by, part: wanted }) => {
    const { items, next } = part(await listAccounts(tx, by), (account) => account.id, wanted)
    return list(
      items.map(({ createdAt, ...account }) => ({ ...account, created_at: at(createdAt) })),
      next,
    )
  },
})

export const createServiceAccount = operation({
  ...below('/service-accounts'),
  id: 'service-accounts.create',
  method: 'post',
  summary: 'Make a service account',
  description: 'It holds nothing until a role is given to it.',
  can: 'token.manage',
  status: 201,
  body: z.strictObject({ name, description: description.default('') }),
  answer: accountShape,
  fails: ['tokens.account_name_taken', 'tokens.too_many', 'tokens.invalid'],
  example: {
    params: { id: '{{organization}}' },
    body: { name: 'Nightly import {{run}}' },
    keeps: { account: 'id' },
  },
  inOrganization: async (tx, { by, organization, body }) => {
    const account = await createAccount(tx, by, body)
    return { ...shown(account), location: `/organizations/${organization.id}/service-accounts/${account.id}` }
  },
})

export const readServiceAccount = operation({
  ...below('/service-accounts/{account}'),
  id: 'service-accounts.read',
  method: 'get',
  summary: 'Read a service account',
  can: 'token.manage',
  answer: accountShape,
  fails: ['tokens.account_unknown'],
  example: { params },
  inOrganization: async (tx, asked) => shown(await findAccount(tx, asked.by, asked.params.account)),
})

export const updateServiceAccount = operation({
  ...below('/service-accounts/{account}'),
  id: 'service-accounts.update',
  method: 'patch',
  summary: 'Change a service account',
  can: 'token.manage',
  wantsVersion: true,
  body: z.strictObject({ name: name.optional(), description: description.optional() }),
  answer: accountShape,
  fails: ['tokens.account_unknown', 'tokens.account_name_taken', 'tokens.invalid', 'tokens.changed_elsewhere'],
  example: { params, body: { description: 'Runs at two in the morning' } },
  inOrganization: async (tx, asked) =>
    shown(await updateAccount(tx, asked.by, asked.params.account, asked.body, asked.version)),
})

export const suspendServiceAccount = operation({
  ...below('/service-accounts/{account}/suspend'),
  id: 'service-accounts.suspend',
  method: 'post',
  summary: 'Suspend a service account',
  description: 'None of its tokens is worth anything until it is resumed.',
  can: 'token.manage',
  answer: accountShape,
  fails: ['tokens.account_unknown', 'authority.exceeds_own'],
  example: { params },
  inOrganization: async (tx, asked) => shown(await suspendAccount(tx, asked.by, asked.params.account)),
})

export const resumeServiceAccount = operation({
  ...below('/service-accounts/{account}/resume'),
  id: 'service-accounts.resume',
  method: 'post',
  summary: 'Resume a service account',
  can: 'token.manage',
  answer: accountShape,
  fails: ['tokens.account_unknown', 'authority.exceeds_own'],
  example: { params },
  inOrganization: async (tx, asked) => shown(await resumeAccount(tx, asked.by, asked.params.account)),
})

export const removeServiceAccount = operation({
  ...below('/service-accounts/{account}'),
  id: 'service-accounts.remove',
  method: 'delete',
  summary: 'Remove a service account with its tokens',
  can: 'token.manage',
  wantsVersion: true,
  fails: ['tokens.account_unknown', 'tokens.changed_elsewhere', 'authority.exceeds_own'],
  example: { params },
  inOrganization: async (tx, asked) => {
    await removeAccount(tx, asked.by, asked.params.account, asked.version)
    return {}
  },
})

export const serviceAccountOperations = [
  createServiceAccount,
  listServiceAccounts,
  readServiceAccount,
  updateServiceAccount,
  suspendServiceAccount,
  resumeServiceAccount,
  removeServiceAccount,
]
