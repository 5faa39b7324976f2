// The interface as a stranger, a careless program and an attacker find it.

import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { directory, find, list, readAgain, resume, suspend } from '#core/organizations'
import { revokeToken } from '#core/tokens'
import { withOrganization, withPlatform } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, type Tree, tokenAt } from '#support/rest'
import { bounds, count } from './limits.ts'

freshDatabase()
let tree: Tree
let root: string
let own: string
let sibling: string
let made = 0
beforeAll(async () => {
  tree = await buildTree()
  const owner = { role: 'owner', scopes: builtInRoles.owner }
  root = (await tokenAt(tree.root, owner)).text
  own = (await tokenAt(tree.own, owner)).text
  sibling = (await tokenAt(tree.sibling, owner)).text
}, 60_000)
beforeEach(() => forgetProcessState('server.rest.limits'))

const fresh = (word = 'made') => {
  made += 1
  return `${word}-${made}`
}
const create = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/organizations', {
    token: root,
    body: { parent_id: tree.own, handle: fresh(), name: 'Made', ...more },
    headers,
  })
const countBelow = async (id: string) =>
  (await withPlatform((tx) => list(tx, systemActor, { below: id, isDeep: true, limit: 1000 }))).organizations.length

describe('without proof', () => {
  it.each([
    ['nothing', {}],
    ['a cookie', { cookie: '__Host-the-root=x; livery=y' }],
    ['another scheme', { authorization: 'Basic cml0YTpyaXRh' }],
    ['headers that claim to be somebody', { 'x-user-id': 'per_x', 'x-actor': 'system', 'x-organization-id': 'org_x' }],
  ])('%s is nobody', async (_, headers) => {
    const before = await countBelow(tree.own)
    const body = { parent_id: tree.own, handle: fresh(), name: 'X', userId: 'per_x', actor: { kind: 'system' } }
    const { status, json, headers: answered } = await call('POST', '/organizations', { body, headers })
    expect(status).toBe(401)
    expect(json.code).toMatch(/^request\.(?:unauthenticated|token_invalid)$/)
    expect(answered.get('www-authenticate')).toMatch(/^Bearer realm="livery"/)
    expect(await countBelow(tree.own)).toBe(before)
  })

  it.each([
    ['in the address', `/me?access_token=`],
    ['in the address under our name', `/me?token=`],
  ])('a token %s is none', async (_, path) => {
    expect((await call('GET', path + root)).status).toBe(401)
  })

  it('a token is worth nothing cut off, with something behind it, or with another’s organization', async () => {
    const spoilt = [
      root.slice(0, -1),
      `${root}x`,
      `${root} ${own}`,
      root.replace(tree.root.slice(4), tree.own.slice(4)),
      root.toUpperCase(),
    ]
    for (const token of spoilt) {
      const { status, json, headers } = await call('GET', '/me', { token })
      expect({ status, code: json.code }).toEqual({ status: 401, code: 'request.token_invalid' })
      expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
    expect((await call('GET', '/me', { headers: { authorization: `bearer  ${root}` } })).status).toBe(200)
  })

  it('a revoked token is worth nothing in the next moment, one of a suspended organization within two seconds', async () => {
    const { text, tokenId, accountId } = await tokenAt(tree.child, { role: 'auditor', scopes: ['audit.read'] })
    expect((await call('GET', '/me', { token: text })).status).toBe(200)
    await withPlatform((tx) => suspend(tx, systemActor, tree.child))
    await expect.poll(async () => (await call('GET', '/me', { token: text })).status, { timeout: 2000 }).toBe(401)
    await withPlatform((tx) => resume(tx, systemActor, tree.child))
    await expect.poll(async () => (await call('GET', '/me', { token: text })).status, { timeout: 2000 }).toBe(200)
    await withOrganization(tree.child, (tx) => revokeToken(tx, systemActor, accountId, tokenId))
    expect((await call('GET', '/me', { token: text })).status).toBe(401)
  })
})

describe('fields that nobody offers', () => {
  const smuggled = {
    id: 'org_x',
    status: 'suspended',
    version: 99,
    ancestors: [],
    isRoot: true,
    parentId: 'x',
    orgId: ['a', 'b'],
    organization_id: 'org_x',
    created_at: '2020-01-01T00:00:00Z',
    permissions: ['organization.delete'],
    constructor: { prototype: { isAdmin: true } },
  }
  it.each(Object.entries(smuggled))('%s is refused on every write', async (name, value) => {
    const before = await countBelow(tree.own)
    const created = await create({ [name]: value })
    expect(created.json).toMatchObject({ status: 400, code: 'request.invalid' })
    expect(created.json.errors).toEqual([expect.objectContaining({ pointer: `#/${name}`, code: 'unknown_field' })])
    const changed = await call('PATCH', `/organizations/${tree.own}`, {
      token: root,
      body: { name: 'X', [name]: value },
      headers: { 'if-match': '"1"' },
    })
    expect(changed.json).toMatchObject({ status: 400, code: 'request.invalid' })
    expect(await countBelow(tree.own)).toBe(before)
  })

  it('`__proto__` means nothing, on its own and inside', async () => {
    const raw = `{"parent_id":"${tree.own}","handle":"${fresh()}","name":"X","__proto__":{"isAdmin":true}}`
    expect((await call('POST', '/organizations', { token: root, raw })).json).toMatchObject({ status: 400 })
    const inside = `{"parent_id":"${tree.own}","handle":"${fresh()}","name":"X","attributes":{"__proto__":"x"}}`
    expect((await call('POST', '/organizations', { token: root, raw: inside })).status).toBeLessThan(500)
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined()
  })

  it('an id in the body does not win over the one in the path', async () => {
    for (const body of [{ id: tree.sibling }, { organization: tree.sibling }, { name: 'X', org_id: tree.sibling }]) {
      const answer = await call('PATCH', `/organizations/${tree.own}`, {
        token: own,
        body,
        headers: { 'if-match': '"1"' },
      })
      expect(answer.status).toBe(400)
    }
    expect((await withPlatform((tx) => find(tx, systemActor, tree.sibling))).name).toBe('The sibling')
    const twice = await call('GET', `/organizations?below=${tree.own}&below=${tree.sibling}`, { token: own })
    expect(twice.json).toMatchObject({ status: 400, errors: [{ parameter: 'below', code: 'repeated' }] })
  })
})

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
    const began = performance.now()
    expect((await post(raw)).json).toMatchObject({ status: 400, code })
    expect(performance.now() - began).toBeLessThan(100)
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

describe('what was looked at', () => {
  const patch = (id: unknown, body: unknown, headers: Record<string, string>) =>
    call('PATCH', `/organizations/${id}`, { token: root, body, headers })

  it('is what is changed: of two changes with one ETag the second is refused, and told where to look', async () => {
    const { json, headers } = await create()
    const etag = headers.get('etag') ?? ''
    expect(etag).toBe('"1"')
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => patch(json.id, { name: `Name ${index}` }, { 'if-match': etag })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const late of answers.filter(({ status }) => status !== 200)) {
      expect(late.json).toMatchObject({ status: 412, code: 'organizations.changed_elsewhere' })
      expect(late.headers.get('link')).toBe(
        `<http://localhost:3000/api/v1/organizations/${json.id}>; rel="latest-version"`,
      )
    }
    const winner = answers.find(({ status }) => status === 200)
    const now = await call('GET', `/organizations/${json.id}`, { token: root })
    expect(now.json.name).toBe(winner?.json.name)
    expect(now.headers.get('etag')).toBe('"2"')
  })

  it.each([
    ['nothing', undefined, 428, 'request.version_missing'],
    ['everything', '*', 400, 'request.version_invalid'],
    ['a number', '1', 400, 'request.version_invalid'],
    ['a weak tag', 'W/"1"', 412, 'organizations.changed_elsewhere'],
    ['another’s tag', '"abc"', 412, 'organizations.changed_elsewhere'],
    ['two tags', '"1", "2"', 412, 'organizations.changed_elsewhere'],
  ])('has to be said: %s is refused', async (_, tag, status, code) => {
    const { json } = await create()
    const headers: Record<string, string> = tag === undefined ? {} : { 'if-match': tag }
    expect((await patch(json.id, { name: 'X' }, headers)).json).toMatchObject({ status, code })
    const path = `/organizations/${json.id}?confirm=${json.handle}`
    expect((await call('DELETE', path, { token: root, headers })).json).toMatchObject({ status, code })
  })

  it('and has not changed is not sent again', async () => {
    const same = await call('GET', `/organizations/${tree.own}`, {
      token: root,
      headers: { 'if-none-match': '"1", "2"' },
    })
    expect({ status: same.status, text: same.text }).toEqual({ status: 304, text: '' })
  })

  it('of a change is a merge patch: what is absent stays, null takes away', async () => {
    const { json } = await create({ attributes: { crm: 'A', plan: 'gold' } })
    const body = { attributes: { crm: null, region: 'eu' } }
    const { json: after } = await patch(json.id, body, { 'if-match': '"1"' })
    expect(after).toMatchObject({ name: 'Made', attributes: { plan: 'gold', region: 'eu' } })
    expect(after.attributes).not.toHaveProperty('crm')
    expect((await patch(json.id, { name: null }, { 'if-match': '"2"' })).status).toBe(400)
    const gone = await call('DELETE', `/organizations/${json.id}?confirm=${json.handle}`, {
      token: root,
      headers: { 'if-match': '"2"' },
    })
    expect(gone.status).toBe(204)
    expect((await call('GET', `/organizations/${json.id}`, { token: root })).status).toBe(404)
  })
})

