// Lists, their cursors, and whatever somebody may write into a parameter.

import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { buildTree, call, fresh, ownersOf, type Tree } from '#support/rest'

freshDatabase()
let tree: Tree
let root: string
beforeAll(async () => {
  tree = await buildTree()
  const tokens = await ownersOf(tree)
  root = tokens.root
}, 60_000)
beforeEach(() => forgetProcessState('server.rest.limits'))

const create = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/organizations', {
    token: root,
    body: { parent_id: tree.own, handle: fresh(), name: 'Made', ...more },
    headers,
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
