// What somebody may sign in with, and which of it is meant by what was typed.

import type { Identifier, IdentifierKind } from './contract.ts'
import { canonicalEmail } from './email.ts'
import { phoneNumber } from './rules.ts'
import { usernameKey } from './usernames.ts'

const byDefault: readonly IdentifierKind[] = ['email']
const longest = 254
const control = /\p{Cc}/u

type Allowing = { id: string; security?: { identifiers?: readonly IdentifierKind[] } }

/** What people may sign in with at an organization. */
export const identifiersOf = ({ security }: Allowing): readonly IdentifierKind[] => security?.identifiers ?? byDefault

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
