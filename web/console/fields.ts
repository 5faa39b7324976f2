/** Reading fields of a form where its action puts the body together itself. */

import { fail } from '#platform/failure'
import type { Sent } from './sent.ts'

/** The last value of a field, trimmed; empty where there is none. */
export const textOf = (sent: Sent, name: string): string => ([sent[name] ?? []].flat().at(-1) ?? '').trim()

/** Everything that was chosen of a list. */
export const listOf = (sent: Sent, name: string): string[] =>
  [sent[name] ?? []].flat().flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))

/** A field that may not be empty. */
export const neededOf = (sent: Sent, name: string): string => textOf(sent, name) || fail('input.missing', name)
