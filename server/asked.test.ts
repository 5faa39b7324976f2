import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { isPlain, readAsked, readBody } from './asked.ts'

const message = (url: string, rawHeaders: string[] = ['Host', 'localhost']) => {
  const made = new IncomingMessage(new Socket())
  made.url = url
  made.method = 'GET'
  made.rawHeaders.push(...rawHeaders)
  made.headers.host = 'localhost'
  return made
}
const read = (url: string, rawHeaders?: string[]) => readAsked(message(url, rawHeaders))

describe('a request line', () => {
  it('is a path and a query', () => {
    expect(read('/sign-in?a=1&a=2')).toMatchObject({ path: '/sign-in', hasQuery: true })
    expect(read('/sign-in')).toMatchObject({ path: '/sign-in', hasQuery: false })
  })
  it.each(['http://evil.test/sign-in', '*', '', 'sign-in', '/a b', '/ä', '/a\u0000'])('is not %j', (url) =>
    expect(read(url)).toEqual({ status: 400 }),
  )
  it('is not longer than it need be', () => expect(read(`/${'a'.repeat(5000)}`)).toEqual({ status: 414 }))
  it('comes with one host', () => {
    expect(read('/', [])).toEqual({ status: 400 })
    expect(read('/', ['Host', 'localhost', 'host', 'evil.test'])).toEqual({ status: 400 })
  })
  it('gets an id of ours', () => {
    const asked = read('/', ['Host', 'localhost', 'X-Request-Id', 'theirs'])
    expect('id' in asked && asked.id).toMatch(/^req_/)
  })
})

describe('a plain path', () => {
  it.each(['/', '/sign-in', '/account/profile', '/a/b/', '/.well-known/change-password', '/favicon.ico'])(
    '%s',
    (path) => expect(isPlain(path)).toBe(true),
  )
  it.each(['//', '//evil.test', '/a//b', '/..', '/a/../b', '/a/./b', '/%2e%2e/a', '/a%2fb', '/a\\b', '/a;b', '', 'a'])(
    'is not %s',
    (path) => expect(isPlain(path)).toBe(false),
  )
})

describe('a body', () => {
  const body = (chunks: string[], length?: number) =>
    Object.assign(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), {
      headers: length === undefined ? {} : { 'content-length': String(length) },
    }) as unknown as IncomingMessage
  it('is read up to its limit', async () => {
    expect((await readBody(body(['ab', 'cd']), 4))?.toString()).toBe('abcd')
    expect(await readBody(body(['ab', 'cde']), 4)).toBeNull()
    expect(await readBody(body([], 5), 4)).toBeNull()
  })
})
