import { beforeAll, describe, expect, it } from 'vitest'
import { builtInRoles } from '#core/authority/contract'
import { readyMade } from '#core/flows'
import { freshDatabase } from '#support/database'
import { buildTree, call, type Tree, tokenAt } from '#support/rest'

freshDatabase()
let tree: Tree
let token: string
beforeAll(async () => {
  tree = await buildTree()
  token = (await tokenAt(tree.root, { role: 'owner', scopes: builtInRoles.owner })).text
})

const flows = (id: string, rest = '') => `/organizations/${id}/flows${rest}`
const get = (path: string) => call('GET', path, { token })
const put = (path: string, body: unknown, version: number) =>
  call('PUT', path, { token, body, headers: { 'if-match': `"${version}"` } })
const post = (path: string, body: unknown, version?: number) =>
  call('POST', path, { token, body, ...(version ? { headers: { 'if-match': `"${version}"` } } : {}) })

const flow = readyMade.recovery.flow
const renamed = { ...flow, label: 'Our recovery' }

describe('flows over the interface', () => {
  it('are drafted, checked, published, brought back and taken back', async () => {
    const at = flows(tree.own, '/recovery')
    const before = await get(`${at}/draft`)
    expect(before.json).toMatchObject({ flow: null, version: 1 })
    expect(before.headers.get('etag')).toBe('"1"')

    const saved = await put(`${at}/draft`, renamed, 1)
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, '"2"'])
    expect(saved.json.flow).toEqual(renamed)
    expect((await put(`${at}/draft`, flow, 1)).json.code).toBe('flow.changed_elsewhere')

    expect((await post(`${at}/check`, renamed)).json).toEqual({ publishable: true, findings: [] })
    expect((await post(`${at}/publish`, { note: 'Ours' }, 1)).json.code).toBe('flow.changed_elsewhere')
    expect((await post(`${at}/publish`, { note: 'Ours' }, 2)).json).toEqual({ version: 1 })
    expect((await get(`${at}/draft`)).json).toMatchObject({ flow: null, version: 3 })

    // Heard of by the process before long, and inherited by what is below.
    await expect
      .poll(async (): Promise<unknown> => (await get(flows(tree.child, '/recovery'))).json)
      .toMatchObject({ own: false, flow: { label: 'Our recovery' }, source: { organization_id: tree.own, version: 1 } })

    await put(`${at}/draft`, flow, 3)
    await post(`${at}/publish`, {}, 4)
    expect((await post(`${at}/rollback`, { to: 1, note: 'Ours was better' })).json).toEqual({ version: 3 })
    const { json: history } = await get(`${at}/versions?limit=2`)
    expect(history.items).toMatchObject([
      { version: 3, note: 'Ours was better', restored: 1, is_published: true, published_by: { kind: 'service' } },
      { version: 2, note: null, restored: null, is_published: false },
    ])
    const { json: earlier } = await get(
      `${at}/versions?limit=2&cursor=${encodeURIComponent(String(history.next_cursor))}`,
    )
    expect(earlier.items?.map(({ version }) => version)).toEqual([1])
    expect((await get(`${at}/versions/1`)).json).toEqual({ version: 1, flow: renamed })

    expect((await call('DELETE', at, { token })).status).toBe(204)
    await expect.poll(async () => (await get(at)).json.own).toBe(false)
    expect((await get(`${at}/versions`)).json.items).toHaveLength(3)
  })

  it('that are wrong are refused with everything that is wrong, in words', async () => {
    const at = flows(tree.own, '/sign-in')
    const nonsense = await put(`${at}/draft`, { label: '', start: 'A', nodes: { a: { step: 'telepathy' } } }, 1)
    expect([nonsense.status, nonsense.json.code]).toEqual([400, 'flow.invalid'])
    expect(nonsense.json.errors).toMatchObject([
      { pointer: '#/label' },
      { pointer: '#/start' },
      { pointer: '#/nodes/a/step' },
    ])

    const open = { label: 'Open', start: 'who', nodes: { who: { step: 'identifier', next: 'end' } } }
    expect((await put(`${at}/draft`, open, 1)).status).toBe(200)
    const refused = await post(`${at}/publish`, {}, 2)
    expect([refused.status, refused.json.code]).toEqual([409, 'flow.has_errors'])
    expect(refused.json.errors).toEqual([
      { pointer: '#/nodes/who', code: 'flow.unproven_end', message: expect.stringContaining('who') },
    ])
    const { json: found } = await post(`${at}/check`, open)
    expect(found).toEqual({
      publishable: false,
      findings: [{ code: 'flow.unproven_end', path: 'nodes.who', level: 'error', data: { node: 'who' } }],
    })
  })

  it.each(['/sign-out', '/__proto__', '/recovery%2Fdraft', '/Recovery'])('are five: %s is none', async (name) => {
    expect((await get(flows(tree.own, name))).status).toBe(404)
  })

  it('are listed, with those that come with the product', async () => {
    const { json: all } = await get(flows(tree.sibling))
    expect(all.items?.map(({ name, own }) => [name, own])).toEqual([
      ['sign-in', false],
      ['sign-in-staff', false],
      ['sign-up', false],
      ['recovery', false],
      ['invitation', false],
    ])
    const { json: made } = await get('/flows/ready-made')
    expect(made.items?.map(({ key }) => key)).toEqual(expect.arrayContaining(['password', 'adaptive', 'recovery', 'invitation']))
  })

  it.each([
    ['a body that is no object', []],
    ['a body that is no object', 'password'],
  ])('take no %s', async (_, body) => {
    expect((await post(flows(tree.own, '/sign-in/check'), body)).json.code).toBe('request.invalid')
  })
})
