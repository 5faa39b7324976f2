// A program that looks after the whole sample world: a service account of the root, and the token that it goes by.

import { systemActor as by } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { authenticate, createAccount, createToken, giveRole, listAccounts } from '#core/tokens'
import { days, fromNow } from '#platform/clock'
import { withOrganization } from '#platform/database'

const name = 'Sample world'
const lifetimeMs = days(400)

/** Whether a token of an earlier start still does all that an owner may; permissions are added now and then. */
const isWhole = async (text: string): Promise<boolean> => {
  const held = new Set((await authenticate(text))?.grants.map(({ permission }) => permission))
  return builtInRoles.owner.every((permission) => held.has(permission))
}

/**
 * The token of the program: the one that is known already while it is good, else a new one. Null where somebody has
 * suspended the account, which stays as they left it.
 */
export const settleProgram = async (rootId: string, known: string | null): Promise<string | null> => {
  if (known !== null && (await isWhole(known))) return known
  return withOrganization(rootId, async (tx) => {
    const found = (await listAccounts(tx, by)).find((account) => account.name === name)
    const account = found ?? (await createAccount(tx, by, { name, description: 'The token in demo.json is its' }))
    if (account.status === 'suspended') return null
    await giveRole(tx, by, account.id, { role: 'owner', reach: 'subtree' })
    const wanted = { name: 'demo.json', scopes: [...builtInRoles.owner], expiresAt: fromNow(lifetimeMs) }
    return (await createToken(tx, by, account.id, wanted)).text
  })
}
