// Owns attempts: signing in, signing up, recovering and starting an organization, step by step. Proof is checked where a person
// is at home, the session begins where they are met. Every answer leads to an outcome: where to go, and what the browser keeps.
// Calls people, sessions, credentials, organizations, invitations, onboarding, tickets, limits, outbox and audit; called by the
// pages' doors.

import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'

registerStatuses(failures)

export { tidyAttempts as tidy } from './attempts.ts'
export { networkOf } from './bounds.ts'
export { catalogue } from './catalogue.ts'
export { organizationFor } from './domains.ts'
export { entryOf } from './entry.ts'
export { acceptInvitation, lookAtInvitation, requestInvitation, type SignedIn } from './invitation.ts'
export { remindName } from './name.ts'
export { lookAtSignIn } from './opened.ts'
export { passkeyForSecondStep, passkeyToEnrol, passkeyToSignIn } from './passkey-asked.ts'
export { exchange } from './proven.ts'
export { lookAtReset, recover, recoverByCode, reset } from './recover.ts'
export { resend } from './resend.ts'
export { secondStep } from './second-step.ts'
export { lookAtSecure, secureAccount } from './secure.ts'
export { signIn } from './sign-in.ts'
export { signUp } from './sign-up.ts'
export { chooseHandle, lookAtStart, start } from './start.ts'
export { belongings } from './store.ts'
export { abandon, lookAtVerify, type VerifyAnswer, verify } from './verify.ts'
export { view } from './view.ts'
