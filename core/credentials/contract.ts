// The words of credentials: what a person proves themselves with.

import { z } from 'zod'

/** What a new password is held against besides length: nobody should find it by knowing these. */
export type PasswordContext = {
  /** 15 where the password stands alone, 8 where a second step is required. */
  minimum: number
  organizationName: string
  organizationHandle: string
  email: string
  givenName?: string
  familyName?: string
}

/** Everything an authenticator app needs, and a person without a camera. */
export type Enrolment = {
  /** Base32. */
  secret: string
  /** otpauth://… */
  uri: string
  /** SVG */
  qr: string
}

/** The purpose of the tickets by which a password is set from a mail: by whoever forgot theirs, or never had one. */
export const passwordLinkPurpose = 'recover-password'

export const minimumAlone = 15
export const minimumWithSecondStep = 8
/** Longer input is refused before anything is computed with it. */
export const maximumPasswordBytes = 1024

/** A passkey as its person sees it. */
export type Passkey = {
  id: string
  personId: string
  /** base64url, as browsers say it. */
  credentialId: string
  /** The host that it is bound to. */
  rpId: string
  /** What its person calls it, or else its authenticator; null: a passkey, in the language of the page. */
  name: string | null
  /** What keeps it, where that is known: `1Password`. */
  authenticator: string | null
  aaguid: string | null
  /** How a browser reaches it: 'internal', 'hybrid', 'usb', 'nfc', 'ble', 'smart-card'. */
  transports: string[]
  deviceType: 'single' | 'multi'
  /** A copy is kept elsewhere, so that it outlives the device. */
  isSynced: boolean
  /** A PIN or a fingerprint was asked for when it was made. */
  isVerified: boolean
  addedAt: Date
  lastUsedAt: Date | null
}

/** A passkey with what its proofs are held against. */
export type KnownPasskey = Passkey & { homeId: string; publicKey: Uint8Array; counter: number }

/**
 * What a challenge is for. Where nothing else was proven before (`sign-in`, `proof`) the authenticator has to have asked for a
 * PIN or a fingerprint. An `upgrade` is a passkey that the browser makes by itself, beside a password that it has just filled
 * in: nobody is asked anything.
 */
export type ChallengePurpose = 'register' | 'upgrade' | 'sign-in' | 'second-step' | 'proof'

/** What a challenge is bound to, besides the moment. */
export type ChallengeBounds = {
  purpose: ChallengePurpose
  /** Where somebody is met, which is not always where they are at home. */
  organizationId: string
  /** The host that passkeys are bound to. */
  rpId: string
  /** Scheme, host and port that the browser has to be at. */
  origin: string
  /** The browser, the attempt or the session that it belongs to. */
  binding?: string | undefined
}
/** A challenge that was brought back in time, for the first time, and for what it was made for. */
export type Challenge = ChallengeBounds & { challenge: string }

/** What a registration has proven, to be kept by `addPasskey`. */
export type VerifiedPasskey = Pick<
  KnownPasskey,
  'rpId' | 'aaguid' | 'transports' | 'deviceType' | 'isSynced' | 'isVerified' | 'publicKey' | 'counter'
> & { credentialId: Uint8Array }

/** What an authentication has proven, to be kept by `usePasskey`. */
export type VerifiedUse = { counter: number; isSynced: boolean; isVerified: boolean }

/** What the authenticators of one person are told with `PublicKeyCredential.signalAllAcceptedCredentials`. */
export type AcceptedCredentials = { rpId: string; userId: string; allAcceptedCredentialIds: string[] }

/** Passkeys that are bound to one host: what stops working when nobody is met there any more. */
export type PasskeysByHost = { rpId: string; passkeys: number; people: number }

/** An authenticator app as its person sees it. */
export type App = {
  /** Null: an authenticator app, in the language of the page. */
  name: string | null
  addedAt: Date
  lastUsedAt: Date | null
}

/** A phone that codes are sent to. */
export type Phone = { id: string; number: string; verifiedAt: Date; lastUsedAt: Date | null }

/** Everything that one person can prove themselves with. */
export type Factors = {
  /** `mustChange`: an administrator has asked for another one. */
  password: { changedAt: Date; mustChange: boolean } | null
  passkeys: Passkey[]
  totp: App | null
  phones: Phone[]
  recoveryCodesLeft: number
}

/** Second factors that were taken away, by kind. */
export type EndedFactor = 'totp' | 'phone' | 'recovery' | 'passkey'

export const mostPasskeys = 20
export const mostPhones = 2
export const recoveryCodeCount = 10
/** In characters, as a person counts them. */
export const longestFactorName = 60
/** Longer answers of a browser are not looked at. */
export const longestCredential = 32_768

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/)
const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
}

/** What `navigator.credentials.create` answers, as `toJSON` spells it; whatever else a browser says is left out. */
export const registrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8192),
    attestationObject: base64url(16_384),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .catch([])
      .default([]),
  }),
})
export type RegistrationResponse = z.output<typeof registrationResponse>

/** What `navigator.credentials.get` answers. */
export const authenticationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(4096),
    signature: base64url(2048),
    /** Left out, null or empty where the authenticator keeps none. */
    userHandle: z
      .string()
      .max(88)
      .regex(/^[\w-]*$/)
      .nullish(),
  }),
})
export type AuthenticationResponse = z.output<typeof authenticationResponse>

export const failures = {
  'password.too_short': 400,
  'password.too_long': 400,
  'password.too_common': 400,
  'password.contains_name': 400,
  'password.same': 400,
  'password.wrong': 403,
  'login.wrong_code': 403,
  'login.code_used': 403,
  'second_step.exists': 409,
  /** No answer of a browser that could be read. */
  'passkey.malformed': 400,
  /** The challenge is too old, was answered before, or was made for something else. */
  'passkey.expired': 403,
  /** It is not here: removed, or of another organization. */
  'passkey.unknown': 403,
  'passkey.refused': 403,
  /** No PIN and no fingerprint was asked for, where one has to be. */
  'passkey.unverified': 403,
  'passkey.exists': 409,
  'passkey.too_many': 409,
  /** Browsers have none at an address like this: without TLS, or an IP address. */
  'passkey.not_here': 409,
  'recovery_code.wrong': 403,
  'phone_factor.exists': 409,
  'phone_factor.too_many': 409,
  'factor.name_invalid': 400,
  busy: 503,
} as const
