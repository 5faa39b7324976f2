// For tests: people with passkeys for the address where they sign in, and browsers that bring them.

import { systemActor as by } from '#core/authority'
import { addPasskey } from '#core/credentials'
import type { Passkey } from '#core/credentials/contract'
import { passkeyToSignIn, signIn, view } from '#core/login'
import type { LoginContext, Outcome } from '#core/login/contract'
import { addressOf, directory } from '#core/organizations'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { newSecret } from '#platform/secrets'
import { type AuthenticatorShape, asField, authenticator, type Twist } from '#support/authenticator'
import { at } from '#support/engine'
import { registering } from '#support/passkeys'
import { member } from '#support/staff'

export type Device = ReturnType<typeof authenticator>
type Ref = { homeId: string; personId: string }
type Asked = ReturnType<typeof passkeyToSignIn>

/** Somebody's browser at an organization's door: it has asked for nothing yet. */
export const browserAt = (organizationId: string, address?: string): LoginContext & { nonce: string } => {
  const nonce = newSecret()
  return { ...at(organizationId, address), browser: { passkey: nonce }, nonce }
}

export const originOf = ({ organizationId, address }: LoginContext): string =>
  addressOf(directory().byId(organizationId) ?? fail('organizations.not_found'), address).origin

/** Gives somebody a passkey of a new device, for the address of an organization. */
export const givePasskey = async (
  ref: Ref,
  met: LoginContext,
  shape: AuthenticatorShape = {},
): Promise<{ device: Device; passkey: Passkey }> => {
  const device = authenticator(shape)
  const origin = originOf(met)
  const verified = await registering(device, ref, {}, { origin, rpId: new URL(origin).hostname })
  return { device, passkey: await withOrganization(ref.homeId, (tx) => addPasskey(tx, by, ref.personId, verified)) }
}

/** Somebody new who belongs there, with a passkey for its address. */
export const withPasskey = async (home: string, wish: Partial<Parameters<typeof member>[0]> = {}) => {
  const somebody = await member({ home, kind: 'consumer', ...wish })
  return { somebody, ...(await givePasskey(somebody.ref, browserAt(wish.at ?? home))) }
}

/** Why the last answer was refused, as its page says. */
export const failureOf = async (ctx: LoginContext, attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'sign-in'))?.failure ?? null

/** What a page sends once a device has answered it. */
export const brought = (device: Device, { options, challenge }: Asked, origin: string, twist: Twist = {}) => ({
  credential: asField(device.authenticate(options, origin, twist)),
  challenge,
})

/** Signs in with a device, at the first page. */
export const signInWith = async (
  browser: ReturnType<typeof browserAt>,
  device: Device,
  { attempt = null, twist = {} }: { attempt?: string | null; twist?: Twist } = {},
): Promise<Outcome> => {
  const asked = passkeyToSignIn(browser, browser.nonce)
  return signIn(browser, attempt, { at: 'passkey', ...brought(device, asked, originOf(browser), twist) })
}
