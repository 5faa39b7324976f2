import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { fail } from '#platform/failure'
import type { FieldRule, Person, ProfileChange } from './contract.ts'

/** The fields that say who somebody is, as forms have them. */
export const fields = {
  given_name: { max: 80 },
  family_name: { max: 80 },
  email: { max: 254 },
  username: { max: 80, required: false },
  phone: { max: 40, required: false },
  locale: { max: 35, required: false },
} as const satisfies Record<string, FieldRule>

// Names are put into mails and pages: whatever mail programs would turn into a link, or reads like a message, is none.
const noName = /[<>{}[\]\\|^~@/:;"=*_#$%&+!?]|\p{Extended_Pictographic}|[\p{L}\d-]{3,}\.\p{L}{2,}|^www\./iu
const hasLetter = /\p{L}/u

/** A name as somebody may carry it. */
export const personName = (value: string, field: string): string => {
  if (value === '') return fail('name.required', field)
  if (noName.test(value) || !hasLetter.test(value)) return fail('name.invalid', field)
  return value.replace(/\s+/gu, ' ')
}

/** A number in E.164, or null for none. The country code is asked for: guessing it would text a stranger. */
export const phoneNumber = (value: string): string | null => {
  if (value === '') return null
  const international = value.replace(/^00/, '+')
  if (!/^\+[\d\s().\-/]+$/.test(international)) return fail('phone.invalid', 'phone')
  const parsed = parsePhoneNumberFromString(international)
  return parsed?.isPossible() ? parsed.number : fail('phone.invalid', 'phone')
}

/** One of the languages offered, or null for whatever the organization has. */
export const chosenLocale = (value: string, offered: readonly string[]): string | null => {
  if (value === '') return null
  return offered.includes(value) ? value : fail('locale.invalid', 'locale')
}

/** Which of the wanted changes are changes, with what was there before. */
export const changesOf = (person: Person, wanted: ProfileChange) => {
  const names = Object.keys(wanted) as (keyof ProfileChange)[]
  const changed = names.filter((name) => wanted[name] !== undefined && wanted[name] !== person[name])
  return {
    changed,
    before: Object.fromEntries(changed.map((name) => [name, person[name]])),
    after: Object.fromEntries(changed.map((name) => [name, wanted[name]])) as ProfileChange,
  }
}

// Letters that no decomposition takes apart.
const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
}

/** What names are sorted and found by: `Sørensen` is found as `sorensen`, and stands among the s. */
export const searchKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[øđðłħıßæœþ]/g, (letter) => plain[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()

/** The two orders in which somebody's name is looked for; whoever has none stands where their address does. */
export const listKeys = ({ email, givenName, familyName }: Pick<Person, 'email' | 'givenName' | 'familyName'>) => ({
  name_key: searchKey(`${familyName} ${givenName}`) || email,
  call_key: searchKey(`${givenName} ${familyName}`) || email,
})
