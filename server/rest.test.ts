// The interface over a real connection: what a socket can carry and a Request object cannot.

import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { addHost, loadDirectory } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildTree, type Tree, tokenAt } from '#support/rest'
import { meet } from '#web/meet'
import { send } from './answer.ts'
import { readAsked } from './asked.ts'
import { isForPrograms, neutralProblem, restAnswer } from './rest.ts'

freshDatabase()
let tree: Tree
let token: string
let server: Server
beforeAll(async () => {
  tree = await buildTree()
  token = (await tokenAt(tree.root, { role: 'owner', scopes: builtInRoles.owner })).text
  await withPlatform((tx) => addHost(tx, systemActor, tree.own, 'account.own.example', { verified: true }))
  await loadDirectory()
  server = createServer(async (request, response) => {
    const asked = readAsked(request)
    if ('status' in asked) return response.writeHead(asked.status).end()
    expect(isForPrograms(asked.path)).toBe(true)
    const met = meet(asked.host, asked.path)
    if (met.kind === 'elsewhere') return response.writeHead(308, { location: met.rest }).end()
    return send(request, response, met.kind === 'site' ? await restAnswer(met, asked) : neutralProblem(met.kind, asked))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}, 60_000)
afterAll(() => new Promise((resolve) => server.close(resolve)))

type Raw = { status: number; headers: Record<string, string>; text: string }

/** Says exactly this, and hears the answer. */
const say = (lines: string[], body: string | Buffer = ''): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
      const [first = '', ...fields] = head.split('\r\n')
      const headers = Object.fromEntries(
        fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
      )
      resolve({ status: Number(first.split(' ')[1]), headers, text: rest.join('\r\n\r\n') })
    })
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    socket.write(body)
  })

const ask = (method: string, path: string, { host = 'localhost', more = [] as string[], body = '' } = {}) =>
  say(
    [
      `${method} ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: close',
      ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`, 'Content-Type: application/json']),
      ...more,
    ],
    body,
  )
const bearer = () => `Authorization: Bearer ${token}`
const problem = ({ status, text }: Raw) => ({ status, code: (JSON.parse(text) as { code: string }).code })

describe('the interface is met', () => {
  it.each([
    ['localhost', '/api/v1/domains', '/api/v1'],
    ['localhost', '/o/the-own/api/v1/domains', '/o/the-own/api/v1'],
    ['the-own.localhost:3000', '/api/v1/domains', '/api/v1'],
    ['account.own.example', '/api/v1/domains', '/api/v1'],
  ])('at %s%s', async (host, path, base) => {
    const { status, text, headers } = await ask('GET', path, { host, more: [bearer()] })
    expect(status).toBe(200)
    const { items } = JSON.parse(text) as { items: { host: string }[] }
    expect(items.map((one) => one.host)).toEqual(
      path === '/api/v1/domains' && host === 'localhost' ? [] : ['account.own.example'],
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    const document = await ask('GET', path.replace('/domains', '/openapi.json'), { host })
    expect(JSON.parse(document.text).servers[0].url.endsWith(base)).toBe(true)
  })

  it.each([
    ['localhost', '/o/the-suspended/api/v1/me', 403, 'site.suspended'],
    ['the-suspended.localhost', '/api/v1/openapi.json', 403, 'site.suspended'],
    ['localhost', '/o/the-suspended/api/docs', 403, 'site.suspended'],
    ['localhost', '/o/nobody/api/v1/me', 404, 'organizations.not_found'],
    ['evil.test', '/api/v1/me', 421, 'site.unknown_host'],
    ['127.0.0.1', '/api/v1/me', 421, 'site.unknown_host'],
    // Below an own address there is no other organization.
    ['the-own.localhost', '/o/the-root/api/v1/me', 404, 'request.unknown_address'],
  ])('nowhere else: %s%s', async (host, path, status, code) => {
    const answer = await ask('GET', path, { host, more: [bearer()] })
    expect(problem(answer)).toEqual({ status, code })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.text).not.toContain('The suspended')
  })

  it('by nobody who brings a cookie alone', async () => {
    const answer = await ask('GET', '/api/v1/me', { more: [`Cookie: __Host-the-root=${token}`] })
    expect(problem(answer)).toEqual({ status: 401, code: 'request.unauthenticated' })
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="livery"')
  })
})

