import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import type { Tx } from '#platform/database'
import { deletePassword, readPassword, replaceHash, writePassword } from './store.ts'

/** The kept hash of a person at home here, and since when. */
export const passwordOf = async (tx: Tx, personId: string): Promise<{ hash: string; changedAt: Date } | null> => {
  const row = await readPassword(tx, personId)
  return row ? { hash: row.hash, changedAt: row.changed_at } : null
}

/** Sets a person's password from its hash. */
export const setPassword = async (tx: Tx, by: Actor, personId: string, hash: string, why: string): Promise<void> => {
  await writePassword(tx, personId, hash)
  await forgetTrust(tx, personId)
  await record(tx, by, 'password.changed', { kind: 'person', id: personId }, { why })
}

/** From now on nobody gets in with the password that somebody has; a link of a mail sets the next one. */
export const endPassword = async (tx: Tx, by: Actor, personId: string, why: string): Promise<void> => {
  if (await deletePassword(tx, personId)) {
    await forgetTrust(tx, personId)
    await record(tx, by, 'password.ended', { kind: 'person', id: personId }, { why })
  }
}

/** Replaces an outdated hash of the same password. */
export const refreshHash = (tx: Tx, personId: string, old: string, hash: string): Promise<void> =>
  replaceHash(tx, personId, old, hash)
