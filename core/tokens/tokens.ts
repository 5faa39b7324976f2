import { chainOf, grantsOfAccount } from '#core/access'
import { record } from '#core/audit'
import { may, requireHeld } from '#core/authority'
import type { Actor, Grant, Permission, Reach } from '#core/authority/contract'
import { directory } from '#core/organizations'
import { days, fromNow, minutes, now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { hashSecret, newSecret } from '#platform/secrets'
import { permitted } from './accounts.ts'
import { type ApiToken, type NewToken, newToken } from './contract.ts'
import { read } from './reading.ts'
import { insertToken, markUsed, readLiving, readTokens, revoke } from './store.ts'

const usualMs = days(90)
const longestMs = days(400)
const usedEveryMs = minutes(1)

const target = (id: string) => ({ kind: 'api_token', id })

const reachOf = (held: readonly Grant[], permission: Permission): Reach | null => {
  const grants = held.filter((grant) => grant.permission === permission)
  if (grants.length === 0) return null
  return grants.some(({ reach }) => reach === 'subtree') ? 'subtree' : 'organization'
}

/** What the account holds, and whoever makes the token holds as well, this far. */
const requireScopes = async (tx: Tx, by: Actor, accountId: string, scopes: readonly Permission[]): Promise<void> => {
  const held = await grantsOfAccount(tx, accountId)
  for (const permission of scopes) {
    const reach = reachOf(held, permission)
    if (reach === null) return fail('tokens.scope_not_held', 'scopes', { permission })
    requireHeld(by, [permission], chainOf(tx), reach)
  }
}

/** What a token of an account may be good for, if this actor makes it, in the order of their names. */
export const scopesToGive = async (tx: Tx, by: Actor, accountId: string): Promise<Permission[]> => {
  await permitted(tx, by, accountId)
  const held = await grantsOfAccount(tx, accountId)
  const names = [...new Set(held.map(({ permission }) => permission))]
  const isHeld = (permission: Permission) => {
    const reach = reachOf(held, permission)
    return reach !== null && may(by, permission, chainOf(tx), reach)
  }
  return names.filter(isHeld).toSorted()
}

const expiryOf = (wanted: Date | null): Date => {
  if (wanted === null) return fromNow(usualMs)
  return wanted > now() && wanted <= fromNow(longestMs) ? wanted : fail('tokens.expiry_invalid', 'expiresAt')
}

/**
 * Makes a token of an account. `text` is the token itself; it is answered this once, and only its hash stays. It says
 * which organization it is of, because that has to be known before anything of an organization can be looked at.
 */
export const createToken = async (
  tx: Tx,
  by: Actor,
  accountId: string,
  wanted: NewToken,
): Promise<{ token: ApiToken; text: string }> => {
  const account = await permitted(tx, by, accountId)
  if (account.status === 'suspended') return fail('tokens.account_suspended')
  const { name, scopes, expiresAt: wantedExpiry } = read(newToken, wanted)
  await requireScopes(tx, by, accountId, scopes)
  const expiresAt = expiryOf(wantedExpiry)
  const text = `livery_${tx.organizationId.slice('org_'.length)}_${newSecret()}`
  const known = { id: newId('tok'), accountId, name, scopes, createdAt: now(), expiresAt }
  const token: ApiToken = { ...known, lastUsedAt: null, revokedAt: null }
  await insertToken(tx, token, hashSecret(text), by.personId ?? null)
  await record(tx, by, 'api_token.created', target(token.id), { after: { accountId, name, scopes, expiresAt } })
  return { token, text }
}

/** Tokens of an account, those that are over included. */
export const listTokens = async (tx: Tx, by: Actor, accountId: string): Promise<ApiToken[]> => {
  await permitted(tx, by, accountId)
  return readTokens(tx, accountId)
}

/**
 * From now on the token is worth nothing. Also for those who hold less than it does: whoever finds one lying around must
 * not have to look for somebody first.
 */
export const revokeToken = async (tx: Tx, by: Actor, accountId: string, id: string): Promise<void> => {
  await permitted(tx, by, accountId)
  const known = (await readTokens(tx, accountId)).some((token) => token.id === id)
  if (!known) return fail('tokens.token_unknown')
  if (await revoke(tx, accountId, id)) await record(tx, by, 'api_token.revoked', target(id), { before: { accountId } })
}

const shape = /^livery_([0-7][0-9a-z]{25})_[A-Za-z0-9_-]{43}$/

/**
 * The service account behind a token's text, with what both of them hold; null when it is worth nothing. Looked at anew
 * each time, so whatever ends here ends at once. Opens a unit of work of its own.
 */
export const authenticate = async (
  text: string,
  from: Pick<Actor, 'address' | 'userAgent' | 'requestId'> = {},
): Promise<Actor | null> => {
  const organizationId = `org_${shape.exec(text)?.[1]}`
  if (!directory().byId(organizationId) || directory().isSuspended(organizationId)) return null
  return withOrganization(organizationId, async (tx) => {
    const token = await readLiving(tx, hashSecret(text))
    if (!token) return null
    const { lastUsedAt, accountId, scopes } = token
    if (lastUsedAt === null || now().getTime() - lastUsedAt.getTime() >= usedEveryMs) await markUsed(tx, token.id)
    const held = await grantsOfAccount(tx, accountId)
    const grants = held.filter(({ permission }) => scopes.includes(permission))
    return { kind: 'service', homeId: organizationId, personId: accountId, ...from, grants }
  })
}
