import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { enrolmentUnderWay, profile } from '#core/account'
import type { PageSession } from '../../_doors/visit.ts'

/** In groups, as people read it. It is kept without them. */
const readable = (phone: string | null): string | null =>
  phone === null ? null : (parsePhoneNumberFromString(phone)?.formatInternational() ?? phone)

/** What the pages of My Account show of whoever is signed in. */
export async function accountOf({ context, enrolment, createdAt: signedInAt }: PageSession) {
  const { person, factors, isStaff } = await profile(context)
  const { password, totp: secondStep } = factors
  return {
    person: { givenName: person.givenName, familyName: person.familyName, email: person.email, isStaff },
    username: person.username,
    phone: readable(person.phone),
    isPhoneVerified: person.phoneVerifiedAt !== null,
    locale: person.locale,
    createdAt: person.createdAt,
    emailVerifiedAt: person.emailVerifiedAt,
    signedInAt,
    version: person.version,
    passwordChangedAt: password?.changedAt ?? null,
    secondStep,
    enrolment: secondStep ? null : await enrolmentUnderWay(context, enrolment),
  }
}