describe('a request with a key', () => {
  it('has one effect, and is answered as the first time', async () => {
    const body = { handle: fresh(), name: 'Once' }
    const first = await create(body, { 'idempotency-key': 'one' })
    const again = await create(body, { 'idempotency-key': 'one' })
    expect(again.status).toBe(201)
    expect(again.json).toEqual(first.json)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.headers.get('etag')).toBe('"1"')
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(first.headers.has('idempotent-replayed')).toBe(false)
  })

  it('of fifty at once is done once', async () => {
    const body = { handle: fresh(), name: 'Fifty' }
    const before = await countBelow(tree.own)
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(body, { 'idempotency-key': 'fifty' })))
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json.id))
    expect(ids.size).toBe(1)
    for (const { status, json, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect({ status, code: json.code }).toEqual({ status: 409, code: 'idempotency.under_way' })
      expect(headers.get('retry-after')).toBe('1')
    }
    expect(await countBelow(tree.own)).toBe(before + 1)
  })

  it('is refused for something else, and another’s key is another key', async () => {
    const body = { parent_id: tree.own, handle: fresh(), name: 'Mine' }
    const headers = { 'idempotency-key': 'shared' }
    expect((await call('POST', '/organizations', { token: own, body, headers })).status).toBe(201)
    for (const [path, other] of [
      ['/organizations', { ...body, name: 'Other' }],
      ['/organizations/bulk', { items: [] }],
    ] as const) {
      const answer = await call('POST', path, { token: own, body: other, headers })
      expect([400, 422]).toContain(answer.status)
    }
    const mismatch = await call('POST', '/organizations', { token: own, body: { ...body, name: 'Other' }, headers })
    expect(mismatch.json).toMatchObject({ status: 422, code: 'idempotency.mismatch' })
    const theirs = { parent_id: tree.sibling, handle: fresh(), name: 'Theirs' }
    expect((await call('POST', '/organizations', { token: sibling, body: theirs, headers })).status).toBe(201)
  })

  it('may be sent again after a refusal, corrected', async () => {
    const headers = { 'idempotency-key': 'corrected' }
    expect((await create({ handle: 'the-own' }, headers)).status).toBe(409)
    expect((await create({}, headers)).status).toBe(201)
  })

  it('that is answered with a token keeps it for whoever asked, sealed', async () => {
    const { accountId } = await tokenAt(tree.own, { role: 'auditor' })
    const make = (token: string) =>
      call('POST', `/organizations/${tree.own}/service-accounts/${accountId}/tokens`, {
        token,
        body: { name: 'Once', scopes: [] },
        headers: { 'idempotency-key': 'token' },
      })
    const first = await make(own)
    expect((await make(own)).json.token).toBe(first.json.token)
    expect((await make(root)).json.token).not.toBe(first.json.token)
    const stored = await withPlatform((tx) =>
      tx.sql
        .withTables<{ idempotency_keys: { answer: Buffer | null } }>()
        .selectFrom('idempotency_keys')
        .select('answer')
        .execute(),
    )
    const secret = String(first.json.token).slice(-43)
    for (const { answer } of stored) expect(answer?.toString('latin1') ?? '').not.toContain(secret)
    const listed = await call('GET', `/organizations/${tree.own}/service-accounts/${accountId}/tokens`, { token: own })
    expect(listed.text).not.toContain(secret)
    expect(listed.text).not.toMatch(/hash/)
  })

  it.each(['', 'a b', 'ü', 'x'.repeat(256)])('has to be a key: %s', async (key) => {
    expect((await create({}, { 'idempotency-key': key })).json.code).toBe('request.idempotency_key_invalid')
  })
})

