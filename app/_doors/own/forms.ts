/** The forms of My Account, by their paths: an answer that waited for a proof is performed as if it had just been sent. */

import type { OwnForm } from '../form.ts'
import { passwordForm } from './password.ts'
import { profileForm } from './profile.ts'
import { sessionsForm } from './sessions.ts'
import { totpForm } from './totp.ts'

export const ownForms: ReadonlyMap<string, OwnForm> = new Map(
  [profileForm, passwordForm, totpForm, sessionsForm].map((form) => [form.path, form]),
)
