// Codes on paper, for whoever has lost everything else: ten of them, 80 random bits each, and each works once.

import { randomBytes } from 'node:crypto'
import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { keyedHash } from '#platform/secrets'
import { recoveryCodeCount } from './contract.ts'
import { lockFactors } from './factors-store.ts'
import { countCodes, deleteCodes, insertCodes, spendCode } from './recovery-store.ts'

// Crockford's base32: what is read for something else is not among it.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const characters = 16
const groups = /.{4}(?=.)/g
/** With whatever stands between the characters. */
const longestTyped = 100

/** 256 is eight times 32, so that no character is likelier than another. */
const newCode = (): string => [...randomBytes(characters)].map((byte) => alphabet[byte % alphabet.length]).join('')

const shown = (code: string): string => code.replace(groups, '$&-')

/** As it was read off paper: in any case, with or without its dashes, and with letters for the digits that look like them. */
const tidied = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')

const hashOf = (tx: Tx, personId: string, code: string): Buffer =>
  keyedHash('recovery code', `${tx.organizationId}/${personId}/${code}`)

const person = (id: string) => ({ kind: 'person', id })

/** New codes instead of all that there were. Nobody can be told them a second time. */
export const makeRecoveryCodes = async (tx: Tx, by: Actor, personId: string): Promise<string[]> => {
  await lockFactors(tx, personId)
  await deleteCodes(tx, personId)
  const codes = Array.from({ length: recoveryCodeCount }, newCode)
  const hashes = codes.map((code) => hashOf(tx, personId, code))
  await insertCodes(tx, personId, hashes)
  await record(tx, by, 'recovery_codes.made', person(personId), { count: codes.length })
  return codes.map(shown)
}

/** Spends one of a person's codes and answers how many are left; `recovery_code.wrong` for what is none, or was used before. */
export const useRecoveryCode = async (tx: Tx, by: Actor, personId: string, typed: string): Promise<number> => {
  const code = tidied(typed.slice(0, longestTyped))
  if (!(await spendCode(tx, personId, hashOf(tx, personId, code)))) return fail('recovery_code.wrong', 'code')
  const left = await countCodes(tx, personId)
  await record(tx, by, 'recovery_codes.used', person(personId), { left })
  return left
}

/** How many codes of a person are still good. */
export const recoveryCodesLeft = (tx: Tx, personId: string): Promise<number> => countCodes(tx, personId)

/** Takes a person's codes away; answers how many were still good. */
export const endRecoveryCodes = async (tx: Tx, by: Actor, personId: string, why: string): Promise<number> => {
  const left = await deleteCodes(tx, personId)
  if (left > 0) await record(tx, by, 'recovery_codes.removed', person(personId), { left, why })
  return left
}
