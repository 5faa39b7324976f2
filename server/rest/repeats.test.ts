// Two at the same moment, and the same twice: versions and keys.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withPlatform } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, countBelow, fresh, ownersOf, type Tree, tokenAt } from '#support/rest'

freshDatabase()
let tree: Tree
let root: string
let own: string
let sibling: string
beforeAll(async () => {
  tree = await buildTree()
  const tokens = await ownersOf(tree)
  root = tokens.root
  own = tokens.own
  sibling = tokens.sibling
}, 60_000)
beforeEach(() => forgetProcessState('server.rest.limits'))

const create = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/organizations', {
    token: root,
    body: { parent_id: tree.own, handle: fresh(), name: 'Made', ...more },
    headers,
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
