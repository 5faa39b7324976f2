import { enrolmentUnderWay, profile } from '#core/account'
import type { PageSession } from '../../_doors/visit.ts'

/** What the pages of My Account show of whoever is signed in. */
export async function accountOf({ context, enrolment }: PageSession) {
  const { person, passwordChangedAt, secondStep } = await profile(context)
  return {
    person: { givenName: person.givenName, familyName: person.familyName, email: person.email },
    phone: person.phone,
    locale: person.locale,
    emailVerified: person.emailVerifiedAt !== null,
    version: person.version,
    passwordChangedAt,
    secondStep,
    enrolment: secondStep ? null : await enrolmentUnderWay(context, enrolment),
  }
}
