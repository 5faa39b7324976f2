// From what an operation answers to what is sent, and kept for whoever sends the same again.

import { settings } from '#platform/env'
import type { Operation } from '#web/operations'
import type { Answered } from '#web/operations/operation'
import { cursorAfter } from './cursor.ts'
import { interfaceOf, type Place } from './place.ts'

/** Everything of an answer that depends on the operation, as plain data. */
export type Outcome = { status: number; headers: Record<string, string>; body: string | null }

export type Listing = {
  /** Which list it is, and how it was asked. */
  list: string
  /** Its address without a cursor. */
  url: URL
}

const withCursor = (url: URL, cursor: string): string => {
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return next.href
}

/** What goes out is what was declared: everywhere but in production, where it has been tested. */
const asDeclared = ({ id, answer }: Operation, body: unknown): void => {
  if (settings().mode === 'production') return
  const read = answer?.safeParse(body)
  if (read?.success === false) throw new Error(`${id} answers what it does not declare: ${read.error.message}`)
}

export const outcomeOf = (
  operation: Operation,
  answered: Answered<unknown>,
  place: Place,
  { list, url }: Listing,
): Outcome => {
  const { body, version, location, next } = answered
  const headers: Record<string, string> = {}
  if (version !== undefined) headers.etag = `"${version}"`
  if (location !== undefined) headers.location = `${interfaceOf(place)}${location}`
  if (operation.answer === null) return { status: operation.status, headers, body: null }
  const cursor = typeof next === 'string' ? cursorAfter(list, next) : null
  if (cursor !== null) headers.link = `<${withCursor(url, cursor)}>; rel="next"`
  const said = operation.query.shape.cursor ? { ...(body as object), next_cursor: cursor } : body
  asDeclared(operation, said)
  return {
    status: operation.status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(said),
  }
}
