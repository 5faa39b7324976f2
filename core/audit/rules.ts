import { createHash, randomBytes } from 'node:crypto'

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

/** A salted fingerprint of details: proves what they were, and cannot be guessed back once they are erased. */
export const fingerprint = (details: string): Buffer => {
  const salt = randomBytes(16)
  return Buffer.concat([salt, createHash('sha256').update(salt).update(details).digest()])
}
