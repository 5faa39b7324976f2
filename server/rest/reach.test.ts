// Many organizations at once, how far rights go, and how much may be asked.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, builtInRoles } from '#core/authority/contract'
import { directory, readAgain } from '#core/organizations'
import { builtInTexts } from '#core/texts'
import { Failure } from '#platform/failure'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { person } from '#support/engine'
import { buildTree, call, countBelow, fresh, ownersOf, type Tree, tokenAt } from '#support/rest'
import type { Asked } from '#web/operations'
import { readMe } from '#web/operations/me'
import { bounds, count } from './limits.ts'
import type { Place } from './place.ts'
import { refuse } from './refusal.ts'

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

it('a person who asks is told who they are, as a program is', async () => {
  const made = await person({ email: 'ada@reach.example', home: tree.own })
  const home = directory().byId(tree.own)
  if (!home || !('byItself' in readMe.runs)) throw new Error('nobody can be asked')
  const by: Actor = { kind: 'person', homeId: tree.own, personId: made.id, grants: [] }
  const { body } = await readMe.runs.byItself({ by, organization: home } as Asked)
  expect(body).toMatchObject({ kind: 'person', id: made.id, name: 'Ada Keller', organization: { handle: 'the-own' } })
})

it('a mistake of ours is recorded, and nothing of it is shown', async () => {
  const at = directory().byId(tree.own)
  if (!at) throw new Error('the tree has no own organization')
  const place: Place = {
    organization: at,
    origin: 'http://localhost:3000',
    base: '',
    address: '192.0.2.1',
    requestId: 'req_x',
    userAgent: undefined,
    texts: builtInTexts('en'),
  }
  for (const error of [new Error('select secret from tokens'), new Failure('database.nested'), 'a string']) {
    const response = refuse(error, place, '/api/v1/me')
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({ code: 'request.failed', trace_id: 'req_x' })
    expect(text).not.toMatch(/secret|tokens|a string|nested/)
  }
})
