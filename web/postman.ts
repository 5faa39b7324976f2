/**
 * The operations as a Postman collection (v2.1) that can be run from top to bottom: what one request makes, the next ones
 * use, and the last folder cleans up. The variables are `base_url` and `token`.
 */

import { processState } from '#platform/process'
import type { Example } from './operations/operation.ts'
import { type Operation, operations, resourceOf } from './operations.ts'

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/** What is taken away at the end, and which organization it is about. */
const cleaning: { id: string; params: Record<string, string>; query?: Record<string, string> }[] = [
  { id: 'grants.take-back', params: { id: '{{organization}}', grant: '{{grant}}' } },
  { id: 'people.remove', params: { id: '{{organization}}', person: '{{person}}' } },
  { id: 'service-accounts.read', params: { id: '{{organization}}', account: '{{account}}' } },
  { id: 'service-accounts.remove', params: { id: '{{organization}}', account: '{{account}}' } },
  ...(['first', 'second'] as const).flatMap((name, index) => [
    { id: 'organizations.read', params: { id: `{{${name}}}` } },
    {
      id: 'organizations.delete',
      params: { id: `{{${name}}}` },
      query: { confirm: `bulk-{{run}}-${index + 1}` },
    },
  ]),
  { id: 'organizations.read', params: { id: '{{organization}}' } },
  { id: 'organizations.delete', params: { id: '{{organization}}' }, query: { confirm: '{{handle}}' } },
]
const isCleaning = ({ id, method }: Operation) => method === 'delete' && cleaning.some((step) => step.id === id)

const lines = (script: string) => script.split('\n')

/** `results.0.id` as JavaScript reads it out of `json`. */
const reaching = (path: string) =>
  path
    .split('.')
    .map((part) => `[${JSON.stringify(part)}]`)
    .join('')

const testOf = ({ status, id }: Operation, keeps: Example['keeps']): string =>
  [
    `pm.test(${JSON.stringify(`${id} answers ${status}`)}, () => pm.expect(pm.response.code).to.equal(${status}))`,
    "const etag = pm.response.headers.get('ETag')",
    "if (etag) pm.collectionVariables.set('etag', etag)",
    ...(keeps
      ? [
          'const json = pm.response.json()',
          ...Object.entries(keeps).map(
            ([name, path]) => `pm.collectionVariables.set(${JSON.stringify(name)}, json${reaching(path)})`,
          ),
        ]
      : []),
  ].join('\n')

const skipWithout = (name: string): string =>
  `if (!pm.collectionVariables.get(${JSON.stringify(name)})) pm.execution.skipRequest()`

const event = (listen: 'test' | 'prerequest', script: string) => ({
  listen,
  script: { type: 'text/javascript', exec: lines(script) },
})

const headersOf = ({ wantsVersion, method, body }: Operation) => [
  ...(body === null
    ? []
    : [{ key: 'Content-Type', value: method === 'patch' ? 'application/merge-patch+json' : 'application/json' }]),
  ...(wantsVersion ? [{ key: 'If-Match', value: '{{etag}}' }] : []),
  ...(method === 'post' ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : []),
]

const requestOf = (operation: Operation, { params = {}, query = {}, body }: Example) => {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `{{${name}}}`)
  const pairs = Object.entries(query)
  const search = pairs.map(([key, value]) => `${key}=${value}`).join('&')
  return {
    method: operation.method.toUpperCase(),
    header: headersOf(operation),
    url: {
      raw: `{{base_url}}${path}${search === '' ? '' : `?${search}`}`,
      host: ['{{base_url}}'],
      path: path.slice(1).split('/'),
      query: pairs.map(([key, value]) => ({ key, value })),
    },
    ...(body === undefined
      ? {}
      : { body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } } }),
    description: operation.description ?? operation.summary,
  }
}

const itemOf = (operation: Operation, example: Example) => ({
  name: operation.summary,
  request: requestOf(operation, example),
  event: [
    event('test', testOf(operation, example.keeps)),
    ...(example.needs ? [event('prerequest', skipWithout(example.needs))] : []),
  ],
  response: [],
})

const cleanUp = () =>
  cleaning.flatMap(({ id, ...example }) => {
    const found = operations.find((operation) => operation.id === id)
    return found ? [itemOf(found, example)] : []
  })

const make = () => {
  const names = [...new Set(operations.map(resourceOf))]
  const folders = names.map((name) => ({
    name,
    item: operations
      .filter((operation) => resourceOf(operation) === name && !isCleaning(operation))
      .map((operation) => itemOf(operation, operation.example ?? {})),
  }))
  return {
    info: {
      name: 'Livery',
      schema,
      description:
        'Set `token` to an API token and run the collection: it makes an organization, tries everything there, and removes it. What asks about somebody or something that only you have is skipped until its variable is set.',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [
      event(
        'prerequest',
        "if (!pm.collectionVariables.get('run')) pm.collectionVariables.set('run', Date.now().toString(36))",
      ),
    ],
    item: [...folders, { name: 'Clean up', item: cleanUp() }],
  }
}

/** Values that no request of the collection makes. */
const askedFor = (): string[] => {
  const kept = new Set(operations.flatMap(({ example }) => Object.keys(example?.keeps ?? {})))
  return [...new Set(operations.flatMap(({ example }) => example?.needs ?? []))].filter((name) => !kept.has(name))
}

type Collection = ReturnType<typeof make> & { variable: { key: string; value: string }[] }

/** The collection, for an interface at this address. */
export const postman = (url: string): Collection => ({
  ...processState('web.postman', make),
  variable: [
    { key: 'base_url', value: url },
    { key: 'token', value: '' },
    { key: 'run', value: '' },
    ...askedFor().map((key) => ({ key, value: '' })),
  ],
})
