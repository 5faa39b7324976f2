// Everything secret: random values, their hashes, and what is kept sealed. Keys for each purpose are derived from
// LIVERY_SECRET by HKDF (RFC 5869), so that a value sealed for one purpose is worth nothing for another.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { settings } from './env.ts'
import { fail } from './failure.ts'
import { processState } from './process.ts'

const keyFor = (purpose: string): Buffer => {
  const keys = processState('secrets.keys', () => new Map<string, Buffer>())
  const { secret } = settings()
  const name = `${purpose} ${createHash('sha256').update(secret).digest('base64')}`
  const known = keys.get(name)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, 'livery', purpose, 32))
  keys.set(name, key)
  return key
}

/** A new random secret of `bytes` bytes (256 bits unless told), in base64url. */
export const newSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** What is stored of a random secret. Plain SHA-256 suffices: nobody guesses 256 bits. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** HMAC-SHA-256 of something guessable (an address, a six-digit code), under a key of its own purpose. */
export const keyedHash = (purpose: string, value: string): Buffer =>
  createHmac('sha256', keyFor(`hash ${purpose}`))
    .update(value)
    .digest()

/** Compares two values without telling by the time it takes where they differ. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

/** The six digits that stand beside a link with this secret. */
export const shortCode = (purpose: string, secret: string): string =>
  String(keyedHash(`code ${purpose}`, secret).readUIntBE(0, 6) % 1_000_000).padStart(6, '0')

const ivBytes = 12
const tagBytes = 16

/** Encrypts and authenticates a text (AES-256-GCM, random 96-bit nonce). */
export const seal = (purpose: string, plain: string): Buffer => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor(`seal ${purpose}`), iv)
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens what {@link seal} made; anything else fails with `secrets.unreadable`. */
export const unseal = (purpose: string, sealed: Uint8Array): string => {
  const bytes = Buffer.from(sealed)
  if (bytes.length < ivBytes + tagBytes) return fail('secrets.unreadable')
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(`seal ${purpose}`), bytes.subarray(0, ivBytes))
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
    const middle = bytes.subarray(ivBytes, bytes.length - tagBytes)
    return decipher.update(middle, undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return fail('secrets.unreadable')
  }
}
