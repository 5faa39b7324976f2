/**
 * Refusals as RFC 9457 has them. The code is what programs go by; title and detail are the words that forms show for the
 * same code, in the language of the request.
 */

import type { Texts, TextValues } from '#core/texts/contract'
import { type Failure, registerStatuses } from '#platform/failure'

/** What is wrong with one thing that was sent: where it stands in the body (RFC 6901), or the parameter's name. */
export type FieldProblem = { pointer?: string; parameter?: string; code: string; message: string }

export type ProblemSummary = {
  code: string
  title: string
  status: number
  detail?: string
  errors?: FieldProblem[]
  /** The permission that is missing. */
  permission?: string
}

export type Problem = ProblemSummary & { type: string; instance: string; trace_id: string }

export const problemType = 'application/problem+json'

/** Refusals of the interface itself, with the status that each deserves. */
export const requestFailures = {
  'request.unauthenticated': 401,
  'request.token_invalid': 401,
  'request.unknown_address': 404,
  'request.method_not_allowed': 405,
  'request.header_repeated': 400,
  'request.media_type': 415,
  'request.too_large': 413,
  'request.json_invalid': 400,
  'request.json_repeated_key': 400,
  'request.json_too_deep': 400,
  'request.body_unexpected': 400,
  'request.invalid': 400,
  'request.cursor_invalid': 400,
  'request.version_missing': 428,
  'request.version_invalid': 400,
  'request.idempotency_key_invalid': 400,
  'request.too_many': 429,
  'request.failed': 500,
  'site.unknown_host': 421,
  'site.suspended': 403,
} as const

registerStatuses(requestFailures)

/** Whatever one may not know of is answered exactly as what does not exist. */
const asUnknown = new Set(['authority.unknown', 'organizations.unknown', 'organizations.not_found'])
const unknown = 'organizations.not_found'

const valuesOf = (data: Failure['data'], organization: string): TextValues => {
  const { retryAt } = data ?? {}
  const minutes = typeof retryAt === 'string' ? Math.max(1, Math.ceil((Date.parse(retryAt) - Date.now()) / 60_000)) : 1
  return { organization, minutes }
}

/** The bold beginning of a message is its title, what follows is the detail. */
const wordsOf = (texts: Texts, code: string, values: TextValues): { title: string; detail?: string } => {
  const key = texts.has(`failure.${code}`) ? `failure.${code}` : 'failure.unknown'
  let title = ''
  const bold = (chunks: string[]) => {
    title += chunks.join('')
    return ''
  }
  const rest = texts.rich<string>(key, values, { b: bold }).join('').trim()
  if (title === '') return { title: rest }
  return rest === '' ? { title } : { title, detail: rest }
}

const spelled = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

type Finding = { code: string; path: string; data?: TextValues }

/** `parentId` → `#/parent_id`, `attributes.crm` → `#/attributes/crm`; a parameter of the address by its name. */
const placeOf = (field: string, isParameter: boolean): Pick<FieldProblem, 'pointer' | 'parameter'> =>
  isParameter ? { parameter: spelled(field) } : { pointer: `#/${spelled(field).replaceAll('.', '/')}` }

/** What checks have found in a document, in words: each at its place. */
const foundIn = (findings: readonly Finding[], texts: Texts): FieldProblem[] =>
  findings.map(({ code, path, data = {} }) => ({
    pointer: `#/${path.replaceAll('.', '/')}`,
    code,
    message: texts.t(`finding.${code}`, data),
  }))

const errorsOf = ({ code, field, data }: Failure, title: string, texts: Texts): FieldProblem[] | undefined => {
  if (Array.isArray(data?.errors)) return data.errors as FieldProblem[]
  if (Array.isArray(data?.findings)) return foundIn(data.findings as Finding[], texts)
  if (field === undefined) return undefined
  const message = typeof data?.message === 'string' ? data.message : title
  return [{ ...placeOf(field, data?.isParameter === true), code, message }]
}

/** A refusal in words. `organization` is the name of the one that was asked. */
export const summaryOf = (failure: Failure, texts: Texts, organization: string): ProblemSummary => {
  if (asUnknown.has(failure.code)) {
    return { code: unknown, status: 404, ...wordsOf(texts, unknown, { organization }) }
  }
  const { code, status, data } = failure
  const words = wordsOf(texts, code, valuesOf(data, organization))
  const errors = errorsOf(failure, words.title, texts)
  const permission = typeof data?.permission === 'string' ? { permission: data.permission } : {}
  return { code, status, ...words, ...(errors ? { errors } : {}), ...permission }
}

/** Where the code is explained (null: nowhere), which request it was, and what it is called in our log. */
export const problemOf = (
  summary: ProblemSummary,
  { docs, instance, requestId }: { docs: string | null; instance: string; requestId: string },
): Problem => {
  const { code, title, status, detail, ...rest } = summary
  const type = docs === null ? 'about:blank' : `${docs}#${code}`
  const spoken = { type, title, status, ...(detail ? { detail } : {}), instance, code }
  return { ...spoken, ...rest, trace_id: requestId }
}
