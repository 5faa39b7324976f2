// The words of credentials: what a person proves themselves with.

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
  busy: 503,
} as const