describe('a request', () => {
  it.each([['Authorization: Bearer x'], ['If-Match: "1"'], ['Idempotency-Key: a'], ['Content-Type: text/plain']])(
    'with two of what may stand once is refused: %s',
    async (line) => {
      const answer = await ask('GET', '/api/v1/me', { more: [line, line] })
      expect(problem(answer)).toEqual({ status: 400, code: 'request.header_repeated' })
    },
  )

  it.each(['/api/v1//me', '/api/v1/%6de', '/api/v1/./me', '/api/v1/../v1/me', '/api/v1/me/'])(
    'for %s finds nothing',
    async (path) => {
      expect(problem(await ask('GET', path, { more: [bearer()] }))).toEqual({
        status: 404,
        code: 'request.unknown_address',
      })
    },
  )

  it('with a method that is none of ours is refused', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'LINK']) {
      expect(problem(await ask(method, '/api/v1/me'))).toEqual({ status: 405, code: 'request.method_not_allowed' })
    }
  })

  it('with too much is answered at once, and the connection ends', async () => {
    const declared = await ask('POST', '/api/v1/organizations', {
      more: [bearer(), 'Content-Length: 300000', 'Content-Type: application/json'],
    })
    expect(problem(declared)).toEqual({ status: 413, code: 'request.too_large' })
    expect(declared.headers.connection).toBe('close')
    const chunk = 'x'.repeat(60_000)
    const chunks = Array.from({ length: 6 }, () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    const streamed = await say(
      [
        'POST /api/v1/organizations HTTP/1.1',
        'Host: localhost',
        bearer(),
        'Transfer-Encoding: chunked',
        'Content-Type: application/json',
      ],
      `${chunks.join('')}0\r\n\r\n`,
    )
    expect(problem(streamed)).toEqual({ status: 413, code: 'request.too_large' })
  })

  it('is done over the wire as well', async () => {
    const body = JSON.stringify({ parent_id: tree.own, handle: 'by-wire', name: 'Übersee' })
    const made = await ask('POST', '/api/v1/organizations', { more: [bearer()], body })
    expect(made.status).toBe(201)
    expect(made.headers.location).toMatch(/^http:\/\/localhost:3000\/api\/v1\/organizations\/org_/)
    expect(JSON.parse(made.text).name).toBe('Übersee')
    const head = await ask('HEAD', '/api/v1/organizations/~by-wire', { more: [bearer()] })
    expect(head).toMatchObject({ status: 200, text: '', headers: { etag: '"1"' } })
    const german = await ask('GET', '/o/the-own/api/v1/organizations/~no', {
      more: [bearer(), 'Accept-Language: de-CH,de;q=0.9'],
    })
    expect(JSON.parse(german.text).title).toBe('Diese Organisation gibt es nicht.')
  })
})

describe('the reader', () => {
  it('is one page without scripts, under our policy', async () => {
    const { status, headers, text } = await ask('GET', '/o/the-own/api/docs')
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*style-src 'self' 'sha256-[^']+'/)
    expect(text).not.toMatch(/<script|\son[a-z]+=|style=/)
    expect(text).toContain('http://localhost:3000/o/the-own/api/v1')
    expect(text.match(/<style>/g)).toHaveLength(1)
    expect((await ask('HEAD', '/api/docs')).status).toBe(200)
    expect((await ask('POST', '/api/docs')).status).toBe(404)
  })
})

it('everything else below /api is a page that does not exist, not a part of the interface', () => {
  for (const path of ['/api/v1', '/api/v1/me', '/o/alpine/api/v1/me', '/api/docs'])
    expect(isForPrograms(path)).toBe(true)
  for (const path of ['/api', '/api/', '/api/v2/me', '/api/v10', '/api/auth/session', '/api/docsx', '/o/alpine/api'])
    expect(isForPrograms(path), path).toBe(false)
})
