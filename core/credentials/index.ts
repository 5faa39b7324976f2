// Owns credentials: passwords and authenticator apps, where their person is at home, and the rules for new ones.
// Calls audit, people and devices (which no longer spare the second step once something of this changes); called by roster,
// login, account and the seed. Hashing happens outside transactions, always.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import type { Tx } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { seal, unseal } from '#platform/secrets'
import { failures } from './contract.ts'
import {
  deletePassword,
  deleteTotp,
  insertTotp,
  readPassword,
  readTotp,
  replaceHash,
  takeStep,
  writePassword,
} from './store.ts'
import { matchingStep, tidyCode } from './totp.ts'

export { argon2Options, hashesDone, hashPassword, isOutdated, verifyPassword } from './hashing.ts'
export { checkNewPassword, minimumLength } from './rules.ts'
export { belongings } from './store.ts'
export { enrolmentOf, matchingStep, newTotpSecret, tidyCode } from './totp.ts'

registerStatuses(failures)

const sealedFor = 'totp'

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

/** Erases what somebody proves themselves with: they are deleted. */
export const forget = async (tx: Tx, personId: string): Promise<void> => {
  await deletePassword(tx, personId)
  await deleteTotp(tx, personId)
}

/** Replaces an outdated hash of the same password. */
export const refreshHash = (tx: Tx, personId: string, old: string, hash: string): Promise<void> =>
  replaceHash(tx, personId, old, hash)

/** Since when a person has an authenticator app; null without one. */
export const totpOf = async (tx: Tx, personId: string): Promise<{ addedAt: Date } | null> => {
  const row = await readTotp(tx, personId)
  return row ? { addedAt: row.created_at } : null
}

/** Adds an authenticator app that has shown its first code. That code is used up by it. */
export const addTotp = async (tx: Tx, by: Actor, personId: string, secret: string, typed: string): Promise<void> => {
  const step = matchingStep(secret, tidyCode(typed)) ?? fail('login.wrong_code', 'code')
  const sealed = seal(sealedFor, secret)
  const isAdded = await insertTotp(tx, { id: newId('tot'), person_id: personId, secret: sealed, last_step: step })
  if (!isAdded) fail('second_step.exists')
  await forgetTrust(tx, personId)
  await record(tx, by, 'second_step.added', { kind: 'person', id: personId })
}

/** For the seed: an app whose secret is known before any code was shown. */
export const plantTotp = async (tx: Tx, by: Actor, personId: string, secret: string): Promise<void> => {
  const isAdded = await insertTotp(tx, {
    id: newId('tot'),
    person_id: personId,
    secret: seal(sealedFor, secret),
    last_step: 0,
  })
  if (isAdded) await record(tx, by, 'second_step.added', { kind: 'person', id: personId })
}

/** Accepts a code of the person's app once: `login.wrong_code`, or `login.code_used` for one that was accepted before. */
export const acceptTotp = async (tx: Tx, personId: string, typed: string): Promise<void> => {
  const row = await readTotp(tx, personId)
  const step = row ? matchingStep(unseal(sealedFor, row.secret), tidyCode(typed)) : null
  if (!row || step === null) return fail('login.wrong_code', 'code')
  if (!(await takeStep(tx, row.id, step))) fail('login.code_used', 'code')
}

/** Takes a person's authenticator app away. */
export const removeTotp = async (tx: Tx, by: Actor, personId: string): Promise<boolean> => {
  const isRemoved = await deleteTotp(tx, personId)
  if (!isRemoved) return false
  await forgetTrust(tx, personId)
  await record(tx, by, 'second_step.removed', { kind: 'person', id: personId })
  return true
}
