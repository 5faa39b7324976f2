/** The forms of My Account, by their paths: an answer that waited for a proof is performed as if it had just been sent. */

import type { OwnForm } from '../form.ts'
import { passkeysForm } from './passkeys.ts'
import { passwordForm } from './password.ts'
import { phonesForm } from './phones.ts'
import { profileForm } from './profile.ts'
import { recoveryCodesForm } from './recovery-codes.ts'
import { sessionsForm } from './sessions.ts'
import { totpForm } from './totp.ts'

export const ownForms: ReadonlyMap<string, OwnForm> = new Map(
  [profileForm, passwordForm, totpForm, passkeysForm, phonesForm, recoveryCodesForm, sessionsForm].map((form) => [
    form.path,
    form,
  ]),
)
