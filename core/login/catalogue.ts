// Every step there is. A new one is a file, and a line here.

import type { StepId } from '#core/flows/contract'
import { fail } from '#platform/failure'
import type { Step } from './step.ts'
import { choosePassword, details, invitation, mailbox, verifyEmail } from './steps/account.ts'
import { emailCode } from './steps/email-code.ts'
import { enrol } from './steps/enrol.ts'
import { help } from './steps/help.ts'
import { identifier } from './steps/identifier.ts'
import { newPassword } from './steps/new-password.ts'
import { offerPasskey } from './steps/offer-passkey.ts'
import { organization } from './steps/organization.ts'
import { passkey } from './steps/passkey.ts'
import { password } from './steps/password.ts'
import { profile } from './steps/profile.ts'
import { recoveryCode } from './steps/recovery-code.ts'
import { secondStep } from './steps/second-step.ts'
import { smsCode } from './steps/sms-code.ts'
import { terms } from './steps/terms.ts'
import { totp } from './steps/totp.ts'
import { trustedDevice } from './steps/trusted-device.ts'

const all: readonly Step[] = [
  identifier,
  password,
  passkey,
  secondStep,
  totp,
  emailCode,
  smsCode,
  recoveryCode,
  help,
  trustedDevice,
  enrol,
  offerPasskey,
  newPassword,
  terms,
  profile,
  organization,
  details,
  verifyEmail,
  invitation,
  mailbox,
  choosePassword,
]

export const catalogue = Object.fromEntries(all.map((step) => [step.id, step])) as Readonly<Record<StepId, Step>>

export const stepNamed = (id: StepId): Step => catalogue[id] ?? fail('login.flow_broken')
