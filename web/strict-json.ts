/**
 * JSON (RFC 8259) without its doubts: UTF-8 alone, no name twice, not too deep, and no character that a text cannot be
 * kept with. What two readers would understand differently is refused.
 */

import { fail } from '#platform/failure'

const deepest = 32
const space = /[ \t\n\r]*/y
/** From quote to quote; what may stand between is left to JSON.parse. */
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/y
const plain = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const bad = (): never => fail('request.json_invalid')

const decoded = (bytes: Uint8Array): string => {
  try {
    // A byte order mark stays, and is refused like any other character that does not belong here.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bad()
  }
}

type Reader = { text: string; at: number }

const take = (reader: Reader, shape: RegExp): string | null => {
  shape.lastIndex = reader.at
  const found = shape.exec(reader.text)?.[0]
  if (found === undefined) return null
  reader.at += found.length
  return found
}

const skip = (reader: Reader): string => {
  take(reader, space)
  return reader.text[reader.at] ?? ''
}

const parsed = (raw: string | null): unknown => {
  try {
    return JSON.parse(raw ?? '')
  } catch {
    return bad()
  }
}

const readString = (reader: Reader): string => {
  const value = parsed(take(reader, string)) as string
  // No text of the database holds NUL, or half a character.
  return value.includes('\0') || !value.isWellFormed() ? bad() : value
}

const readPlain = (reader: Reader): boolean | number | null => {
  const value = parsed(take(reader, plain)) as boolean | number | null
  return typeof value === 'number' && !Number.isFinite(value) ? bad() : value
}

/** What stands between a pair of brackets, separated by commas. */
const readItems = (reader: Reader, end: string, readItem: () => void): void => {
  reader.at += 1
  if (skip(reader) === end) {
    reader.at += 1
    return
  }
  for (;;) {
    readItem()
    const mark = skip(reader)
    reader.at += 1
    if (mark === end) return
    if (mark !== ',') bad()
  }
}

const readObject = (reader: Reader, depth: number): Record<string, unknown> => {
  const read: Record<string, unknown> = {}
  readItems(reader, '}', () => {
    if (skip(reader) !== '"') bad()
    const name = readString(reader)
    if (Object.hasOwn(read, name)) fail('request.json_repeated_key', undefined, { name })
    if (skip(reader) !== ':') bad()
    reader.at += 1
    const value = readValue(reader, depth)
    // `__proto__` is a name like any other: it is defined, never assigned.
    Object.defineProperty(read, name, { value, enumerable: true, configurable: true, writable: true })
  })
  return read
}

const readArray = (reader: Reader, depth: number): unknown[] => {
  const read: unknown[] = []
  readItems(reader, ']', () => read.push(readValue(reader, depth)))
  return read
}

const readValue = (reader: Reader, depth: number): unknown => {
  const mark = skip(reader)
  if (depth >= deepest && (mark === '{' || mark === '[')) return fail('request.json_too_deep')
  switch (mark) {
    case '{':
      return readObject(reader, depth + 1)
    case '[':
      return readArray(reader, depth + 1)
    case '"':
      return readString(reader)
    default:
      return readPlain(reader)
  }
}

/** The value that some bytes stand for; fails with `request.json_…`. */
export const readJson = (bytes: Uint8Array): unknown => {
  const reader: Reader = { text: decoded(bytes), at: 0 }
  const value = readValue(reader, 0)
  skip(reader)
  return reader.at === reader.text.length ? value : bad()
}
