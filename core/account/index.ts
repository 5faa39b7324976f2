// Owns what a signed-in person does with their own account: profile, and everything that they prove themselves with. Has no
// table: people and credentials keep what it changes, at the person's home.
// Calls sessions, devices, credentials, sms, tickets, people, notes, limits and outbox; called by the pages.

import { factorsOf } from '#core/credentials'
import { directory } from '#core/organizations'
import { find, findMembership, spread, updateProfile } from '#core/people'
import type { Answer, PersonRef } from '#core/people/contract'
import { type Tx, withOrganization } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { readProfile } from './answers.ts'
import { isSecondStepRequired } from './changing.ts'
import { type AccountContext, failures, type Profile } from './contract.ts'

export { factorRules, profileRules } from './answers.ts'
export { changePassword } from './change-password.ts'
export { secondSteps, waysIn } from './enough.ts'
export { freshMs, requireFresh } from './fresh.ts'
export { formOfKept, keepAnswer, takeKept } from './kept.ts'
export { nameOwnApp, nameOwnPasskey, ownFactors } from './own-factors.ts'
export {
  acceptedPasskeys,
  addPasskey,
  passkeyToMake,
  passkeyToProve,
  provePasskey,
  removePasskey,
  renamePasskey,
} from './passkeys.ts'
export { confirmPhone, phoneUnderWay, removePhone, resendPhoneCode, startPhone } from './phones.ts'
export { goOnProven, proofAsked, proveAgain } from './prove-again.ts'
export { makeRecoveryCodes, putRecoveryCodesAway, shownRecoveryCodes } from './recovery-codes.ts'
export { confirmTotp, enrolmentUnderWay, removeTotp, renameTotp, startTotp, testTotp } from './second-step.ts'
export {
  endOtherSessions,
  endOwnSession,
  forgetOwnDevice,
  ownSessions,
  type TrustedDevice,
  trustedDevices,
} from './sessions.ts'

registerStatuses(failures)

const staffAt = async (tx: Tx, ref: PersonRef): Promise<boolean> => {
  const membership = await findMembership(tx, ref)
  return membership?.kind === 'staff' && membership.status === 'active'
}

/** Who is signed in, as their home knows them, and whether they look after the organization that is met. */
export const profile = async (ctx: Pick<AccountContext, 'session' | 'organizationId'>): Promise<Profile> => {
  const { session, organizationId } = ctx
  const { homeId, personId } = session
  const isHome = homeId === organizationId
  const known = await withOrganization(homeId, async (tx) => ({
    person: (await find(tx, personId)) ?? fail('person.unknown'),
    factors: await factorsOf(tx, personId),
    isSecondStepRequired: isSecondStepRequired(ctx),
    isStaff: isHome && (await staffAt(tx, session)),
  }))
  return isHome ? known : { ...known, isStaff: await withOrganization(organizationId, (tx) => staffAt(tx, session)) }
}

/** Changes the fields that the form sent, if nobody else has changed them since it was shown. */
export const changeProfile = async (ctx: AccountContext, answer: Answer): Promise<void> => {
  const organization = directory().byId(ctx.organizationId) ?? fail('organizations.not_found')
  const { change, version } = readProfile(answer, organization)
  const { homeId, personId } = ctx.session
  await withOrganization(homeId, (tx) => updateProfile(tx, ctx.by, personId, change, version))
  await spread({ homeId, personId })
}
