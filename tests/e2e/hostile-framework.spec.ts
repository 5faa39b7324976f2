// The doors of the framework under the pages are walled up: what it would answer by itself is answered by us, as a page
// that is not there.

import { expect, test } from '@playwright/test'
import { pages } from '#web/routes'
import { Caller, newMember } from './support/caller.ts'
import { documentAttribute, screenOf } from './support/html.ts'
import { isOurs } from './support/ours.ts'
import { ask, parsed, wire } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

const address = () => addressIn('alpine', 'name')

const doors = [
  '/_next',
  '/_next/',
  '/_next/data/build/sign-in.json',
  '/_next/data/build/account/profile.json',
  '/_next/image?url=%2Fassets%2Fx&w=64&q=75',
  '/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75',
  '/_next/webpack-hmr',
  '/_next/mcp',
  '/_next/static/',
  '/_next/static/../../../package.json',
  '/_next/static/chunks/main.js',
  '/_next/static/chunks/%2e%2e/%2e%2e/server/app-paths-manifest.json',
  '/__nextjs_original-stack-frames',
  '/__nextjs_launch-editor?file=x',
  '/__nextjs_source-map?filename=x',
  '/_error',
  '/_document',
  '/404',
  '/500',
  '/api',
  '/api/auth/session',
  '/api/auth/csrf',
  '/api/auth/signin',
  '/api/auth/callback/ticket?ticket=x',
  '/post/sign-in',
  '/post/account/profile',
  '/problem/500',
  '/problem/404',
  '/[site]/sign-in',
  '/%5Bsite%5D/sign-in',
  '/sign-in.rsc',
  '/sign-in.txt',
  '/sign-in.json',
  '/sign-in.segments/_tree.segment.rsc',
  '/account.rsc',
  '/account/profile.rsc',
  '/index.rsc',
  '/sign-in/index',
  '/sign-in/page',
  '/sign-in/__PAGE__',
  '/Sign-In',
  '/SIGN-IN',
  '/sign-in//',
  '//sign-in',
  '///evil.test/sign-in',
  '//evil.test/%2e%2e',
  '/./sign-in',
  '/../sign-in',
  '/account/../sign-in',
  '/account/./profile',
  '/%2e/sign-in',
  '/%2e%2e/',
  '/%2E%2E%2f%2E%2E%2fetc/passwd',
  '/..%2f..%2fpackage.json',
  '/..%5c..%5cpackage.json',
  '/..\\..\\package.json',
  '/\\evil.test',
  '/%5cevil.test',
  '/sign-in%2f',
  '/account%2fprofile',
  '/account%252fprofile',
  '/sign-in%00',
  '/sign-in%0d%0aSet-Cookie:%20a=b',
  '/sign-in;jsessionid=1',
  '/sign-in%3Fa=b',
  '/sign-in%20',
  '/%73ign-in',
  '/en/sign-in',
  '/de/account',
  '/.env',
  '/.git/config',
  '/package.json',
  '/server/index.ts',
  '/.next/BUILD_ID',
  '/.data/demo.json',
  '/assets/../demo.json',
  '/assets/x/wordmark-light.svg/../../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/fonts/../../package.json',
  '/assets/fonts/..%2f..%2fpackage.json',
  '/assets/enhance-.js',
  '/assets/enhance-../../package.json',
]

test.describe('there is no such page, for GET and for POST:', () => {
  for (const door of doors) {
    test(door, async () => {
      const caller = new Caller(address())
      const reply = await caller.send('/', { target: door })
      expect(reply.status).toBe(404)
      isOurs(reply)
      expect(documentAttribute(reply.body, 'data-organization')).toBe('alpine')
      expect(reply.cookies).toEqual([])
      const headers = { origin: address().origin, 'content-type': 'application/x-www-form-urlencoded' }
      const posted = await caller.send('/', { method: 'POST', target: door, headers, body: 'username=a&password=b' })
      expect(posted.status).toBe(404)
      isOurs(posted)
      expect(posted.cookies).toEqual([])
    })
  }
})