describe('a list', () => {
  const listed = (query: string) => call('GET', `/organizations?${query}`, { token: root })

  it('goes on by its cursor and its link, without gaps and without repeating', async () => {
    const parent = String((await create()).json.id)
    const made: unknown[] = []
    for (let index = 0; index < 7; index += 1) made.push((await create({ parent_id: parent, name: 'Same' })).json.id)
    const seen: unknown[] = []
    let path: string | null = `/organizations?below=${parent}&limit=3`
    while (path !== null) {
      const { json, headers }: Awaited<ReturnType<typeof call>> = await call('GET', path, { token: root })
      seen.push(...(json.items ?? []).map(({ id }) => id))
      const link = /<http:\/\/localhost:3000\/api\/v1([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      expect(link === undefined).toBe(json.next_cursor === null)
      path = link ?? null
    }
    expect(seen.sort()).toEqual(made.sort())
  })

  it('takes no cursor that it did not give', async () => {
    const parent = String((await create()).json.id)
    for (let index = 0; index < 3; index += 1) await create({ parent_id: parent })
    const { json } = await listed(`below=${parent}&limit=1`)
    const cursor = String(json.next_cursor)
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('org_')
    for (const query of [
      `below=${tree.own}&cursor=${cursor}`,
      `below=${parent}&deep=true&cursor=${cursor}`,
      `below=${parent}&cursor=${cursor.slice(0, -2)}AA`,
      `below=${parent}&cursor=eyJpZCI6MX0`,
      `below=${parent}&cursor=${encodeURIComponent("' or 1=1 --")}`,
    ]) {
      expect((await listed(query)).json).toMatchObject({ status: 400, code: 'request.cursor_invalid' })
    }
    const elsewhere = await call('GET', `/organizations/${parent}/children?cursor=${cursor}`, { token: root })
    expect(elsewhere.json.code).toBe('request.cursor_invalid')
    expect((await listed(`below=${parent}&limit=2&cursor=${cursor}`)).json.items).toHaveLength(2)
  })

  it.each([
    ['1000000000', 200],
    ['200', 200],
    ['-1', 400],
    ['0', 400],
    ['NaN', 400],
    ['1.5', 400],
    ['1e3', 400],
    ['', 400],
    ['9'.repeat(30), 400],
    ['5 ', 400],
  ])('of at most %s is answered %i', async (limit, status) => {
    expect((await listed(`limit=${encodeURIComponent(limit)}`)).status).toBe(status)
  })

  it.each(['sort=password_hash', 'order=name', 'secret_hash=x', 'filter[name]=x', 'select=*', 'attribute=a', 'deep=1'])(
    'knows no %s',
    async (query) => expect((await listed(query)).json).toMatchObject({ status: 400, code: 'request.invalid' }),
  )

  it('takes whatever is searched for as what it is', async () => {
    const meta = ["'", '"', '\\', '%', '_', ';--', "' or '1'='1", '$1', '{{x}}', '*', ')', '\u2028', '😀', "a'||'b"]
    for (const text of meta) {
      const search = await listed(`deep=true&search=${encodeURIComponent(text)}`)
      expect({ text, status: search.status, found: search.json.items }).toEqual({ text, status: 200, found: [] })
      const attribute = await listed(`deep=true&attribute=${encodeURIComponent(`crm:${text}`)}`)
      expect({ text, status: attribute.status }).toEqual({ text, status: 200 })
    }
    expect((await listed(`search=${encodeURIComponent('a\u0000b')}`)).status).toBe(400)
    expect((await listed('search=%ff%fe')).status).toBe(400)
  })

  it('finds by an attribute, a part of a name and a status', async () => {
    const { json } = await create({ name: 'Findable Ltd', attributes: { 'crm.id': 'X:1' } })
    const ids = async (query: string) => ((await listed(query)).json.items ?? []).map(({ id }) => id)
    expect(await ids(`deep=true&attribute=crm.id:X:1`)).toEqual([json.id])
    expect(await ids(`deep=true&search=findable`)).toEqual([json.id])
    expect(await ids(`deep=true&status=suspended`)).toEqual([tree.suspended])
  })
})

it('no parameter of any kind of text makes it fail on its own side', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(5), async (text, place) => {
      const encoded = encodeURIComponent(text.toWellFormed())
      const asks = [
        () => call('GET', `/organizations?search=${encoded}`, { token: root }),
        () => call('GET', `/organizations?below=${encoded}`, { token: root }),
        () => call('GET', `/organizations/check-handle?handle=${encoded}`, { token: root }),
        () => create({ handle: text, name: text, locales: [text], attributes: { [text]: text } }),
        () => call('GET', `/organizations/${encoded.replaceAll('%2F', '')}`, { token: root }),
        () => create({ parent_id: text }),
      ]
      const { status } = await (asks[place] ?? asks[0] ?? create)()
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 150 },
  )
}, 60_000)

