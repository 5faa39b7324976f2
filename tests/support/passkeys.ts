// For tests: people with passkeys, made and proven at one place as pages do it: challenge, answer, challenge taken, signature
// verified.

import { systemActor as by } from '#core/authority'
import {
  addPasskey,
  authenticationOptions,
  findPasskey,
  newChallenge,
  passkeysOf,
  readAuthentication,
  readRegistration,
  registrationOptions,
  takeChallenge,
  usePasskey,
  verifyAuthentication,
  verifyRegistration,
} from '#core/credentials'
import type { ChallengeBounds, VerifiedPasskey } from '#core/credentials/contract'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import { type AuthenticatorShape, asField, authenticator, type Twist } from '#support/authenticator'
import { member } from '#support/staff'

type Ref = { homeId: string; personId: string }
type Device = ReturnType<typeof authenticator>

export const origin = 'https://login.alpine.example'
export const rpId = 'login.alpine.example'

export const boundsOf = (
  organizationId: string,
  purpose: ChallengeBounds['purpose'],
  more: Partial<ChallengeBounds> = {},
): ChallengeBounds => ({ purpose, organizationId, rpId, origin, ...more })

/** What a device has made for somebody at their home, verified and not kept yet. */
export const registering = async (
  device: Device,
  ref: Ref,
  twist: Twist = {},
  more: Partial<ChallengeBounds> = {},
): Promise<VerifiedPasskey> => {
  const bounds = boundsOf(ref.homeId, more.purpose ?? 'register', more)
  const { challenge, sealed } = newChallenge(bounds)
  const options = registrationOptions({
    challenge,
    rpId: bounds.rpId,
    rpName: 'Alpine Air',
    person: { ...ref, email: 'ada@alpine.example', name: 'Ada Keller' },
    existing: await withOrganization(ref.homeId, (tx) => passkeysOf(tx, ref.personId)),
  })
  const answer = readRegistration(asField(device.register(options, bounds.origin, twist)))
  return verifyRegistration(answer, await takeChallenge(sealed, bounds))
}

/** Somebody at home with a passkey of a new device. */
export const withPasskey = async (home: string, shape: AuthenticatorShape = {}) => {
  const { ref } = await member({ home })
  const device = authenticator(shape)
  const verified = await registering(device, ref)
  const passkey = await withOrganization(home, (tx) => addPasskey(tx, by, ref.personId, verified))
  return { ref, device, passkey }
}

type Ways = { purpose?: 'sign-in' | 'second-step' | 'proof'; twist?: Twist }

/** Proves the newest passkey of a device at a home, and counts the use. */
export const proving = async (home: string, device: Device, { purpose = 'sign-in', twist = {} }: Ways = {}) => {
  const bounds = boundsOf(home, purpose)
  const { challenge, sealed } = newChallenge(bounds)
  const options = authenticationOptions({ challenge, rpId, purpose })
  const answer = readAuthentication(asField(device.authenticate(options, origin, twist)))
  const taken = await takeChallenge(sealed, bounds)
  const found = (await withOrganization(home, (tx) => findPasskey(tx, answer.id))) ?? fail('passkey.unknown')
  const used = await verifyAuthentication(answer, taken, found)
  await withOrganization(home, (tx) => usePasskey(tx, found.id, used))
  return { found, used }
}

/** The code that something is refused with, or `done`. */
export const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'done'
  } catch (error) {
    return isFailure(error) ? error.code : String(error)
  }
}
