import { codePoints } from '#core/people'
import { fail } from '#platform/failure'
import { longestFactorName } from './contract.ts'

// What cannot be seen, or turns the direction of what stands beside it.
const unseen = /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u

/** What somebody calls one of their factors; null when they call it nothing. */
export const factorName = (typed: string | null): string | null => {
  const name = (typed ?? '').normalize('NFC').trim().replace(/\s+/gu, ' ')
  if (codePoints(name) > longestFactorName || unseen.test(name)) return fail('factor.name_invalid', 'name')
  return name === '' ? null : name
}