/** Headers and queries by which the framework would answer in its own tongue, or skip what guards a page. */
const spells: Record<string, { headers?: Record<string, string>; query?: string }> = {
  'a payload of components': { headers: { rsc: '1', accept: 'text/x-component' } },
  'a prefetch': { headers: { rsc: '1', 'next-router-prefetch': '1', 'next-url': '/sign-in' } },
  'a segment': { headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' } },
  'a state of the router': { headers: { rsc: '1', 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' } },
  'a hot reload': { headers: { 'next-hmr-refresh': '1', rsc: '1' } },
  'an action': { headers: { 'next-action': '00aabbccddeeff00112233445566778899aabbccdd' } },
  'an action that is none': { headers: { 'next-action': '__proto__' } },
  data: { headers: { 'x-nextjs-data': '1' } },
  'a skipped middleware': {
    headers: { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  },
  'a rewrite': { headers: { 'x-middleware-rewrite': '/account', 'x-middleware-next': '1' } },
  'a prefetch of the middleware': { headers: { 'x-middleware-prefetch': '1' } },
  'a cookie that is copied': {
    headers: { 'x-middleware-set-cookie': '__Host-alpine=x', 'x-middleware-override-headers': 'cookie' },
  },
  'an invocation': { headers: { 'x-invoke-path': '/account', 'x-invoke-status': '200', 'x-invoke-query': '{}' } },
  'a matched path': { headers: { 'x-matched-path': '/account', 'x-now-route-matches': '1=account' } },
  'a preview': { headers: { cookie: '__prerender_bypass=x; __next_preview_data=y', 'x-prerender-revalidate': 'x' } },
  'a nonce of the client': { headers: { 'content-security-policy': "script-src 'nonce-evil'" } },
  'a query of the router': { query: '_rsc=1a2b3' },
  'a payload by query': { query: '__flight__=1&__rsc=1&_rsc=1' },
  'a parameter of a route': { query: 'nxtPsite=evil&nxtIsite=evil&site=evil' },
  'a status of a route': { query: 'nxtPstatus=500&status=500&reference=evil' },
  'a language of the framework': { query: '__nextLocale=ar&__nextDefaultLocale=ar' },
  'a request of data': { query: '__nextDataReq=1&amp=1' },
}

test.describe('a page is the same page, whoever whispers', () => {
  for (const [words, { headers = {}, query = '' }] of Object.entries(spells)) {
    test(words, async () => {
      const caller = new Caller(address())
      const plain = await caller.see('/sign-in')
      const whispered = await caller.see(query ? `/sign-in?${query}` : '/sign-in', headers)
      isOurs(whispered)
      expect(whispered.status).toBe(200)
      expect(whispered.headers['content-type']).toBe(plain.headers['content-type'])
      expect(whispered.headers['content-security-policy']).toBe(plain.headers['content-security-policy'])
      expect(whispered.body).toBe(plain.body)
    })

    test(`${words}, and nothing personal is shown to nobody`, async () => {
      const caller = new Caller(address())
      for (const path of [...pages.keys()].filter((one) => one.startsWith('/account'))) {
        const reply = await caller.see(query ? `${path}?${query}` : path, headers)
        isOurs(reply)
        expect([303, 307]).toContain(reply.status)
        expect(String(reply.headers.location)).toMatch(/^\/sign-in/)
      }
    })
  }

  test('an action, sent as one, is a form without an answer', async () => {
    const { caller, email } = await newMember(address())
    const reply = await caller.send('/account', {
      method: 'POST',
      headers: {
        origin: address().origin,
        'next-action': '00aabbccddeeff00112233445566778899aabbccdd',
        'content-type': 'text/plain;charset=UTF-8',
        rsc: '1',
      },
      body: '[{"then":"$1:__proto__:then","status":"resolved_model"}]',
    })
    expect(reply.status).toBe(404)
    isOurs(reply)
    expect(screenOf(reply.body)).toBe('error')
    expect(await caller.whoIsSignedIn()).toBe(email)
  })
})

test.describe('nothing else is spoken on this port', () => {
  const upgrades = ['/', '/_next/webpack-hmr', '/sign-in', 'http://127.0.0.1:1/', `http://localhost:1/`]
  for (const target of upgrades) {
    test(`no WebSocket at ${target}`, async () => {
      const answer = await wire(
        `GET ${target} HTTP/1.1\r\nHost: localhost:${port()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      )
      expect(parsed(answer).status).not.toBe(101)
      expect([0, 400, 404, 421, 426]).toContain(parsed(answer).status)
    })
  }

  test('no HTTP/2 in clear text', async () => {
    expect(parsed(await wire('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).status).toBe(400)
  })
})

test('nobody is fetched in the name of a host that a client made up', async () => {
  // A server of the test’s own, which must never be asked for anything.
  const asked: string[] = []
  const { createServer } = await import('node:http')
  const canary = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  const at = canary.address()
  const trap = `127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`
  const headers = {
    'x-forwarded-host': trap,
    forwarded: `host=${trap}`,
    origin: address().origin,
    'next-action': 'x',
    'content-type': 'application/x-www-form-urlencoded',
  }
  await ask(`${origin()}/sign-in`, { method: 'POST', headers: { ...headers, host: trap }, body: 'username=a' })
  await ask(`${address().url}/sign-in`, { method: 'POST', headers, body: 'username=a&password=b' })
  await ask(`${address().url}/_next/image?url=${encodeURIComponent(`http://${trap}/`)}&w=64&q=75`)
  await new Promise<void>((resolve) => canary.close(() => resolve()))
  expect(asked).toEqual([])
})
