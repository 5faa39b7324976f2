/** The page of whatever place somebody stands at in a flow. */
import type { ReactElement } from 'react'
import type { StepId } from '#core/flows/contract'
import type { StepProps } from '../parts/step.tsx'
import { Mfa } from './mfa.tsx'
import { MfaEnrol } from './mfa-enrol.tsx'
import { StepEmailCode, StepSmsCode } from './step-code.tsx'
import { StepHelp } from './step-help.tsx'
import { StepIdentifier } from './step-identifier.tsx'
import { StepNewPassword } from './step-new-password.tsx'
import { StepOfferPasskey } from './step-offer-passkey.tsx'
import { StepOrganization } from './step-organization.tsx'
import { StepPasskey } from './step-passkey.tsx'
import { StepPassword } from './step-password.tsx'
import { StepProfile } from './step-profile.tsx'
import { StepRecoveryCode } from './step-recovery-code.tsx'
import { StepTerms } from './step-terms.tsx'

/** Steps that answer themselves have none, and those that make or recover an account have pages of their own. */
const screens: Partial<Record<StepId, (props: StepProps) => ReactElement>> = {
  identifier: StepIdentifier,
  password: StepPassword,
  passkey: StepPasskey,
  'email-code': StepEmailCode,
  'sms-code': StepSmsCode,
  totp: Mfa,
  'recovery-code': StepRecoveryCode,
  help: StepHelp,
  enrol: MfaEnrol,
  'new-password': StepNewPassword,
  terms: StepTerms,
  profile: StepProfile,
  'offer-passkey': StepOfferPasskey,
  organization: StepOrganization,
}

export const hasScreen = (step: StepId): boolean => Object.hasOwn(screens, step)

export function Step(props: StepProps) {
  const Screen = screens[props.place.step]
  return Screen ? <Screen {...props} /> : null
}
