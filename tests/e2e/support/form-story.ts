// A form, and how somebody answers it.

import type { Caller, Fields } from './caller.ts'
import type { Address } from './world.ts'

export type FormStory = {
  path: string
  /** As web/routes.ts lists it, where one form stands for many. */
  form?: string
  /** The page that the form stands on, and where a refusal leads. */
  page: string
  /** A whole answer. It would change nothing that somebody else could miss. */
  answer: Fields
  /** Fields that must be there. */
  needs: string[]
  /** Fields that somebody types, and that may be wrong. */
  typed: string[]
  /** Fields that a refusal shows again. */
  keeps: string[]
  /** Fields of which no trace may be left anywhere. */
  secrets: string[]
  /** Somebody in front of the form. */
  stand: (address: Address) => Promise<Caller>
}
