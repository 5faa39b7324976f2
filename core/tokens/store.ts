import { type Selectable, sql } from 'kysely'
import type { Permission } from '#core/authority/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { AccountView, ApiToken, ServiceAccount } from './contract.ts'

type ServiceAccounts = {
  org_id: string
  id: string
  name: string
  description: string
  status: ServiceAccount['status']
  version: number
  created_at: Date
  updated_at: Date
}
type ApiTokens = {
  org_id: string
  id: string
  account_id: string
  name: string
  secret_hash: Buffer
  scopes: Permission[]
  made_by: string | null
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}
type Tables = { service_accounts: ServiceAccounts; api_tokens: ApiTokens }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const accountOf = (row: Selectable<ServiceAccounts>): ServiceAccount => ({
  id: row.id,
  name: row.name,
  description: row.description,
  status: row.status,
  version: row.version,
  createdAt: row.created_at,
})
const tokenOf = (row: Omit<Selectable<ApiTokens>, 'secret_hash'>): ApiToken => ({
  id: row.id,
  accountId: row.account_id,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
})

/** How many there are. Whoever makes one at the same moment waits until this unit of work is over, and counts its own. */
export const countForOneMore = async (tx: Tx): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`accounts\n${tx.organizationId}`}, 0))`.execute(tx.sql)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from service_accounts where org_id = ${tx.organizationId}`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

