/** The operations as OpenAPI 3.1, whose schemas are JSON Schema 2020-12: what zod says is taken as it is. */

import { z } from 'zod'
import { processState } from '#platform/process'
import { parameterNames } from './operations/operation.ts'
import { type Operation, operations, resourceOf } from './operations.ts'
import { problemType } from './problem.ts'
import { statusOf } from './problem-codes.ts'
import { problemShape } from './problem-shape.ts'
import { filledIn } from './samples.ts'

type Schema = Record<string, unknown>
type Schemas = Record<string, Schema>

/** `$defs` of one schema become components of the document. */
const hoisted = (schema: z.ZodType, io: 'input' | 'output', components: Schemas): Schema => {
  const {
    $schema: _,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The pattern says the same as the format, at length.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
      delete jsonSchema.id
    },
  }) as Schema & { $defs?: Schemas }
  const text = JSON.stringify({ own, $defs: $defs ?? {} }).replaceAll('"#/$defs/', '"#/components/schemas/')
  const read = JSON.parse(text) as { own: Schema; $defs: Schemas }
  for (const [name, definition] of Object.entries(read.$defs)) components[name] = definition
  return read.own
}

const words: Record<string, string> = {
  id: 'An organization’s id, or `~` and its handle',
  host: 'A host name',
  domain: 'An email domain',
  role: 'A role’s id, or the key of a built-in one',
  group: 'A group’s id',
  person: 'A person’s id',
  invitation: 'An invitation’s id',
  grant: 'A grant’s id',
  account: 'A service account’s id',
  token: 'A token’s id',
}

const pathParameters = (path: string) =>
  parameterNames(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    description: words[name] ?? `The ${name}`,
    schema: { type: 'string' },
  }))

const ofList: Record<string, Schema> = {
  limit: { schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 }, description: 'How many at most' },
  cursor: { schema: { type: 'string' }, description: '`next_cursor` of the part before' },
}

const queryParameters = (operation: Operation, components: Schemas) =>
  Object.entries(operation.query.shape as Record<string, z.ZodType>).map(([name, schema]) => {
    const { description, ...own } = hoisted(schema, 'input', components)
    const shown = ofList[name] ?? { schema: own, ...(description ? { description } : {}) }
    return { name, in: 'query', ...(schema.safeParse(undefined).success ? {} : { required: true }), ...shown }
  })

const headerParameters = ({ wantsVersion, method }: Operation) => [
  ...(wantsVersion ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ...(method === 'post' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
]

const bodyOf = ({ shownBody, method, example }: Operation, components: Schemas) => {
  if (shownBody === null) return {}
  const content = {
    schema: hoisted(shownBody, 'input', components),
    ...(example?.body === undefined ? {} : { example: filledIn(example.body) }),
  }
  const types = method === 'patch' ? ['application/merge-patch+json', 'application/json'] : ['application/json']
  return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, content])) } }
}

const statusWords: Record<number, string> = {
  400: 'Something that was sent is not as it should be',
  401: 'No token, or one that is worth nothing',
  403: 'You may not do this',
  404: 'There is no such thing, or you may not know of it',
  409: 'It cannot be done as things are',
  412: 'It was changed since you looked at it; `Link` says where it is now',
  422: 'The Idempotency-Key was used for something else',
  428: 'If-Match is missing',
  429: 'Too many requests; `Retry-After` says when to go on',
}

const refusals = (operation: Operation) => {
  const codes = operation.fails ?? []
  const statuses = new Set([400, 401, 404, 429, ...codes.map(statusOf)])
  if (operation.can !== 'self') statuses.add(403)
  if (operation.wantsVersion) for (const status of [412, 428]) statuses.add(status)
  if (operation.method === 'post') for (const status of [409, 422]) statuses.add(status)
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => {
        const own = codes.filter((code) => statusOf(code) === status).map((code) => `\`${code}\``)
        const description = `${statusWords[status] ?? 'Refused'}${own.length > 0 ? `: ${own.join(', ')}` : ''}`
        return [
          status,
          { description, content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } } },
        ]
      }),
  )
}

const successOf = ({ answer, status, isList, wantsVersion, method }: Operation, components: Schemas) => {
  const isVersioned = wantsVersion || JSON.stringify(answer && hoisted(answer, 'output', {})).includes('version')
  const headers = {
    ...(isVersioned && method !== 'delete' && !isList ? { ETag: { $ref: '#/components/headers/ETag' } } : {}),
    ...(isList ? { Link: { $ref: '#/components/headers/Link' } } : {}),
    ...(status === 201 ? { Location: { $ref: '#/components/headers/Location' } } : {}),
  }
  const content = answer ? { content: { 'application/json': { schema: hoisted(answer, 'output', components) } } } : {}
  const description = status === 201 ? 'Created' : status === 204 ? 'Done' : 'Answered'
  return { [status]: { description, headers, ...content } }
}

const rights = ({ can, also = [] }: Operation): string => {
  if (can === 'self') return 'Whoever asks may do this.'
  return `Needs \`${can}\`${also.length > 0 ? `, and ${also.map((one) => `\`${one}\``).join(', ')} at the other organization` : ''}.`
}

const operationObject = (operation: Operation, path: string, components: Schemas) => ({
  operationId: path === operation.path ? operation.id : `${operation.id}.here`,
  tags: [resourceOf(operation)],
  summary: operation.summary,
  description: [operation.description, rights(operation)].filter(Boolean).join('\n\n'),
  'x-permission': operation.can,
  parameters: [...pathParameters(path), ...queryParameters(operation, components), ...headerParameters(operation)],
  ...bodyOf(operation, components),
  responses: { ...successOf(operation, components), ...refusals(operation) },
  ...(operation.can === 'anybody' ? { security: [] } : {}),
})

const text = { type: 'string' }

const fixedComponents = {
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer', description: 'An API token of a service account: `livery_…`' },
  },
  parameters: {
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: true,
      schema: text,
      description: 'The ETag of what you have looked at; nothing is changed that you have not seen',
    },
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      schema: { ...text, maxLength: 255 },
      description: 'Sent again with the same key within 24 hours, a request has one effect and the same answer',
    },
  },
  headers: {
    ETag: { schema: text, description: 'The version of what is answered' },
    Link: { schema: text, description: '`rel="next"`: the next part of the list' },
    Location: { schema: text, description: 'Where the new thing is' },
  },
}

const description = [
  'Everything that the console of an organization does, for programs.',
  'The interface is below every address of an organization. A path without an organization is about the one of the address; `{id}` takes an id or `~` and a handle.',
  'What you may not know of is answered as what does not exist (404); what you may see but not do is 403.',
].join('\n\n')

type Document = { openapi: string; servers: { url: string }[] } & Record<string, unknown>

const make = (): Document => {
  const schemas: Schemas = {}
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    for (const path of [operation.path, operation.shortPath ?? []].flat()) {
      paths[path] = { ...paths[path], [operation.method]: operationObject(operation, path, schemas) }
    }
  }
  schemas.Problem = hoisted(z.strictObject({ problem: problemShape }), 'output', schemas) && (schemas.Problem ?? {})
  return {
    openapi: '3.1.0',
    info: { title: 'Livery', version: '1', description },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(resourceOf))].map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      ...fixedComponents,
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

/** The document, for an interface at this address. */
export const openApi = (url: string): Document => ({ ...processState('web.openapi', make), servers: [{ url }] })
