/** What a form of the console does: one of the operations, said as a form says it. */

import type { Sent } from './sent.ts'

/** What the page after a form is told, beside that it went well: values of its words, and things to be listed. */
export type Told = { values?: Record<string, string | number>; details?: unknown }

export type Action = {
  /** The id of the operation that it performs. */
  operation: string
  /** Where the form is sent: `/organization/do/<name>`. The operation's own id, unless a page asks for it in another way. */
  name?: string
  /** Fields that a person has to fill in, also where a program may leave them out. */
  needs?: readonly string[]
  /** Last part of the `notice.` text of the page that follows. */
  notice: string
  /** The body, where its fields say what a schema alone cannot read from them. */
  body?: (sent: Sent) => unknown
  /** What the page that follows says of the answer. */
  tell?: (answer: unknown) => Told
  /** Another notice, where the answer asks for one. */
  noticeOf?: (answer: unknown) => string
}
