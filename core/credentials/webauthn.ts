// What browsers are asked for and what they answer (WebAuthn Level 3). Knows no database: everything here happens outside
// transactions, since it verifies signatures.

import { isIP } from 'node:net'
import {
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { decodeAttestationObject, decodeClientDataJSON } from '@simplewebauthn/server/helpers'
import type { z } from 'zod'
import { minutes } from '#platform/clock'
import { fail, isFailure } from '#platform/failure'
import { keyedHash, sameBytes } from '#platform/secrets'
import { unsaid } from './authenticators.ts'
import {
  type AcceptedCredentials,
  type AuthenticationResponse,
  authenticationResponse,
  type Challenge,
  type KnownPasskey,
  longestCredential,
  type Passkey,
  type RegistrationResponse,
  registrationResponse,
  type VerifiedPasskey,
  type VerifiedUse,
} from './contract.ts'

/** EdDSA, ES256 and RS256: what authenticators have (https://www.iana.org/assignments/cose). */
const algorithms = [-8, -7, -257]
/** How long a browser waits for somebody; less than a challenge lives. */
const timeout = minutes(5)

const isLocal = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost')

/** The host that passkeys of an origin are bound to; null where browsers have none: without TLS, and at an IP address. */
export const rpIdOf = (origin: string): string | null => {
  const { protocol, hostname } = new URL(origin)
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  return isAddress || (protocol !== 'https:' && !isLocal(hostname)) ? null : hostname
}

/** What an authenticator knows somebody by: always the same for the same person, and nothing that could be looked up. */
export const userHandleOf = ({ homeId, personId }: { homeId: string; personId: string }): string =>
  keyedHash('passkey user', `${homeId}/${personId}`).toString('base64url')

/** Which passkeys of a person are still good at a host, for their authenticators to forget the others. */
export const acceptedCredentials = (
  person: { homeId: string; personId: string },
  rpId: string,
  passkeys: readonly Passkey[],
): AcceptedCredentials => ({
  rpId,
  userId: userHandleOf(person),
  allAcceptedCredentialIds: passkeys.filter((one) => one.rpId === rpId).map(({ credentialId }) => credentialId),
})

type Described = Pick<Passkey, 'credentialId' | 'transports'>
const described = ({ credentialId, transports }: Described) => ({
  id: credentialId,
  type: 'public-key' as const,
  transports: transports as AuthenticatorTransport[],
})

export type RegistrationWish = {
  challenge: string
  rpId: string
  /** What the authenticator shows beside the passkey. */
  rpName: string
  person: { homeId: string; personId: string; email: string; name: string }
  /** An authenticator that has one of these makes no second one. */
  existing: readonly Described[]
}

/** What a browser is asked to make a passkey of. */
export const registrationOptions = (wish: RegistrationWish): PublicKeyCredentialCreationOptionsJSON => ({
  challenge: wish.challenge,
  rp: { id: wish.rpId, name: wish.rpName },
  user: {
    id: userHandleOf(wish.person),
    name: wish.person.email,
    displayName: wish.person.name || wish.person.email,
  },
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  timeout,
  excludeCredentials: wish.existing.map(described),
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'preferred' },
  attestation: 'none',
  extensions: { credProps: true },
})

export type AuthenticationWish = Pick<Challenge, 'challenge' | 'rpId' | 'purpose'> & {
  /**
   * Whose passkeys they may be, once somebody has proven who they are. Before that it stays empty, so that the page is the
   * same for everybody and the browser offers what it has.
   */
  allow?: readonly Passkey[]
}

/** What a browser is asked to prove a passkey with. */
export const authenticationOptions = (wish: AuthenticationWish): PublicKeyCredentialRequestOptionsJSON => ({
  challenge: wish.challenge,
  rpId: wish.rpId,
  timeout,
  allowCredentials: (wish.allow ?? []).filter(({ rpId }) => rpId === wish.rpId).map(described),
  userVerification: isVerificationRequired(wish.purpose) ? 'required' : 'preferred',
})

const isMaking = (purpose: Challenge['purpose']): boolean => purpose === 'register' || purpose === 'upgrade'
const isVerificationRequired = (purpose: Challenge['purpose']): boolean => purpose === 'sign-in' || purpose === 'proof'

