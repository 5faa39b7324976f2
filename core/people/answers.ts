// Reading the answer to a form: every field present, once, not too long, and made of characters that can be seen.

import { fail, isFailure } from '#platform/failure'
import type { Answer, FieldRule } from './contract.ts'

// Control characters, line separators, zero-width and bidirectional controls, byte order marks, tags, half surrogates, and
// what stands where a decoder found no character (U+FFFD).
// Zero-width joiner and non-joiner (U+200C, U+200D) are part of Persian and Indic spelling, so they stay.
const unseen =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\u{e0000}-\u{e007f}]/u
// A secret may hold whatever a keyboard can make, since it is never shown.
const control = /\p{Cc}/u
const everyUnseen = new RegExp(unseen.source, 'gu')

/** How many characters a person would count. */
export const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}

const typed = (answer: Answer, name: string, rule: FieldRule): string => {
  const given = answer[name]
  if (given === undefined) return rule.required === false ? '' : fail('input.missing', name)
  if (typeof given !== 'string') return fail('input.invalid', name)
  // UTF-16 units bound the code points from above: a megabyte is refused without being looked at.
  if (given.length > rule.max * 2 || codePoints(given) > rule.max) return fail('input.too_long', name)
  const value = rule.verbatim ? given : given.normalize('NFC').trim()
  if (value === '' && rule.required !== false) return fail('input.missing', name)
  if ((rule.secret ? control : unseen).test(value)) return fail('input.control_characters', name)
  return value
}

/** The fields of an answer; fails with a code at the first field that is not as it should be. */
export const readAnswer = <Name extends string>(
  answer: Answer,
  rules: Readonly<Record<Name, FieldRule>>,
): Record<Name, string> =>
  Object.fromEntries(
    Object.entries<FieldRule>(rules).map(([name, rule]) => [name, typed(answer, name, rule)]),
  ) as Record<Name, string>

/** What a form shows again: what was typed, cut and cleaned, without its secrets. */
export const shownAgain = (answer: Answer, rules: Readonly<Record<string, FieldRule>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(rules).flatMap(([name, rule]) => {
      const given = answer[name]
      if (rule.secret || given === undefined) return []
      const first = typeof given === 'string' ? given : (given[0] ?? '')
      return [[name, [...first.slice(0, rule.max * 2).replace(everyUnseen, '')].slice(0, rule.max).join('')]]
    }),
  )

/** The failure as a form carries it; what is no failure of ours is thrown on. */
export const failureOf = (thrown: unknown): { code: string; field?: string } => {
  if (!isFailure(thrown)) throw thrown
  return { code: thrown.code, ...(thrown.field === undefined ? {} : { field: thrown.field }) }
}
