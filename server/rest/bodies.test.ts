// What is sent to the interface and how it is refused; which addresses there are.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { directory } from '#core/organizations'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, fresh, ownersOf, type Tree } from '#support/rest'

freshDatabase()
let tree: Tree
let root: string
let own: string
beforeAll(async () => {
  tree = await buildTree()
  const tokens = await ownersOf(tree)
  root = tokens.root
  own = tokens.own
}, 60_000)
beforeEach(() => forgetProcessState('server.rest.limits'))

const create = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/organizations', {
    token: root,
    body: { parent_id: tree.own, handle: fresh(), name: 'Made', ...more },
    headers,
  })

/** Milliseconds of work: waiting for a busy machine is none. */
const spentSince = (began: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

describe('a body', () => {
  const valid = () => JSON.stringify({ parent_id: tree.own, handle: fresh(), name: 'X' })
  const post = (raw: string | Uint8Array, type?: string, more: Record<string, string> = {}) =>
    call('POST', '/organizations', {
      token: root,
      raw,
      headers: { ...(type ? { 'content-type': type } : {}), ...more },
    })

  it.each([
    ['text/plain', 415],
    ['application/xml', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json; charset=utf-16', 415],
    ['application/json; charset=iso-8859-1', 415],
    ['application/merge-patch+json', 415],
    ['application/json, text/plain', 415],
    ['application/json; charset=UTF-8', 201],
    ['APPLICATION/JSON', 201],
  ])('as %s is answered %i', async (type, status) => expect((await post(valid(), type)).status).toBe(status))

  it.each([
    ['NaN', '{"parent_id":NaN}', 'request.json_invalid'],
    ['a byte order mark', '\ufeff{}', 'request.json_invalid'],
    ['XML', '<a/>', 'request.json_invalid'],
    ['nothing', '', 'request.json_invalid'],
    ['a name twice', '{"handle":"a","handle":"b"}', 'request.json_repeated_key'],
    ['ten thousand levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'request.json_too_deep'],
    ['a list', '[]', 'request.invalid'],
    ['null', 'null', 'request.invalid'],
    ['a number beyond all integers', '{"handle":9223372036854775808,"name":"x"}', 'request.invalid'],
    ['NUL in a text', '{"handle":"nul","name":"a\\u0000b"}', 'request.json_invalid'],
  ])('that is %s is refused at once', async (_, raw, code) => {
    const began = process.cpuUsage()
    expect((await post(raw)).json).toMatchObject({ status: 400, code })
    expect(spentSince(began)).toBeLessThan(100)
  })

  it('in other bytes than UTF-8, compressed, or larger than 256 KB is refused', async () => {
    expect((await post(new Uint8Array(Buffer.from('{}', 'utf16le')))).json.code).toBe('request.json_invalid')
    expect((await post(valid(), undefined, { 'content-encoding': 'gzip' })).status).toBe(415)
    const large = await post(JSON.stringify({ name: 'x'.repeat(300_000) }))
    expect(large.json).toMatchObject({ status: 413, code: 'request.too_large' })
  })

  it('where none belongs is refused', async () => {
    const answer = await call('POST', `/organizations/${tree.child}/resume`, { token: root, body: {} })
    expect(answer.json).toMatchObject({ status: 400, code: 'request.body_unexpected' })
  })

  it('names everything that is wrong with it', async () => {
    const { json } = await create({ handle: 7, name: undefined, locales: 'en', sign_up: 'maybe', extra: 1 })
    expect(json.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '#/handle', code: 'wrong_type' }),
        expect.objectContaining({ pointer: '#/name', code: 'missing' }),
        expect.objectContaining({ pointer: '#/locales', code: 'wrong_type' }),
        expect.objectContaining({ pointer: '#/sign_up', code: 'not_allowed' }),
        expect.objectContaining({ pointer: '#/extra', code: 'unknown_field' }),
      ]),
    )
  })
})

