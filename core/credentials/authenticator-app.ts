// The authenticator app of people at home in the transaction's organization: one of each.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { seal, unseal } from '#platform/secrets'
import type { App } from './contract.ts'
import { factorName } from './names.ts'
import { deleteTotp, insertTotp, readTotp, takeStep, writeTotpName } from './store.ts'
import { matchingStep, tidyCode } from './totp.ts'

const sealedFor = 'totp'
const person = (id: string) => ({ kind: 'person', id })

/** A person's authenticator app; null without one. */
export const totpOf = async (tx: Tx, personId: string): Promise<App | null> => {
  const row = await readTotp(tx, personId)
  return row ? { name: row.name, addedAt: row.created_at, lastUsedAt: row.last_used_at } : null
}

/** Adds an authenticator app that has shown its first code. That code is used up by it. */
export const addTotp = async (
  tx: Tx,
  by: Actor,
  personId: string,
  secret: string,
  typed: string,
  name: string | null = null,
): Promise<void> => {
  const step = matchingStep(secret, tidyCode(typed)) ?? fail('login.wrong_code', 'code')
  const row = { id: newId('tot'), person_id: personId, secret: seal(sealedFor, secret), name: factorName(name) }
  if (!(await insertTotp(tx, { ...row, last_step: step }))) fail('second_step.exists')
  await forgetTrust(tx, personId)
  await record(tx, by, 'second_step.added', person(personId))
}

/** For the seed: an app whose secret is known before any code was shown. */
export const plantTotp = async (tx: Tx, by: Actor, personId: string, secret: string): Promise<void> => {
  const row = { id: newId('tot'), person_id: personId, secret: seal(sealedFor, secret), name: null }
  if (await insertTotp(tx, { ...row, last_step: 0 })) await record(tx, by, 'second_step.added', person(personId))
}

/** Accepts a code of the person's app once: `login.wrong_code`, or `login.code_used` for one that was accepted before. */
export const acceptTotp = async (tx: Tx, personId: string, typed: string): Promise<void> => {
  const row = await readTotp(tx, personId)
  const step = row ? matchingStep(unseal(sealedFor, row.secret), tidyCode(typed)) : null
  if (!row || step === null) return fail('login.wrong_code', 'code')
  if (!(await takeStep(tx, row.id, step))) fail('login.code_used', 'code')
}

/** Whether an app shows the right codes, for whoever wants to be sure. The code is used up as by a sign-in. */
export const testTotp = (tx: Tx, personId: string, typed: string): Promise<void> => acceptTotp(tx, personId, typed)

/** Calls a person's app something else; null for what every app is called. False when they have none. */
export const renameTotp = async (tx: Tx, by: Actor, personId: string, name: string | null): Promise<boolean> => {
  const wanted = factorName(name)
  const before = await readTotp(tx, personId)
  if (!before || !(await writeTotpName(tx, before.id, wanted))) return false
  const details = { before: { name: before.name }, after: { name: wanted } }
  if (before.name !== wanted) await record(tx, by, 'second_step.renamed', person(personId), details)
  return true
}

/** Takes a person's authenticator app away. */
export const removeTotp = async (tx: Tx, by: Actor, personId: string, why?: string): Promise<boolean> => {
  const isRemoved = await deleteTotp(tx, personId)
  if (!isRemoved) return false
  await forgetTrust(tx, personId)
  await record(tx, by, 'second_step.removed', person(personId), why === undefined ? undefined : { why })
  return true
}
