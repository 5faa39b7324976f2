// The interface as a stranger and an attacker find it: without proof, and with fields that nobody offers.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { find, resume, suspend } from '#core/organizations'
import { revokeToken } from '#core/tokens'
import { withOrganization, withPlatform } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, countBelow, fresh, ownersOf, type Tree, tokenAt } from '#support/rest'

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
