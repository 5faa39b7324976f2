// `livery token`: programs that act for an organization, and the tokens they go by.

import { grantsOfAccount, listRoles } from '#core/access'
import { systemActor as by } from '#core/authority'
import { isBuiltInRole, isPermission, type Permission, reaches } from '#core/authority/contract'
import { createAccount, createToken, giveRole, listAccounts, listTokens, revokeToken } from '#core/tokens'
import type { ApiToken, ServiceAccount } from '#core/tokens/contract'
import { days, fromNow, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { organizationCalled, organizationsCalled, placeOf } from './called.ts'
import { type Command, type Given, UsageError } from './command.ts'
import { inColumns, type Report, well } from './report.ts'

type Reach = (typeof reaches)[number]
type Wish = {
  org: string
  name: string
  role: string | undefined
  reach: Reach
  scopes: Permission[] | undefined
  lifetimeMs: number
}

const readScopes = (given: Given): Permission[] | undefined =>
  given.list('scopes')?.map((scope) => {
    if (isPermission(scope)) return scope
    throw new UsageError(`--scopes names ${scope}, which is no permission.`)
  })

const readWish = (given: Given): Wish => ({
  org: given.needed('org'),
  name: given.needed('name'),
  role: given.text('role'),
  reach: given.among('reach', reaches) ?? 'organization',
  scopes: readScopes(given),
  lifetimeMs: days(given.whole('expires-days', [1, 400]) ?? 90),
})

/** An own role is named by its key; modules know it by its id. */
const roleCalled = async (tx: Tx, key: string): Promise<string> =>
  isBuiltInRole(key)
    ? key
    : ((await listRoles(tx, by)).find((role) => role.key === key)?.id ?? fail('access.role_unknown'))

const settleAccount = async (tx: Tx, { name, role, reach }: Wish): Promise<ServiceAccount> => {
  const known = (await listAccounts(tx, by)).find((account) => account.name === name)
  const account = known ?? (await createAccount(tx, by, { name }))
  if (role !== undefined) await giveRole(tx, by, account.id, { role: await roleCalled(tx, role), reach })
  return account
}

const make = async (wish: Wish): Promise<Report> => {
  const organization = organizationCalled(wish.org)
  const { token, text } = await withOrganization(organization.id, async (tx) => {
    const account = await settleAccount(tx, wish)
    const held = (await grantsOfAccount(tx, account.id)).map(({ permission }) => permission)
    const scopes = wish.scopes ?? [...new Set(held)]
    if (scopes.length === 0) return fail('tokens.scope_not_held', 'scopes')
    return createToken(tx, by, account.id, { name: wish.name, scopes, expiresAt: fromNow(wish.lifetimeMs) })
  })
  const until = token.expiresAt.toISOString().slice(0, 10)
  const says = `${token.id}, of ${wish.name} at ${placeOf(organization)}/api/v1, until ${until}. It is shown this once.`
  return well(`${text}\n\n${says}`, {
    token: text,
    id: token.id,
    account_id: token.accountId,
    scopes: token.scopes,
    expires_at: token.expiresAt,
  })
}

type Found = { account: ServiceAccount; token: ApiToken }

const tokensIn = (organizationId: string): Promise<Found[]> =>
  withOrganization(organizationId, async (tx) => {
    const found: Found[] = []
    for (const account of await listAccounts(tx, by)) {
      for (const token of await listTokens(tx, by, account.id)) found.push({ account, token })
    }
    return found
  })

const stateOf = ({ token: { revokedAt, expiresAt }, account }: Found): string => {
  if (revokedAt) return 'revoked'
  if (expiresAt <= now()) return 'expired'
  return account.status
}

const listThem = async (name: string): Promise<Report> => {
  const found = await tokensIn(organizationCalled(name).id)
  const tokens = found.map((one) => ({
    id: one.token.id,
    account: one.account.name,
    state: stateOf(one),
    scopes: one.token.scopes,
    expires_at: one.token.expiresAt,
    last_used_at: one.token.lastUsedAt,
  }))
  const rows = tokens.map((one) => [
    one.id,
    one.account,
    one.state,
    one.expires_at.toISOString(),
    one.last_used_at?.toISOString() ?? 'never',
  ])
  return well(inColumns([['ID', 'ACCOUNT', 'STATE', 'UNTIL', 'LAST USED'], ...rows]), { tokens })
}

/** Whoever finds a token's id lying around knows its id alone: without --org it is looked for everywhere. */
const revoke = async (tokenId: string, name: string | undefined): Promise<Report> => {
  for (const { id, handle } of organizationsCalled(name)) {
    const found = (await tokensIn(id)).find(({ token }) => token.id === tokenId)
    if (!found) continue
    await withOrganization(id, (tx) => revokeToken(tx, by, found.account.id, tokenId))
    return well(`${tokenId}, of ${found.account.name} at ${handle}, is worth nothing from now on.`, {
      id: tokenId,
      account: found.account.name,
      organization: handle,
    })
  }
  return fail('tokens.token_unknown')
}

const org = { value: '<handle>', isNeeded: true, says: 'the organization that it acts for' }

export const tokenCommands: readonly Command[] = [
  {
    words: 'token create',
    does: 'makes an API token of a service account, and prints it this once',
    options: {
      org,
      name: { value: '<name>', isNeeded: true, says: 'of the service account, which is made if there is none' },
      role: { value: '<key>', says: 'a role to give to the account' },
      reach: { value: 'organization|subtree', says: 'how far that role reaches; the organization by default' },
      scopes: { value: '<a,b>', says: 'permissions that the token is good for; all of its account by default' },
      'expires-days': { value: '<days>', says: 'from 1 to 400, 90 by default' },
    },
    begin: (given) => {
      const wish = readWish(given)
      return () => make(wish)
    },
  },
  {
    words: 'token list',
    does: 'its tokens, those that are over as well',
    options: { org },
    begin: (given) => {
      const name = given.needed('org')
      return () => listThem(name)
    },
  },
  {
    words: 'token revoke',
    argument: '<id>',
    does: 'from now on the token is worth nothing',
    options: { org: { value: '<handle>', says: 'whose it is, where that is known' } },
    begin: (given) => {
      const name = given.text('org')
      return () => revoke(given.argument, name)
    },
  },
]
