// Owns removals: organizations that were deleted, until everything of them is erased. The organization itself is gone with the
// transaction that deletes it, with whatever ties its people to others; the rows of its own follow, module by module.
// Calls every module that keeps rows of organizations, each through its own door; called by the REST interface, the console,
// the toolkit and the hourly tidying.

import { requireOwnerBeyond } from '#core/access'
import type { Actor } from '#core/authority/contract'
import { countByKind } from '#core/documents'
import { countAddresses, remove as removeOrganization, requireRemovable, type Sure } from '#core/organizations'
import { forgetOrganization, tiesOf } from '#core/people'
import { countOpen } from '#core/sessions'
import type { Counts } from '#platform/belongings'
import { asOrganization, type Tx } from '#platform/database'
import type { RemovalPreview } from './contract.ts'
import { all, listed, takeOutResidents } from './erasing.ts'
import { insertRemoval } from './store.ts'

export { finishRemoval, finishRemovals } from './erasing.ts'

/** Every table that is erased with an organization. */
export const erasedTables: readonly string[] = all.flatMap(({ tables }) => tables)

const counted = async (tx: Tx): Promise<Omit<RemovalPreview, 'below'>> => {
  const counts: Counts = {}
  for (const { count } of all) Object.assign(counts, await count(tx))
  const of = (table: string): number => counts[table] ?? 0
  const documents = await countByKind(tx)
  const { hosts, domains } = await countAddresses(tx, tx.organizationId)
  return {
    people: of('people'),
    memberships: of('memberships'),
    sessions: await countOpen(tx),
    roles: of('roles'),
    groups: of('groups'),
    grants: of('grants'),
    serviceAccounts: of('service_accounts'),
    tokens: of('api_tokens'),
    invitations: of('invitations'),
    themes: documents.theme ?? 0,
    texts: documents.texts ?? 0,
    emails: documents.email ?? 0,
    hosts,
    domains,
  }
}

/** What would go with an organization, for whoever may delete it. In a platform unit of work. */
export const preview = async (tx: Tx, by: Actor, id: string): Promise<RemovalPreview> => {
  const { below } = await requireRemovable(tx, by, id)
  return { ...(await asOrganization(tx, id, counted)), below }
}

/**
 * Deletes an organization for good, in a platform unit of work: from its commit on nobody is met there. People who live there
 * belong nowhere else any more, unless another organization would lose its last owner by it (`access.last_owner`); people of
 * elsewhere who belonged there keep their home and lose this. Afterwards `finishRemovals` erases what is left.
 */
export const remove = async (tx: Tx, by: Actor, id: string, sure: Sure = {}): Promise<void> => {
  const { parentId, ancestors } = await requireRemovable(tx, by, id)
  const counts = await asOrganization(tx, id, counted)
  const { elsewhere, homes } = await asOrganization(tx, id, tiesOf)
  await removeOrganization(tx, by, id, sure, listed(counts))
  for (const other of elsewhere) {
    await asOrganization(tx, other, async (own) => {
      await requireOwnerBeyond(own, id)
      await takeOutResidents(own, by, id)
    })
  }
  for (const home of new Set([...homes, ...ancestors])) {
    if (home !== id) await asOrganization(tx, home, (own) => forgetOrganization(own, id))
  }
  await insertRemoval(tx, id, parentId)
}