/** Inserts unless the name is taken; says whether it was free. */
export const insertAccount = async (tx: Tx, account: ServiceAccount): Promise<boolean> => {
  const { id, name, description, status, version, createdAt } = account
  const inserted = await tables(tx)
    .insertInto('service_accounts')
    .values({
      org_id: tx.organizationId,
      id,
      name,
      description,
      status,
      version,
      created_at: createdAt,
      updated_at: createdAt,
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const readAccounts = async (tx: Tx): Promise<ServiceAccount[]> =>
  (
    await tables(tx)
      .selectFrom('service_accounts')
      .selectAll()
      .where('org_id', '=', tx.organizationId)
      .orderBy('id')
      .execute()
  ).map(accountOf)

type AccountsAsked = {
  search?: string | undefined
  ids?: readonly string[] | undefined
  limit: number
  after?: { key: string; id: string } | null | undefined
}

/** Accounts by name, with what is known of their tokens; one more than asked for says that there are more. */
export const readAccountsPage = async (
  tx: Tx,
  { search, ids, limit, after }: AccountsAsked,
): Promise<AccountView[]> => {
  let query = tables(tx).selectFrom('service_accounts').selectAll().where('org_id', '=', tx.organizationId)
  if (search) query = query.where(sql<boolean>`position(${search} in lower(name)) > 0`)
  if (ids) query = query.where(sql<boolean>`id = any(${[...ids]}::text[])`)
  if (after) query = query.where(sql<boolean>`(name, id) > (${after.key}, ${after.id})`)
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const known = await readTokensInBrief(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...accountOf(row), ...(known.get(row.id) ?? { tokens: 0, lastUsedAt: null }) }))
}

type Brief = Pick<AccountView, 'tokens' | 'lastUsedAt'>

/** How many tokens of each account are good now, and when any was used last. */
const readTokensInBrief = async (tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, Brief>> => {
  const rows = await tables(tx)
    .selectFrom('api_tokens')
    .select([
      'account_id',
      sql<string>`count(*) filter (where revoked_at is null and expires_at > ${now()})`.as('tokens'),
      sql<Date | null>`max(last_used_at)`.as('last_used_at'),
    ])
    .where('org_id', '=', tx.organizationId)
    .where(sql<boolean>`account_id = any(${[...accountIds]}::text[])`)
    .groupBy('account_id')
    .execute()
  return new Map(
    rows.map((row) => [row.account_id, { tokens: Number(row.tokens), lastUsedAt: row.last_used_at }] as const),
  )
}

export const readAccount = async (tx: Tx, id: string): Promise<ServiceAccount | null> => {
  const row = await tables(tx)
    .selectFrom('service_accounts')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? accountOf(row) : null
}

/** Whether a name is taken by another account. */
export const isNameTaken = async (tx: Tx, name: string, exceptOf: string): Promise<boolean> => {
  const row = await tables(tx)
    .selectFrom('service_accounts')
    .select('id')
    .where('org_id', '=', tx.organizationId)
    .where('name', '=', name)
    .where('id', '!=', exceptOf)
    .executeTakeFirst()
  return row !== undefined
}

type AccountColumns = Partial<Pick<ServiceAccounts, 'name' | 'description' | 'status'>>

/** Changes the version that was looked at; null when somebody was faster. */
export const changeAccount = async (
  tx: Tx,
  id: string,
  columns: AccountColumns,
  version: number,
): Promise<ServiceAccount | null> => {
  const row = await tables(tx)
    .updateTable('service_accounts')
    .set({ ...columns, version: sql<number>`version + 1`, updated_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  return row ? accountOf(row) : null
}

/** Its tokens go with it. False when somebody has changed it since it was looked at. */
export const deleteAccount = async (tx: Tx, id: string, version: number): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('service_accounts')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

export const insertToken = async (
  tx: Tx,
  { id, accountId, name, scopes, createdAt, expiresAt }: ApiToken,
  secretHash: Buffer,
  madeBy: string | null,
): Promise<void> => {
  await tables(tx)
    .insertInto('api_tokens')
    .values({
      org_id: tx.organizationId,
      id,
      account_id: accountId,
      name,
      secret_hash: secretHash,
      scopes,
      made_by: madeBy,
      created_at: createdAt,
      expires_at: expiresAt,
    } as ApiTokens)
    .execute()
}

const shown = [
  'org_id',
  'id',
  'account_id',
  'name',
  'scopes',
  'made_by',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const

/** Tokens of an account, without what they are proven by. */
export const readTokens = async (tx: Tx, accountId: string): Promise<ApiToken[]> =>
  (
    await tables(tx)
      .selectFrom('api_tokens')
      .select(shown)
      .where('org_id', '=', tx.organizationId)
      .where('account_id', '=', accountId)
      .orderBy('id')
      .execute()
  ).map(tokenOf)

/** The token with this hash, if it is neither revoked nor over, nor its account suspended. */
export const readLiving = async (tx: Tx, secretHash: Buffer): Promise<ApiToken | null> => {
  const row = await tables(tx)
    .selectFrom('api_tokens')
    .innerJoin('service_accounts', (join) =>
      join
        .onRef('service_accounts.org_id', '=', 'api_tokens.org_id')
        .onRef('service_accounts.id', '=', 'api_tokens.account_id'),
    )
    .select(shown.map((column) => `api_tokens.${column}` as const))
    .where('api_tokens.org_id', '=', tx.organizationId)
    .where('api_tokens.secret_hash', '=', secretHash)
    .where('api_tokens.revoked_at', 'is', null)
    .where('api_tokens.expires_at', '>', now())
    .where('service_accounts.status', '=', 'active')
    .executeTakeFirst()
  return row ? tokenOf(row) : null
}

export const markUsed = async (tx: Tx, id: string): Promise<void> => {
  await tables(tx)
    .updateTable('api_tokens')
    .set({ last_used_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

/** False when there is none such, or when it was revoked before. */
export const revoke = async (tx: Tx, accountId: string, id: string): Promise<boolean> => {
  const revoked = await tables(tx)
    .updateTable('api_tokens')
    .set({ revoked_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return revoked !== undefined
}

export const removeLongOver = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('api_tokens')
    .where('org_id', '=', tx.organizationId)
    .where((row) => row.or([row('expires_at', '<', before), row('revoked_at', '<', before)]))
    .execute()
}

/** What goes with the organization. */
export const belongings = belongingsOf('api_tokens', 'service_accounts')