describe('a refusal', () => {
  it('is a problem document in the language of the request', async () => {
    const { json, headers } = await create({ handle: 'the-own' })
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(json).toEqual({
      type: 'http://localhost:3000/api/docs#organizations.handle_taken',
      title: 'This name is in use already. Choose another one.',
      status: 409,
      instance: '/api/v1/organizations',
      code: 'organizations.handle_taken',
      errors: [
        {
          pointer: '#/handle',
          code: 'organizations.handle_taken',
          message: 'This name is in use already. Choose another one.',
        },
      ],
      trace_id: headers.get('x-request-id'),
    })
    const german = await call('GET', '/organizations/~nobody', { token: root, locale: 'de' })
    expect(german.json).toMatchObject({ status: 404, title: 'Diese Organisation gibt es nicht.' })
    expect(german.headers.get('content-language')).toBe('de')
    const split = await call('GET', '/me')
    expect(split.json).toMatchObject({ title: 'Say who you are.', detail: 'Send an API token as a bearer token.' })
  })

  it('and every other answer are kept by nobody, and open to no other origin', async () => {
    for (const [method, path] of [
      ['GET', '/me'],
      ['GET', '/nothing'],
      ['OPTIONS', '/organizations'],
      ['DELETE', '/me'],
      ['GET', '/openapi.json'],
    ] as const) {
      const { headers } = await call(method, path, { token: root, headers: { origin: 'https://evil.test' } })
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-request-id')).toMatch(/^req_/)
      for (const name of headers.keys()) expect(name).not.toMatch(/^access-control-|^set-cookie$/)
    }
  })
})

describe('an address', () => {
  it('says what may be done there', async () => {
    const allowed = async (path: string) => (await call('OPTIONS', path)).headers.get('allow')
    expect(await allowed('/organizations')).toBe('GET, HEAD, OPTIONS, POST')
    expect(await allowed(`/organizations/${tree.own}`)).toBe('DELETE, GET, HEAD, OPTIONS, PATCH')
    expect(await allowed('/organizations/bulk')).toBe('OPTIONS, POST')
    const refused = await call('PUT', '/organizations', { token: root, body: {} })
    expect(refused.json).toMatchObject({ status: 405, code: 'request.method_not_allowed' })
    expect(refused.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
    expect((await call('GET', '/organizations/bulk', { token: root })).status).toBe(405)
    expect((await call('GET', '/organization', { token: root })).json.code).toBe('request.unknown_address')
  })

  it('answers HEAD as GET, without a body and without an effect', async () => {
    const got = await call('GET', `/organizations/${tree.own}`, { token: root })
    const head = await call('HEAD', `/organizations/${tree.own}`, { token: root })
    expect(head.status).toBe(200)
    expect(head.text).toBe('')
    expect(head.headers.get('etag')).toBe(got.headers.get('etag'))
    expect((await call('HEAD', '/organizations/bulk', { token: root })).status).toBe(405)
  })

  it('of an organization stands for it: shorter paths are about the one that is met', async () => {
    const at = directory().byId(tree.own)
    if (!at) throw new Error('the tree has no own organization')
    const short = await call('GET', '/roles', { token: own, at })
    const long = await call('GET', '/organizations/~the-own/roles', { token: own, at })
    expect(short.json).toEqual(long.json)
    const below = await call('POST', '/organizations', { token: own, at, body: { handle: fresh(), name: 'Here' } })
    expect(below.json.parent_id).toBe(tree.own)
    expect(below.headers.get('location')).toBe(`http://localhost:3000/o/the-own/api/v1/organizations/${below.json.id}`)
    // At the root's address it is about the root, which one of its customers knows nothing of.
    for (const path of ['/roles', '/groups', '/grants', '/service-accounts', '/domains', '/organizations']) {
      expect((await call('GET', path, { token: own })).json.code).toBe('organizations.not_found')
    }
    expect((await call('GET', '/me', { token: own })).json).toMatchObject({ organization: { handle: 'the-own' } })
  })

  it.each(['~the-sibling', '~', '~..', '~the-own%00', 'org_', '~THE-OWN', 'the-own', '*'])(
    'of an organization that may not be known: %s',
    async (reference) => {
      const { json, text } = await call('GET', `/organizations/${reference}`, { token: own })
      expect(json.status).toBe(404)
      expect(text).not.toContain('The sibling')
    },
  )
})
