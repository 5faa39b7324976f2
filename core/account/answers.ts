// Reading the forms of My Account.

import { longestCredential } from '#core/credentials/contract'
import type { Organization } from '#core/organizations/contract'
import { chosenLocale, chosenUsername, fields, personName, phoneNumber, readAnswer } from '#core/people'
import type { Answer, ProfileChange } from '#core/people/contract'
import { fail } from '#platform/failure'
import { isId } from '#platform/ids'

const optionalNames = {
  ...fields,
  given_name: { max: 80, required: false },
  family_name: { max: 80, required: false },
} as const
const version = { max: 10 } as const

/** The fields of the profile that a form may show again. */
export const profileRules = {
  given_name: optionalNames.given_name,
  family_name: optionalNames.family_name,
  username: fields.username,
  phone: fields.phone,
  locale: fields.locale,
} as const

const seenVersion = (typed: string): number =>
  /^\d{1,9}$/.test(typed) ? Number(typed) : fail('input.invalid', 'version')

/** What a profile form wants changed: only the fields that it sent. Fields it must not have are not looked at. */
export const readProfile = (
  answer: Answer,
  organization: Pick<Organization, 'handle' | 'locales'>,
): { change: ProfileChange; version: number } => {
  const typed = readAnswer(answer, { ...profileRules, version })
  const isSent = (name: keyof typeof profileRules) => answer[name] !== undefined
  return {
    version: seenVersion(typed.version),
    change: {
      ...(isSent('given_name') ? { givenName: personName(typed.given_name, 'given_name') } : {}),
      ...(isSent('family_name') ? { familyName: personName(typed.family_name, 'family_name') } : {}),
      ...(isSent('username') ? { username: chosenUsername(typed.username, organization) } : {}),
      ...(isSent('phone') ? { phone: phoneNumber(typed.phone) } : {}),
      ...(isSent('locale') ? { locale: chosenLocale(typed.locale, organization.locales) } : {}),
    },
  }
}

const secret = { max: 1024, secret: true, verbatim: true } as const

/** Longer than a password may be, so that the policy, which says more, is what refuses it. */
export const readPasswordChange = (answer: Answer) =>
  readAnswer(answer, { current_password: secret, new_password: { ...secret, max: 4096 } })

export const readCurrentPassword = (answer: Answer): string =>
  readAnswer(answer, { current_password: secret }).current_password

export const readCode = (answer: Answer): string => readAnswer(answer, { code: { max: 20 } }).code

/** Of whoever has no password yet. */
export const readNewPassword = (answer: Answer): string =>
  readAnswer(answer, { new_password: { ...secret, max: 4096 } }).new_password

/** What the script of a passkey fills in: the browser's answer, and the challenge that it answers. */
export const readCeremony = (answer: Answer) =>
  readAnswer(answer, {
    credential: { max: longestCredential, secret: true },
    challenge: { max: 4096, secret: true },
  })

const kinds = { passkey: 'pky', phone: 'pho' } as const

/** Which of their passkeys or phones somebody means. */
export const readFactor = (answer: Answer, field: keyof typeof kinds): string => {
  const id = readAnswer(answer, { [field]: { max: 40 } })[field]
  return isId(kinds[field], id) ? id : fail('account.factor_unknown')
}

/** Fields that a form of a factor may show again. */
export const factorRules = {
  name: { max: 200, required: false },
  phone: { ...fields.phone, required: true },
} as const

/** Longer than it may be, so that whoever checks it says so. */
export const readFactorName = (answer: Answer): string => readAnswer(answer, { name: factorRules.name }).name

export const readPhone = (answer: Answer): string => readAnswer(answer, { phone: factorRules.phone }).phone
