// Owns credentials: what people prove themselves with, where they are at home: passwords, passkeys, authenticator apps,
// phones that codes are sent to, and recovery codes; and the rules for new ones.
// Calls audit, limits, organizations, people and devices (which no longer spare the second step once something of this changes); called by roster, login, account and the seed. Hashing happens outside transactions, always,
// and so does whatever verifies a signature.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

export { acceptTotp, addTotp, plantTotp, removeTotp, renameTotp, testTotp, totpOf } from './authenticator-app.ts'
export { authenticatorName } from './authenticators.ts'
export { passkeysBoundTo } from './bound-passkeys.ts'
export { boundsAt, newChallenge, takeChallenge } from './challenges.ts'
export { endFactors, factorsOf, forget } from './factors.ts'
export { belongings, lockFactors } from './factors-store.ts'
export { argon2Options, hashesDone, hashPassword, isOutdated, verifyPassword } from './hashing.ts'
export {
  addPasskey,
  countPasskeysByRpId,
  endPasskeys,
  findPasskey,
  passkeysOf,
  removePasskey,
  renamePasskey,
  usePasskey,
} from './passkeys.ts'
export { askForAnother, endPassword, exchangeFor, passwordOf, refreshHash, setPassword } from './passwords.ts'
export { addPhone, markPhoneUsed, maskedPhone, phonesOf, removePhone } from './phones.ts'
export { endRecoveryCodes, makeRecoveryCodes, recoveryCodesLeft, useRecoveryCode } from './recovery-codes.ts'
export { checkNewPassword, minimumLength } from './rules.ts'
export { enrolmentOf, matchingStep, newTotpSecret, tidyCode } from './totp.ts'
export {
  acceptedCredentials,
  authenticationOptions,
  readAuthentication,
  readRegistration,
  registrationOptions,
  rpIdOf,
  userHandleOf,
  verifyAuthentication,
  verifyRegistration,
} from './webauthn.ts'

registerStatuses(failures)
