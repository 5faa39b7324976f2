import { chainOf, give, grantsOfAccount, takeBackAll } from '#core/access'
import type { NewGrant, RoleGrant } from '#core/access/contract'
import { record } from '#core/audit'
import { requireHeld, require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import {
  type AccountChange,
  type AccountPage,
  type AccountQuery,
  accountChange,
  mostAccounts,
  type NewAccount,
  newAccount,
  type ServiceAccount,
} from './contract.ts'
import { read } from './reading.ts'
import {
  changeAccount,
  countForOneMore,
  deleteAccount,
  insertAccount,
  isNameTaken,
  readAccount,
  readAccounts,
  readAccountsPage,
} from './store.ts'

const target = (id: string) => ({ kind: 'service_account', id })
const subjectOf = (tx: Tx, id: string) => ({ kind: 'service', homeId: tx.organizationId, id }) as const

/** An account that exists, for whoever may look after tokens. */
export const permitted = async (tx: Tx, by: Actor, id: string): Promise<ServiceAccount> => {
  requirePermission(by, 'token.manage', chainOf(tx))
  return (await readAccount(tx, id)) ?? fail('tokens.account_unknown')
}

/** Nobody rules over an account that holds what they do not hold themselves. */
const requireOverAccount = async (tx: Tx, by: Actor, id: string): Promise<void> => {
  for (const { permission, reach } of await grantsOfAccount(tx, id)) requireHeld(by, [permission], chainOf(tx), reach)
}

export const listAccounts = (tx: Tx, by: Actor): Promise<ServiceAccount[]> => {
  requirePermission(by, 'token.manage', chainOf(tx))
  return readAccounts(tx)
}

/** A page of accounts in the order of their names, and where the next one begins. */
export const accountPage = async (tx: Tx, by: Actor, { search, limit, after }: AccountQuery): Promise<AccountPage> => {
  requirePermission(by, 'token.manage', chainOf(tx))
  const read = await readAccountsPage(tx, { search: search?.trim().toLowerCase(), limit, after })
  const accounts = read.slice(0, limit)
  const end = read.length > limit ? accounts.at(-1) : undefined
  return { accounts, next: end ? { key: end.name, id: end.id } : null }
}

/** What accounts are called, by id. The caller has decided that it may be known. */
export const accountNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await readAccountsPage(tx, { ids, limit: ids.length })).map(({ id, name }) => [id, name]))

export const findAccount = (tx: Tx, by: Actor, id: string): Promise<ServiceAccount> => permitted(tx, by, id)

/** The account that is asking: everybody may know who they are. */
export const ownAccount = async (tx: Tx, by: Actor): Promise<ServiceAccount> =>
  (by.kind === 'service' && by.personId !== undefined ? await readAccount(tx, by.personId) : null) ??
  fail('tokens.account_unknown')

/** Makes an account that holds nothing yet. */
export const createAccount = async (tx: Tx, by: Actor, wanted: NewAccount): Promise<ServiceAccount> => {
  requirePermission(by, 'token.manage', chainOf(tx))
  const { name, description } = read(newAccount, wanted)
  const account: ServiceAccount = {
    id: newId('sva'),
    name,
    description,
    status: 'active',
    version: 1,
    createdAt: now(),
  }
  if ((await countForOneMore(tx)) >= mostAccounts) return fail('tokens.too_many')
  if (!(await insertAccount(tx, account))) return fail('tokens.account_name_taken', 'name')
  await record(tx, by, 'service_account.created', target(account.id), { after: { name, description } })
  return account
}

export const updateAccount = async (
  tx: Tx,
  by: Actor,
  id: string,
  wanted: AccountChange,
  version: number,
): Promise<ServiceAccount> => {
  const { name, description } = await permitted(tx, by, id)
  const change = read(accountChange, wanted)
  if (change.name !== undefined && (await isNameTaken(tx, change.name, id))) {
    return fail('tokens.account_name_taken', 'name')
  }
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const after = (await changeAccount(tx, id, given, version)) ?? fail('tokens.changed_elsewhere')
  await record(tx, by, 'service_account.changed', target(id), { before: { name, description }, after: given })
  return after
}

const setStatus = async (tx: Tx, by: Actor, id: string, status: ServiceAccount['status']): Promise<ServiceAccount> => {
  const account = await permitted(tx, by, id)
  await requireOverAccount(tx, by, id)
  if (account.status === status) return account
  const after = (await changeAccount(tx, id, { status }, account.version)) ?? fail('tokens.changed_elsewhere')
  await record(tx, by, `service_account.${status === 'active' ? 'resumed' : 'suspended'}`, target(id))
  return after
}

/** None of its tokens is worth anything until it is resumed. */
export const suspendAccount = (tx: Tx, by: Actor, id: string) => setStatus(tx, by, id, 'suspended')
export const resumeAccount = (tx: Tx, by: Actor, id: string) => setStatus(tx, by, id, 'active')

/** Removes an account with its tokens and everything that it was given. */
export const removeAccount = async (tx: Tx, by: Actor, id: string, version?: number): Promise<void> => {
  const account = await permitted(tx, by, id)
  await requireOverAccount(tx, by, id)
  await takeBackAll(tx, by, subjectOf(tx, id))
  if (!(await deleteAccount(tx, id, version ?? account.version))) return fail('tokens.changed_elsewhere')
  await record(tx, by, 'service_account.removed', target(id), { before: { name: account.name } })
}

/** Gives an account a role, as far as whoever gives it holds that role themselves. */
export const giveRole = async (tx: Tx, by: Actor, id: string, wanted: NewGrant): Promise<RoleGrant> => {
  requirePermission(by, 'role.assign', chainOf(tx))
  if (!(await readAccount(tx, id))) return fail('tokens.account_unknown')
  return give(tx, by, subjectOf(tx, id), wanted)
}
