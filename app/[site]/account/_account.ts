import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import {
  acceptedPasskeys,
  enrolmentUnderWay,
  freshMs,
  phoneUnderWay,
  profile,
  secondSteps,
  waysIn,
} from '#core/account'
import type { Profile } from '#core/account/contract'
import { isSmsAvailable } from '#core/sms'
import { minutes, now } from '#platform/clock'
import type { SecurityData } from '#ui/screens/security'
import type { PageSession } from '../../_doors/visit.ts'

/** In groups, as people read it. It is kept without them. */
const readable = (phone: string): string => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone

const signedIn = ({ person, isStaff }: Profile) => {
  const { givenName, familyName, email } = person
  return { givenName, familyName, email, isStaff }
}

/** A browser makes a passkey beside a password that it has filled in a moment ago, and not later. */
const upgradeMs = minutes(5)

const mayUpgrade = ({ context, createdAt }: PageSession, { factors }: Profile): boolean => {
  const here = acceptedPasskeys(context, factors)
  if (here === null || here.allAcceptedCredentialIds.length > 0 || !factors.password) return false
  return now().getTime() - createdAt.getTime() < upgradeMs
}

/** What the pages of My Account show of whoever is signed in. */
export async function accountOf(session: PageSession) {
  const { context, createdAt: signedInAt } = session
  const known = await profile(context)
  const { person, factors } = known
  return {
    person: signedIn(known),
    username: person.username,
    phone: person.phone === null ? null : readable(person.phone),
    isPhoneVerified: person.phoneVerifiedAt !== null,
    locale: person.locale,
    createdAt: person.createdAt,
    emailVerifiedAt: person.emailVerifiedAt,
    signedInAt,
    version: person.version,
    passwordChangedAt: factors.password?.changedAt ?? null,
    secondStepAt: factors.totp?.addedAt ?? null,
    passkeyAt: factors.passkeys.at(-1)?.addedAt ?? null,
    passkeys: factors.passkeys.length,
    hasSecondStep: secondSteps(factors) > 0,
    codesLeft: factors.recoveryCodesLeft,
    mayUpgrade: mayUpgrade(session, known),
    signal: signalOf(session, known),
  }
}

/** What the browser's authenticators are told: which passkeys are still good, and what this person is called. */
const signalOf = ({ context }: PageSession, { person, factors }: Profile): string | null => {
  const accepted = acceptedPasskeys(context, factors)
  if (!accepted) return null
  const { rpId, userId } = accepted
  const displayName = `${person.givenName} ${person.familyName}`.trim() || person.email
  return JSON.stringify({
    signalAllAcceptedCredentials: accepted,
    signalCurrentUserDetails: { rpId, userId, name: person.email, displayName },
  })
}

/** What somebody proves themselves with, as the page of security shows it. */
export async function securityOf(session: PageSession): Promise<SecurityData> {
  const { context, enrolment, provenAt } = session
  const known = await profile(context)
  const { factors, isSecondStepRequired } = known
  const rpId = acceptedPasskeys(context, factors)?.rpId ?? null
  const underWay = phoneUnderWay(context, enrolment)
  return {
    person: signedIn(known),
    passwordChangedAt: factors.password?.changedAt ?? null,
    passkeys: factors.passkeys.map(({ id, name, authenticator, isSynced, rpId: host, addedAt, lastUsedAt }) => ({
      ...{ id, name, authenticator, isSynced, addedAt, lastUsedAt },
      host: host === rpId ? null : host,
    })),
    app: factors.totp,
    phones: factors.phones.map(({ id, number, verifiedAt, lastUsedAt }) => ({
      ...{ id, lastUsedAt },
      number: readable(number),
      addedAt: verifiedAt,
    })),
    codesLeft: factors.recoveryCodesLeft,
    waysIn: waysIn(factors),
    secondSteps: secondSteps(factors),
    isSecondStepRequired,
    isFresh: now().getTime() - provenAt.getTime() < freshMs,
    offers: { passkeys: rpId !== null, phones: isSmsAvailable() },
    enrolment: await enrolmentUnderWay(context, enrolment),
    phoneUnderWay: underWay && { ...underWay, number: readable(underWay.number) },
    signal: signalOf(session, known),
  }
}
