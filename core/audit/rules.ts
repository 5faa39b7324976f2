import { createHash, randomBytes } from 'node:crypto'
import { sameBytes } from '#platform/secrets'

const secretKey = /password|secret|code|ticket|token|hash|cookie|authorization/i

/** Replaces the value of every key that names a secret, at any depth. */
export const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secretKey.test(key) && typeof inner !== 'boolean' ? '[masked]' : masked(inner),
    ]),
  )
}

/** One spelling of the same details: jsonb keeps its keys in an order of its own. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`
}

const saltBytes = 16
const fingerprintWith = (salt: Uint8Array, details: unknown): Buffer =>
  Buffer.concat([salt, createHash('sha256').update(salt).update(canonical(details)).digest()])

/** A salted fingerprint of details: proves what they were, and cannot be guessed back once they are erased. */
export const fingerprint = (details: unknown): Buffer => fingerprintWith(randomBytes(saltBytes), details)

/** Whether these are the details that a fingerprint was made of. */
export const isFingerprintOf = (kept: Uint8Array, details: unknown): boolean =>
  sameBytes(kept, fingerprintWith(kept.subarray(0, saltBytes), details))