describe('many organizations', () => {
  const bulk = (body: unknown, headers: Record<string, string> = {}) =>
    call('POST', '/organizations/bulk', { token: root, body, headers })

  it('are made each on its own, and a list that is sent twice makes nothing twice', async () => {
    const parent = (await create()).json.id
    const item = (index: number, handle = fresh()) => ({
      handle,
      name: `Item ${index}`,
      attributes: { crm: `N-${index}` },
    })
    const items = [
      item(0),
      item(1, 'the-own'),
      { ...item(2), nonsense: 1 },
      item(3, 'no good'),
      item(4),
      { handle: fresh(), name: 'Without' },
    ]
    const body = { parent_id: parent, key_attribute: 'crm', items }
    const { json, status } = await bulk(body)
    expect(status).toBe(200)
    expect(json).toMatchObject({ created: 2, existing: 0, failed: 4 })
    expect(json.results).toMatchObject([
      { index: 0, outcome: 'created' },
      {
        index: 1,
        outcome: 'failed',
        problem: { code: 'organizations.handle_taken', errors: [{ pointer: '#/handle' }] },
      },
      { index: 2, outcome: 'failed', problem: { code: 'request.invalid', errors: [{ pointer: '#/nonsense' }] } },
      { index: 3, outcome: 'failed', problem: { code: 'organizations.handle_invalid' } },
      { index: 4, outcome: 'created' },
      {
        index: 5,
        outcome: 'failed',
        problem: { code: 'organizations.invalid', errors: [{ pointer: '#/attributes/crm' }] },
      },
    ])
    const again = await bulk(body)
    expect(again.json).toMatchObject({ created: 0, existing: 2, failed: 4 })
    expect(await countBelow(String(parent))).toBe(2)
    // What was made is known at once.
    const [first] = json.results as { organization: { id: string } }[]
    expect((await call('GET', `/organizations/${first?.organization.id}/roles`, { token: root })).status).toBe(200)
  })

  it('are at most a hundred, below something that one may create below', async () => {
    const items = Array.from({ length: 101 }, () => ({ handle: fresh(), name: 'X' }))
    expect((await bulk({ parent_id: tree.own, items })).json.code).toBe('request.invalid')
    const hundred = await bulk({ parent_id: tree.own, items: items.slice(0, 100) })
    expect(hundred.json).toMatchObject({ created: 100, failed: 0 })
    for (const parent of [tree.sibling, tree.parent, 'org_00000000000000000000000000']) {
      const answer = await call('POST', '/organizations/bulk', {
        token: own,
        body: { parent_id: parent, items: items.slice(0, 1) },
      })
      expect(answer.json).toMatchObject({ status: 404, code: 'organizations.not_found' })
    }
  })

  it('with a key are answered the same again', async () => {
    const body = { parent_id: tree.own, items: [{ handle: fresh(), name: 'X' }] }
    const first = await bulk(body, { 'idempotency-key': 'bulk' })
    const again = await bulk(body, { 'idempotency-key': 'bulk' })
    expect(again.json).toEqual(first.json)
    expect(again.json.created).toBe(1)
  })
})

