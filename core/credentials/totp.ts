// Codes of an authenticator app (RFC 6238): SHA-1, six digits, thirty seconds, as every app understands them.

import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { now } from '#platform/clock'
import type { Enrolment } from './contract.ts'

const algorithm = 'SHA1'
const digits = 6
const periodSeconds = 30
const secretBytes = 20

/** A new secret, Base32. */
export const newTotpSecret = (): string => new Secret({ size: secretBytes }).base32

/** What an authenticator app needs to begin with a secret. */
export const enrolmentOf = (secret: string, organizationName: string, email: string): Enrolment => {
  // A colon separates the two in the label, so it cannot be part of either.
  const issuer = organizationName.replaceAll(':', ' ')
  const uri = new TOTP({ issuer, label: email, secret, algorithm, digits, period: periodSeconds }).toString()
  return { secret, uri, qr: renderSVG(uri, { border: 2 }) }
}

/** People type codes in groups. */
export const tidyCode = (typed: string): string => typed.replace(/[\s-]/g, '')

/** The step of time whose code this is, looking one step to either side; null when it is none. */
export const matchingStep = (secret: string, code: string): number | null => {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now().getTime()
  const off = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    period: periodSeconds,
    timestamp,
    window: 1,
  })
  return off === null ? null : TOTP.counter({ period: periodSeconds, timestamp }) + off
}
