// What somebody may sign in with, and which of it is meant by what was typed.

import { fail } from '#platform/failure'
import { type Identifier, type IdentifierKind, type Identifying, identifiersOf } from './contract.ts'
import { canonicalEmail } from './email.ts'
import { phoneNumber } from './rules.ts'
import { readUsername, usernameKey } from './usernames.ts'

const longest = 254
const control = /\p{Cc}/u

const numberShape = /^\+?[\d\s().\-/]*\d[\d\s().\-/]*$/

const phoneKey = (typed: string): string | null => {
  try {
    return phoneNumber(typed)
  } catch {
    return null
  }
}

/**
 * Which of what is allowed somebody has typed, by its shape alone: an address has an @, a number nothing but digits and
 * what people write between them, and everything else is a username. Null when it cannot be any of those. Asks nobody, so
 * it says nothing of who there is.
 */
export const identifierOf = (typed: string, allowed: readonly IdentifierKind[]): Identifier | null => {
  const text = typed.trim()
  if (text === '' || text.length > longest || control.test(text)) return null
  const as = (kind: IdentifierKind, key: string | null): Identifier | null =>
    key !== null && key !== '' && allowed.includes(kind) ? { kind, key } : null
  if (text.includes('@')) return as('email', canonicalEmail(text))
  if (numberShape.test(text)) return as('phone', phoneKey(text))
  return as('username', usernameKey(text))
}

/** A username as it is kept, or null for none; only where people sign in with one, and never taken from whoever has nothing else. */
export const chosenUsername = (typed: string, organization: Identifying, field = 'username'): string | null => {
  const allowed = identifiersOf(organization)
  if (typed === '') return allowed.every((kind) => kind === 'username') ? fail('input.missing', field) : null
  return allowed.includes('username')
    ? (readUsername(typed, field)?.username ?? null)
    : fail('username.not_used', field)
}
