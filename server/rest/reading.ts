// A request of the interface, read strictly: what could be understood in two ways is refused.

import type { HonoRequest } from 'hono'
import { fail } from '#platform/failure'
import type { Operation } from '#web/operations'
import { readJson } from '#web/strict-json'
import { checked, invalid } from '#web/validation'

export const mostBytes = 256 * 1024

const mediaType = /^([a-z]+\/[a-z0-9.+-]+)\s*(?:;\s*charset\s*=\s*"?([a-z0-9-]+)"?\s*)?$/i

/** JSON in UTF-8, or for a PATCH a merge patch (RFC 7396). */
const requireMediaType = (header: string | undefined, method: Operation['method']): void => {
  const [, type = '', charset = 'utf-8'] = mediaType.exec(header?.trim() ?? '') ?? []
  const isJson = type.toLowerCase() === 'application/json'
  const isPatch = type.toLowerCase() === 'application/merge-patch+json' && method === 'patch'
  if ((!isJson && !isPatch) || charset.toLowerCase() !== 'utf-8') fail('request.media_type')
}

/** The bytes of the body; fails with `request.too_large`. */
export const readBytes = async (request: HonoRequest, isTooLarge: boolean | undefined): Promise<Uint8Array> => {
  if (isTooLarge) return fail('request.too_large')
  const bytes = new Uint8Array(await request.arrayBuffer())
  return bytes.length > mostBytes ? fail('request.too_large') : bytes
}

/** The value of the body; undefined where an operation has none, and is sent none. */
export const readSent = (request: HonoRequest, { body, method }: Operation, bytes: Uint8Array): unknown => {
  const encoding = request.header('content-encoding') ?? 'identity'
  if (encoding !== 'identity') return fail('request.media_type')
  if (body === null) return bytes.length === 0 ? undefined : fail('request.body_unexpected')
  requireMediaType(request.header('content-type'), method)
  return readJson(bytes)
}

const textual = /^[^\p{Cc}\ufffd]*$/u

/** The query, each name once. */
export const readQuery = <Query>(request: HonoRequest, { query }: Operation): Query => {
  const search = new URL(request.url).searchParams
  const sent: Record<string, string> = {}
  for (const [name, value] of search) {
    const code = Object.hasOwn(sent, name) ? 'repeated' : textual.test(value) ? null : 'wrong_format'
    if (code !== null) throw invalid([{ parameter: name, code, message: 'Plain text, once' }])
    Object.defineProperty(sent, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return checked(query, sent, 'parameter') as Query
}

const strong = /^"(\d{1,9})"$/
const tags = /^(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*$/

/**
 * The version that If-Match names (RFC 9110 §13.1.1). `*` names none, so it does not say what was looked at. A tag that is
 * not one of ours, or a weak one, matches nothing: no version is 0.
 */
export const readVersion = (header: string | undefined): number => {
  if (header === undefined) return fail('request.version_missing')
  const version = strong.exec(header.trim())?.[1]
  if (version !== undefined) return Number(version)
  return tags.test(header.trim()) ? 0 : fail('request.version_invalid')
}

/** The key of a request that may be sent twice; null without one. */
export const readRepeatKey = (header: string | undefined): string | null => {
  if (header === undefined) return null
  return /^[!-~]{1,255}$/.test(header) ? header : fail('request.idempotency_key_invalid')
}
