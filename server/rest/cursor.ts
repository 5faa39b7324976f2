// Cursors: where a part of a list ended, sealed, so that a client can neither read nor make one. A cursor is good for the
// list that it came from, asked in the same way.

import { createHash } from 'node:crypto'
import { fail } from '#platform/failure'
import { seal, unseal } from '#platform/secrets'

const purpose = 'cursor'

const digestOf = (list: string): string => createHash('sha256').update(list).digest('base64url').slice(0, 16)

export const cursorAfter = (list: string, after: string): string =>
  seal(purpose, `${digestOf(list)}${after}`).toString('base64url')

/** Fails with `request.cursor_invalid` for everything that is no cursor of this list. */
export const afterOf = (list: string, cursor: string): string => {
  const invalid = (): never => fail('request.cursor_invalid')
  const digest = digestOf(list)
  try {
    const opened = unseal(purpose, Buffer.from(cursor, 'base64url'))
    return opened.startsWith(digest) ? opened.slice(digest.length) : invalid()
  } catch {
    return invalid()
  }
}