describe('rights', () => {
  it('follow an organization that is moved', async () => {
    const { json } = await create()
    const read = (token: string) => call('GET', `/organizations/${json.id}/roles`, { token })
    expect((await read(own)).status).toBe(200)
    const body = { parent_id: tree.sibling }
    expect((await call('POST', `/organizations/${json.id}/move`, { token: own, body })).status).toBe(404)
    expect((await call('POST', `/organizations/${json.id}/move`, { token: root, body })).status).toBe(200)
    expect((await read(own)).status).toBe(404)
    expect((await read(sibling)).status).toBe(200)
    const circle = { parent_id: json.id }
    const moved = await call('POST', `/organizations/${tree.sibling}/move`, { token: root, body: circle })
    expect(moved.json.code).toBe('organizations.would_be_circle')
  })

  it('are given to nobody beyond one’s own', async () => {
    const administrator = (await tokenAt(tree.own, { role: 'administrator', scopes: builtInRoles.administrator })).text
    const path = `/organizations/${tree.own}`
    const { accountId } = await tokenAt(tree.own, { role: 'owner' })
    const attempts = [
      call('POST', `${path}/roles`, {
        token: administrator,
        body: { key: fresh('role'), name: 'X', permissions: ['organization.delete'] },
      }),
      call('POST', `${path}/grants`, {
        token: administrator,
        body: { subject: { kind: 'service', id: accountId }, role: 'owner', reach: 'subtree' },
      }),
      call('POST', `${path}/service-accounts/${accountId}/tokens`, {
        token: administrator,
        body: { name: 'X', scopes: ['organization.delete'] },
      }),
      call('POST', `${path}/service-accounts/${accountId}/suspend`, { token: administrator }),
    ]
    for (const { json } of await Promise.all(attempts)) {
      expect(json).toMatchObject({ status: 403, code: 'authority.exceeds_own' })
    }
  })

  it('of a token that reaches one organization alone end there', async () => {
    const near = (await tokenAt(tree.own, { role: 'owner', scopes: builtInRoles.owner, reach: 'organization' })).text
    expect((await call('GET', `/organizations/${tree.own}`, { token: near })).status).toBe(200)
    expect((await call('GET', `/organizations/${tree.child}`, { token: near })).status).toBe(404)
    const { json, text } = await call('GET', `/organizations/${tree.own}/descendants`, { token: near })
    expect(json.items).toEqual([])
    expect(text).not.toContain('The child')
  })
})

