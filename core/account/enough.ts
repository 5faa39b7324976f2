// What has to remain once something is taken away.

import type { Factors } from '#core/credentials/contract'
import { fail } from '#platform/failure'

type Ways = Pick<Factors, 'password' | 'passkeys' | 'totp' | 'phones'>

/** In how many ways somebody gets in by what they have themselves: each passkey is one. A mailbox is no way of its own. */
export const waysIn = ({ password, passkeys }: Pick<Ways, 'password' | 'passkeys'>): number =>
  passkeys.length + (password ? 1 : 0)

/** What could be asked for after a password. A passkey proves both at once, where it asked for more than a touch. */
export const secondSteps = ({ totp, phones, passkeys }: Ways): number =>
  (totp ? 1 : 0) + phones.length + passkeys.filter(({ isVerified }) => isVerified).length

/** Fails where the last way to sign in would go, or the last second step where one is required. What was missing before may be. */
export const requireEnough = (before: Ways, after: Ways, isRequired: boolean): void => {
  if (waysIn(before) > 0 && waysIn(after) === 0) fail('account.last_way')
  if (isRequired && secondSteps(before) > 0 && secondSteps(after) === 0) fail('second_step.required')
}
