/**
 * The reader of the interface: one page, drawn from the operations, whole without any script. It is for programmers, so it
 * is in English and in no brand.
 */

import { createHash } from 'node:crypto'
import { builtInTexts } from '#core/texts'
import { Failure } from '#platform/failure'
import { readerStyle } from './api-reader-style.ts'
import { openApi } from './openapi.ts'
import { type Operation, operations, resourceOf } from './operations.ts'
import { summaryOf } from './problem.ts'
import { problemCodes } from './problem-codes.ts'
import { filledIn } from './samples.ts'

export const readerStyleHash = `'sha256-${createHash('sha256').update(readerStyle).digest('base64')}'`

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
/** Text with `code` in it. */
const prose = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  description?: string
  format?: string
}
type Parameter = { $ref?: string; name: string; in: string; required?: boolean; schema: Schema; description?: string }
type OperationObject = {
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}

const nameOfRef = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** What a value is, in few words. */
const kindOf = (schema: Schema): string => {
  if (schema.$ref) return `<a href="#shape-${nameOfRef(schema.$ref)}">${nameOfRef(schema.$ref)}</a>`
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ')
  if (schema.enum) return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(', ')
  if (schema.const !== undefined) return `<code>${escaped(String(schema.const))}</code>`
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`
  if (typeof schema.additionalProperties === 'object') return `names to ${kindOf(schema.additionalProperties)}`
  return escaped([schema.format ?? schema.type ?? 'any value'].flat().join(' or '))
}

const row = (name: string, kind: string, isRequired: boolean, description = ''): string =>
  `<dt><code>${escaped(name)}</code><span>${kind}${isRequired ? ', required' : ''}</span></dt><dd>${prose(description)}</dd>`

const fieldsOf = ({ properties = {}, required = [] }: Schema): string =>
  Object.entries(properties)
    .map(([name, schema]) => row(name, kindOf(schema), required.includes(name), schema.description))
    .join('')

const definitions = (heading: string, rows: string): string =>
  rows === '' ? '' : `<h4>${heading}</h4><dl>${rows}</dl>`

const curl = (operation: Operation, url: string): string => {
  const { params = {}, query = {}, body } = filledIn(operation.example ?? {})
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name)
  const search = new URLSearchParams(query).toString()
  const type = operation.method === 'patch' ? 'application/merge-patch+json' : 'application/json'
  return [
    `curl -X ${operation.method.toUpperCase()} '${url}${path}${search === '' ? '' : `?${search}`}'`,
    '-H "Authorization: Bearer $LIVERY_TOKEN"',
    ...(operation.wantsVersion ? [`-H 'If-Match: "1"'`] : []),
    ...(operation.method === 'post' ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined ? [] : [`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(body, null, 2)}'`]),
  ].join(' \\\n  ')
}

const answerOf = ({ status }: Operation, { responses }: OperationObject): string => {
  const schema = responses[status]?.content?.['application/json']?.schema
  if (!schema) return `<p>Answers <code>${status}</code> with nothing more.</p>`
  const fields = schema.$ref ? '' : `<dl>${fieldsOf(schema)}</dl>`
  return `<p>Answers <code>${status}</code>${schema.$ref ? ` with ${kindOf(schema)}` : ''}.</p>${fields}`
}

const rightOf = ({ can, also = [] }: Operation): string => {
  if (can === 'self') return 'Whoever asks may do this.'
  if (can === 'anybody') return 'No token is needed.'
  return `Needs \`${can}\`${also.map((permission) => `, and \`${permission}\` at the other organization`).join('')}.`
}

const refusalsOf = ({ fails = [] }: Operation): string =>
  fails.length === 0
    ? ''
    : `<p>Refuses with ${fails.map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(', ')}.</p>`

const sectionOf = (operation: Operation, described: OperationObject, url: string): string => {
  const { id, method, path, shortPath, summary, description } = operation
  const addresses = [path, shortPath ?? []]
    .flat()
    .map(
      (address) =>
        `<span class="address"><code><span class="method">${method.toUpperCase()}</span> ${address}</code></span>`,
    )
  const parameters = described.parameters.filter((parameter) => parameter.name !== undefined)
  const body = Object.values(described.requestBody?.content ?? {})[0]?.schema
  const bodyRows = body ? (body.$ref ? `<dt>${kindOf(body)}</dt><dd></dd>` : fieldsOf(body)) : ''
  return [
    `<h3 id="${id}">${escaped(summary)}</h3>${addresses.join('')}`,
    `<p>${prose([description, rightOf(operation)].filter(Boolean).join(' '))}</p>`,
    definitions(
      'Parameters',
      parameters
        .map(({ name, schema, required = false, description: about }) => row(name, kindOf(schema), required, about))
        .join(''),
    ),
    definitions('Body', bodyRows),
    answerOf(operation, described),
    refusalsOf(operation),
    `<pre tabindex="0" role="region" aria-label="Example: ${escaped(summary)}"><code>${escaped(curl(operation, url))}</code></pre>`,
  ].join('')
}

const titled = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`

