import { createServer, get, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processState } from '#platform/process'
import { type Answer, redirect, send } from './answer.ts'
import { pack } from './encoding.ts'

processState('settings', () => ({ origin: 'https://account.example.com' }) as never)
const text = Buffer.from('words and more words. '.repeat(100))
const answers: Record<string, Answer> = {
  '/kept': { status: 200, body: await pack(text, 'text/html; charset=utf-8') },
  '/once': { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: text },
  '/gone': redirect('/sign-in'),
}

let server: Server
beforeAll(async () => {
  server = createServer(
    (request, response) => void send(request, response, answers[request.url ?? ''] ?? { status: 404 }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    get({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    }).on('error', reject)
  })

describe('an answer', () => {
  it('carries what protects whoever reads it', async () => {
    for (const path of ['/kept', '/once', '/gone', '/nothing']) {
      expect((await ask(path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000',
      })
    }
  })
  it('is packed as the client reads it', async () => {
    for (const path of ['/kept', '/once']) {
      const packed = await ask(path, { 'accept-encoding': 'gzip' })
      expect(packed.headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(packed.body)).toEqual(text)
      expect((await ask(path)).body).toEqual(text)
    }
  })
  it('is not sent twice to who has it, each encoding by its own mark', async () => {
    const first = await ask('/kept', { 'accept-encoding': 'br' })
    const again = await ask('/kept', { 'accept-encoding': 'br', 'if-none-match': String(first.headers.etag) })
    expect([again.status, again.body.length]).toEqual([304, 0])
    expect((await ask('/kept', { 'if-none-match': String(first.headers.etag) })).status).toBe(200)
  })
  it('to HEAD is its headers', async () => {
    const head = await ask('/kept', {}, 'HEAD')
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(text.length), 0])
  })
})