const readJson = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> => {
  if (text.length > longestCredential) return fail('passkey.malformed', 'credential')
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : fail('passkey.malformed', 'credential')
  } catch {
    return fail('passkey.malformed', 'credential')
  }
}

/** The form field `credential` of a page that made a passkey. */
export const readRegistration = (text: string): RegistrationResponse => readJson(registrationResponse, text)

/** The form field `credential` of a page that proved one. */
export const readAuthentication = (text: string): AuthenticationResponse => readJson(authenticationResponse, text)

/** The library throws whatever is wrong as an error of its own; nobody outside has to know what it was. */
const refusing = async <T>(verify: () => Promise<T>): Promise<T> => {
  try {
    return await verify()
  } catch (error) {
    if (isFailure(error)) throw error
    return fail('passkey.refused')
  }
}

/** No page of anybody else has ours inside it. */
const requireOwnPage = (clientDataJSON: string): void => {
  const { crossOrigin, topOrigin } = decodeClientDataJSON(clientDataJSON)
  if (crossOrigin || topOrigin !== undefined) fail('passkey.refused')
}

/**
 * None was asked for, so that what a browser may hand on is none at all, or one that the new key made of itself. Others would
 * be believed without a list of makers, and have their certificates' addresses fetched.
 */
const requireNoAttestation = (attestationObject: string): void => {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  const format = decoded.get('fmt')
  const isOfItself = format === 'packed' && decoded.get('attStmt').get('x5c') === undefined
  if (format !== 'none' && !isOfItself) fail('passkey.refused')
}

/** What a browser has made, once it is sure that it was made here, for this challenge. */
export const verifyRegistration = (answer: RegistrationResponse, challenge: Challenge): Promise<VerifiedPasskey> =>
  refusing(async () => {
    const { id, rawId, type, response } = answer
    requireOwnPage(response.clientDataJSON)
    requireNoAttestation(response.attestationObject)
    const { clientDataJSON, attestationObject } = response
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge: challenge.challenge,
      expectedOrigin: challenge.origin,
      expectedRPID: challenge.rpId,
      requireUserPresence: challenge.purpose !== 'upgrade',
      requireUserVerification: false,
      supportedAlgorithmIDs: algorithms,
    })
    if (!verified || !isMaking(challenge.purpose)) return fail('passkey.refused')
    const { credential, aaguid, credentialDeviceType, credentialBackedUp, userVerified } = registrationInfo
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: response.transports,
      aaguid: aaguid === unsaid ? null : aaguid,
      rpId: challenge.rpId,
      deviceType: credentialDeviceType === 'multiDevice' ? 'multi' : 'single',
      isSynced: credentialBackedUp,
      isVerified: userVerified,
    }
  })

/** Whoever brings a passkey as the first thing says with it whose it is; both have to agree. */
const requireSamePerson = (handle: string | null | undefined, passkey: KnownPasskey, isFirst: boolean): void => {
  if (!handle && !isFirst) return
  const own = Buffer.from(userHandleOf(passkey), 'base64url')
  if (!sameBytes(Buffer.from(handle ?? '', 'base64url'), own)) fail('passkey.refused')
}

/**
 * What a browser has proven with a passkey: that its key has signed this challenge, at this origin. Without a PIN or a
 * fingerprint where one is asked for it is `passkey.unverified`, for any other reason `passkey.refused`.
 */
export const verifyAuthentication = (
  answer: AuthenticationResponse,
  challenge: Challenge,
  passkey: KnownPasskey,
): Promise<VerifiedUse> =>
  refusing(async () => {
    const { id, rawId, type, response } = answer
    if (id !== passkey.credentialId || isMaking(challenge.purpose)) return fail('passkey.refused')
    requireOwnPage(response.clientDataJSON)
    requireSamePerson(response.userHandle, passkey, challenge.purpose === 'sign-in')
    const { clientDataJSON, authenticatorData, signature } = response
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId,
        type,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge.challenge,
      expectedOrigin: challenge.origin,
      expectedRPID: challenge.rpId,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: false,
    })
    if (!verified || passkey.rpId !== challenge.rpId) return fail('passkey.refused')
    const { newCounter, credentialBackedUp, userVerified } = authenticationInfo
    if (!userVerified && isVerificationRequired(challenge.purpose)) return fail('passkey.unverified')
    return { counter: newCounter, isSynced: credentialBackedUp, isVerified: userVerified }
  })
