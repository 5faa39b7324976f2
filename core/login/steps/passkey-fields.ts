// What the script of a page brings of a passkey.

import { longestCredential } from '#core/credentials/contract'
import { readAnswer } from '#core/people'
import type { Answer } from '#core/people/contract'
import { fail, isFailure } from '#platform/failure'

export type Brought = {
  /** What the browser has answered, as JSON. */
  credential: string
  /** Sealed, as it was handed out. */
  challenge: string
}

const rules = {
  credential: { max: longestCredential, secret: true, verbatim: true },
  challenge: { max: 2000, secret: true, verbatim: true },
} as const

/** Whoever has no script, or another one, brings nothing that could be read. */
export const readBrought = (answer: Answer): Brought => {
  try {
    return readAnswer(answer, rules)
  } catch (error) {
    if (!isFailure(error)) throw error
    return fail('passkey.malformed')
  }
}
