// Phones that codes are sent to, of people at home in the transaction's organization. Whoever adds one has proven it by a code.

import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import { phoneNumber } from '#core/people'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { mostPhones, type Phone } from './contract.ts'
import { lockFactors } from './factors-store.ts'
import { deletePhones, insertPhone, type PhoneRow, readPhones, stampPhone } from './phones-store.ts'

export const toPhone = ({ id, number, verified_at, last_used_at }: PhoneRow): Phone => ({
  id,
  number,
  verifiedAt: verified_at,
  lastUsedAt: last_used_at,
})

const person = (id: string) => ({ kind: 'person', id })

/** A number as it may be shown to whoever has not proven everything yet: `+49 ••• ••67`. */
export const maskedPhone = (number: string): string => {
  const country = parsePhoneNumberFromString(number)?.countryCallingCode
  return `${country ? `+${country} ` : ''}••• ••${number.slice(-2)}`
}

/** Keeps a phone that its person has just shown a code of. At most two of one person. */
export const addPhone = async (tx: Tx, by: Actor, personId: string, typed: string): Promise<Phone> => {
  const number = phoneNumber(typed) ?? fail('phone.invalid', 'phone')
  await lockFactors(tx, personId)
  const phones = await readPhones(tx, personId)
  if (phones.some((phone) => phone.number === number)) return fail('phone_factor.exists', 'phone')
  if (phones.length >= mostPhones) return fail('phone_factor.too_many', 'phone')
  await forgetTrust(tx, personId)
  const phone = toPhone(await insertPhone(tx, personId, newId('pho'), number))
  await record(tx, by, 'phone_factor.added', person(personId), { number: maskedPhone(number) })
  return phone
}

/** The one that was proven first stands first. */
export const phonesOf = async (tx: Tx, personId: string): Promise<Phone[]> =>
  (await readPhones(tx, personId)).map(toPhone)

/** A code that was sent there was accepted. */
export const markPhoneUsed = (tx: Tx, personId: string, id: string): Promise<void> => stampPhone(tx, personId, id)

const recordRemoved = async (tx: Tx, by: Actor, personId: string, gone: PhoneRow[], why?: string): Promise<void> => {
  if (gone.length > 0) await forgetTrust(tx, personId)
  for (const { number } of gone) {
    const details = { number: maskedPhone(number), ...(why && { why }) }
    await record(tx, by, 'phone_factor.removed', person(personId), details)
  }
}

/** Takes one of a person's phones away; answers it, for the mail that tells of it. */
export const removePhone = async (tx: Tx, by: Actor, personId: string, id: string): Promise<Phone | null> => {
  const [gone] = await deletePhones(tx, personId, id)
  if (!gone) return null
  await recordRemoved(tx, by, personId, [gone])
  return toPhone(gone)
}

/** Takes all of a person's phones away; answers how many there were. */
export const endPhones = async (tx: Tx, by: Actor, personId: string, why: string): Promise<number> => {
  const gone = await deletePhones(tx, personId)
  await recordRemoved(tx, by, personId, gone, why)
  return gone.length
}
