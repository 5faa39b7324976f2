// The REST interface and its reader at an address of an organization. What needs no organization is answered for nobody:
// an interface says no more than a page where nobody is met.

import type { IncomingMessage } from 'node:http'
import { addressOf } from '#core/organizations'
import { builtInTexts, textsFor } from '#core/texts'
import { Failure, fail } from '#platform/failure'
import type { Met } from '#web/meet'
import { localeOf } from '#web/preferences'
import { problemOf, problemType, summaryOf } from '#web/problem'
import type { Answer } from './answer.ts'
import { type Asked, isPlain, isReading, readBody } from './asked.ts'
import { rest } from './rest/app.ts'
import { type Place, readerPath } from './rest/place.ts'
import { reader } from './rest/reader.ts'
import { mostBytes } from './rest/reading.ts'
import { refuse } from './rest/refusal.ts'

type MetSite = Extract<Met, { kind: 'site' }>

const apiPath = /^(?:\/o\/[^/]*)?\/api\/(?:v1|docs)(?:\/|$)/

/** Whether a program asks: it gets problem documents, where a person would get a page. */
export const isForPrograms = (path: string): boolean => apiPath.test(path)

const placeOf = async ({ organization, address }: MetSite, { id, message, address: peer }: Asked): Promise<Place> => {
  const { 'accept-language': acceptLanguage, 'user-agent': userAgent } = message.headers
  const locale = localeOf(organization.locales, { asked: null, cookie: undefined, acceptLanguage })
  return {
    organization,
    ...addressOf(organization, address),
    address: peer,
    requestId: id,
    userAgent: userAgent?.slice(0, 300),
    texts: await textsFor(organization.id, locale),
  }
}

/** Headers that decide something; which of two would, is nobody's to guess. */
const single = ['authorization', 'content-type', 'content-encoding', 'if-match', 'idempotency-key']

const requireSingle = ({ rawHeaders }: IncomingMessage): void => {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  for (const header of single) {
    if (names.filter((name) => name === header).length > 1) fail('request.header_repeated', undefined, { header })
  }
}

const handedOn = ['authorization', 'content-type', 'content-encoding', 'if-match', 'if-none-match', 'idempotency-key']

const requestOf = (asked: Asked, rest: string, body: Buffer | null): Request => {
  const headers = new Headers()
  for (const name of handedOn) {
    const value = asked.message.headers[name]
    if (value !== undefined) headers.set(name, [value].flat().join(', '))
  }
  const query = asked.hasQuery ? `?${asked.query}` : ''
  const hasBody = body !== null && body.length > 0 && asked.method !== 'GET' && asked.method !== 'HEAD'
  return new Request(`http://livery${rest}${query}`, {
    method: asked.method,
    headers,
    ...(hasBody ? { body: new Uint8Array(body) } : {}),
  })
}

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: Buffer.from(await response.arrayBuffer()),
})

/** Methods that a request cannot even be made with (Fetch, forbidden methods) are none of ours either. */
const isSpoken = (method: string): boolean => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method)

const served = async (place: Place, met: MetSite, asked: Asked): Promise<Response> => {
  if (!isSpoken(asked.method)) return fail('request.method_not_allowed')
  if (!isPlain(met.rest)) return fail('request.unknown_address')
  requireSingle(asked.message)
  const body = await readBody(asked.message, mostBytes)
  return rest().fetch(requestOf(asked, met.rest, body), { ...place, isTooLarge: body === null })
}

/** Answers a program, or whoever reads how to write one, at a site. */
export const restAnswer = async (met: MetSite, asked: Asked): Promise<Answer> => {
  const place = await placeOf(met, asked)
  if (met.rest === readerPath && isReading(asked)) return reader(place)
  const response = await served(place, met, asked).catch((error) => refuse(error, place, met.rest))
  const answer = await answerOf(response)
  // The rest of what was too much is not read, so the connection is of no further use.
  return answer.status === 413 ? { ...answer, headers: { ...answer.headers, connection: 'close' } } : answer
}

const nobody = {
  'unknown-host': 'site.unknown_host',
  'unknown-handle': 'organizations.not_found',
  suspended: 'site.suspended',
} as const

/** Why nobody is met, for programs: in English, and with nothing of any brand. */
export const neutralProblem = (kind: keyof typeof nobody, asked: Asked): Answer => {
  const summary = summaryOf(new Failure(nobody[kind]), builtInTexts('en'), '')
  const problem = problemOf(summary, { docs: null, instance: asked.path, requestId: asked.id })
  return {
    status: problem.status,
    headers: { 'cache-control': 'no-store', 'content-type': problemType, 'x-request-id': asked.id },
    body: Buffer.from(JSON.stringify(problem)),
  }
}