const conventions = (url: string): string =>
  [
    `<p>Everything that the console of an organization does, for programs. The interface is at <code>${escaped(url)}</code>, and below every other address of an organization. A path without an organization is about the one of the address; <code>{id}</code> takes an id, or <code>~</code> and a handle.</p>`,
    '<ul>',
    '<li><b>Proof.</b> <code>Authorization: Bearer livery_…</code>, an API token of a service account. Cookies mean nothing here.</li>',
    '<li><b>Rights.</b> What you may see but not do is 403. What you may not know of is 404, as what does not exist.</li>',
    '<li><b>Refusals</b> are problem documents (RFC 9457). Go by <code>code</code>; <code>title</code> is for people, in the language of <code>Accept-Language</code>.</li>',
    '<li><b>Lists</b> take <code>limit</code> (50, at most 200) and <code>cursor</code>, and answer <code>{items, next_cursor}</code> with <code>Link: rel="next"</code>.</li>',
    '<li><b>Changes</b> are merge patches (RFC 7396) and want the <code>ETag</code> of what you have looked at as <code>If-Match</code>.</li>',
    '<li><b>Repeating.</b> A <code>POST</code> with an <code>Idempotency-Key</code> has one effect for 24 hours, however often it is sent; a repeated answer carries <code>Idempotent-Replayed: true</code>.</li>',
    '<li><b>Bodies</b> are JSON in UTF-8, at most 256 KB, 32 levels deep, no name twice, no field that is not listed here.</li>',
    '<li><b>Limits</b> stand in <code>RateLimit</code> and <code>RateLimit-Policy</code>; beyond them is 429 with <code>Retry-After</code>.</li>',
    '</ul>',
    '<p>The same as <a href="v1/openapi.json">OpenAPI 3.1</a> and as a <a href="v1/postman.json">Postman collection</a>.</p>',
  ].join('')

const problems = (): string => {
  const texts = builtInTexts('en')
  const rows = problemCodes().map(({ code, status }) => {
    const { title, detail = '' } = summaryOf(new Failure(code), texts, 'the organization')
    return `<dt id="${code}"><code>${code}</code><span>${status}</span></dt><dd>${escaped(`${title} ${detail}`.trim())}</dd>`
  })
  return `<dl>${rows.join('')}</dl>`
}

/** The page, for an interface at this address. */
export const readerPage = (url: string): string => {
  const document = openApi(url)
  const paths = document.paths as Record<string, Record<string, OperationObject>>
  const { schemas } = document.components as { schemas: Record<string, Schema> }
  const resources = [...new Set(operations.map(resourceOf))]
  const of = (resource: string) => operations.filter((operation) => resourceOf(operation) === resource)
  const links = resources.map(
    (resource) =>
      `<h2>${titled(resource)}</h2><ul>${of(resource)
        .map(({ id, summary }) => `<li><a href="#${id}">${escaped(summary)}</a></li>`)
        .join('')}</ul>`,
  )
  const sections = resources.map((resource) => {
    const drawn = of(resource).flatMap((operation) => {
      const described = paths[operation.path]?.[operation.method]
      return described ? sectionOf(operation, described, url) : []
    })
    return `<section><h2 id="${resource}">${titled(resource)}</h2>${drawn.join('')}</section>`
  })
  const shapes = Object.entries(schemas).map(
    ([name, schema]) =>
      `<h3 id="shape-${name}">${name}</h3><p>${prose(schema.description ?? '')}</p><dl>${fieldsOf(schema)}</dl>`,
  )
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>REST interface</title><style>${readerStyle}</style></head><body><a class="skip" href="#main">To the text</a>`,
    `<div class="frame"><header><h1>REST interface</h1>${conventions(url)}</header>`,
    `<nav aria-label="Operations">${links.join('')}<h2>More</h2><ul><li><a href="#shapes">Shapes</a></li><li><a href="#problems">Problems</a></li></ul></nav>`,
    `<main id="main">${sections.join('')}<section><h2 id="shapes">Shapes</h2>${shapes.join('')}</section>`,
    `<section><h2 id="problems">Problems</h2>${problems()}</section></main></div></body></html>`,
  ].join('')
}
