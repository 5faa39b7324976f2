import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import type { Tx } from '#platform/database'
import {
  deletePassword,
  exchangePassword,
  insertPassword,
  markToChange,
  readPassword,
  replaceHash,
  writePassword,
} from './store.ts'

type Kept = { hash: string; changedAt: Date; mustChange: boolean }

/** The kept hash of a person at home here, since when, and whether another one is wanted. */
export const passwordOf = async (tx: Tx, personId: string): Promise<Kept | null> => {
  const row = await readPassword(tx, personId)
  return row ? { hash: row.hash, changedAt: row.changed_at, mustChange: row.must_change } : null
}

/** Sets a person's password from its hash. */
export const setPassword = async (tx: Tx, by: Actor, personId: string, hash: string, why: string): Promise<void> => {
  await writePassword(tx, personId, hash)
  await forgetTrust(tx, personId)
  await record(tx, by, 'password.changed', { kind: 'person', id: personId }, { why })
}

/**
 * Sets a person's password in the place of the one that was looked at, or of none; false when it is another one by now. Of all
 * who do so at the same moment, one has done it.
 */
export const exchangeFor = async (
  tx: Tx,
  by: Actor,
  personId: string,
  { old, hash, why }: { old: string | null; hash: string; why: string },
): Promise<boolean> => {
  const isDone = old === null ? insertPassword(tx, personId, hash) : exchangePassword(tx, personId, old, hash)
  if (!(await isDone)) return false
  await forgetTrust(tx, personId)
  await record(tx, by, 'password.changed', { kind: 'person', id: personId }, { why })
  return true
}

/** At the next sign-in another password has to be chosen; false for somebody who has none. */
export const askForAnother = (tx: Tx, personId: string): Promise<boolean> => markToChange(tx, personId)

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
