import { z } from 'zod'
import type { Permission } from '#core/authority/contract'
import { createToken, listTokens, revokeToken } from '#core/tokens'
import type { ApiToken } from '#core/tokens/contract'
import { at, atOrNull, below, instant, list, listOf, operation, part } from './operation.ts'

const known = {
  id: z.string(),
  name: z.string().max(80),
  scopes: z.array(z.string()).describe('Permissions that it is good for, as far as its account holds them'),
  created_at: instant,
  expires_at: instant,
  last_used_at: instant.nullable().describe('Within a minute'),
  revoked_at: instant.nullable(),
}
const tokenShape = z.strictObject(known).meta({ id: 'ApiToken', description: 'A token, without what proves it' })
const newTokenShape = z
  .strictObject({ ...known, token: z.string().describe('The token itself. It is shown this once') })
  .meta({ id: 'NewApiToken' })

const tokenOf = (token: ApiToken): z.infer<typeof tokenShape> => ({
  id: token.id,
  name: token.name,
  scopes: token.scopes,
  created_at: at(token.createdAt),
  expires_at: at(token.expiresAt),
  last_used_at: atOrNull(token.lastUsedAt),
  revoked_at: atOrNull(token.revokedAt),
})

const params = { id: '{{organization}}', account: '{{account}}' }

export const listApiTokens = operation({
  ...below('/service-accounts/{account}/tokens'),
  id: 'tokens.list',
  method: 'get',
  summary: 'List the tokens of a service account',
  can: 'token.manage',
  isList: true,
  answer: listOf(tokenShape),
  fails: ['tokens.account_unknown'],
  example: { params },
  inOrganization: async (tx, { by, params: named, part: wanted }) => {
    const { items, next } = part(await listTokens(tx, by, named.account), (token) => token.id, wanted)
    return list(items.map(tokenOf), next)
  },
})

export const createApiToken = operation({
  ...below('/service-accounts/{account}/tokens'),
  id: 'tokens.create',
  method: 'post',
  summary: 'Make a token',
  description: 'It is good for no more than its account holds, and no more than you hold yourself.',
  can: 'token.manage',
  status: 201,
  body: z.strictObject({
    name: z.string().max(80),
    scopes: (z.array(z.string().max(100)).max(200) as unknown as z.ZodType<Permission[]>).describe('Permissions'),
    expires_at: instant.nullable().default(null).describe('At most 400 days from now; null: after 90 days'),
  }),
  answer: newTokenShape,
  fails: [
    'tokens.account_unknown',
    'tokens.account_suspended',
    'tokens.expiry_invalid',
    'tokens.scope_not_held',
    'tokens.invalid',
    'authority.exceeds_own',
  ],
  example: {
    params,
    body: { name: 'Staging', scopes: ['organization.read', 'audit.read'] },
    keeps: { token_id: 'id' },
  },
  inOrganization: async (tx, { by, organization, params: named, body }) => {
    const { name, scopes, expires_at: expiresAt } = body
    const wanted = { name, scopes, expiresAt: expiresAt === null ? null : new Date(expiresAt) }
    const { token, text } = await createToken(tx, by, named.account, wanted)
    const path = `/organizations/${organization.id}/service-accounts/${named.account}/tokens/${token.id}`
    return { body: { ...tokenOf(token), token: text }, location: path }
  },
})

export const revokeApiToken = operation({
  ...below('/service-accounts/{account}/tokens/{token}'),
  id: 'tokens.revoke',
  method: 'delete',
  summary: 'Revoke a token at once',
  can: 'token.manage',
  fails: ['tokens.account_unknown', 'tokens.token_unknown'],
  example: { params: { ...params, token: '{{token_id}}' } },
  inOrganization: async (tx, { by, params: named }) => {
    await revokeToken(tx, by, named.account, named.token)
    return {}
  },
})

export const tokenOperations = [createApiToken, listApiTokens, revokeApiToken]