describe('limits', () => {
  it('stand in every answer, and beyond them nothing is done', async () => {
    const address = '203.0.113.7'
    const { headers } = await call('GET', '/me', { token: root, address })
    expect(headers.get('ratelimit-policy')).toBe('"address";q=6000;w=60, "token";q=3000;w=60')
    expect(headers.get('ratelimit')).toMatch(/^"address";r=5999;t=\d+, "token";r=\d+;t=\d+$/)
    for (let index = 0; index < bounds.address.max; index += 1) count(bounds.address, address)
    const refused = await call('GET', '/me', { token: root, address })
    expect(refused.json).toMatchObject({ status: 429, code: 'request.too_many' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toContain('"address";r=0')
    expect((await call('GET', '/me', { token: root, address: '203.0.113.8' })).status).toBe(200)
  })

  it('are one for all processes', async () => {
    const bound = { name: 'token', max: 100, windowMs: 60_000 } as const
    const subject = fresh('subject')
    for (let index = 0; index < 60; index += 1) count(bound, subject)
    await expect
      .poll(async () => {
        // Another process begins with nothing in its memory.
        forgetProcessState('server.rest.limits')
        for (let index = 0; index < 20; index += 1) count(bound, subject)
        await new Promise((resolve) => setTimeout(resolve, 50))
        return count(bound, subject).isOver
      })
      .toBe(true)
  })
})

it('an organization that another process has just made is found', async () => {
  const { json } = await create()
  forgetProcessState('organizations')
  await expect.poll(async () => directory().byId(String(json.id))).toBeUndefined()
  await readAgain(tree.root)
  await readAgain(tree.own)
  expect((await call('GET', `/organizations/${json.id}`, { token: root })).status).toBe(200)
})
