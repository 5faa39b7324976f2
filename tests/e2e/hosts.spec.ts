// Who is met is decided by the host that the request is for, and by nothing else that a client can write.

import { expect, test } from '@playwright/test'
import { Caller } from './support/caller.ts'
import { documentAttribute } from './support/html.ts'
import { ask, parsed, wire } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

const metBy = async (host: string, path = '/sign-in', headers: Record<string, string> = {}): Promise<string | null> => {
  const { body } = await ask(origin() + path, { headers: { host, ...headers } })
  return documentAttribute(body, 'data-organization')
}

test.describe('the same organization is met', () => {
  const spellings = [
    ['in upper case', 'ALPINE.LOCALHOST'],
    ['in mixed case', 'Alpine.LocalHost'],
    ['at another port', 'alpine.localhost:1'],
    ['without a port', 'alpine.localhost'],
    ['at its own domain in upper case', 'ACCOUNT.Alpine.localhost:65535'],
  ] as const
  for (const [words, host] of spellings) {
    test(words, async () => expect(await metBy(host)).toBe('alpine'))
  }
})

const claims: Record<string, (host: string) => Record<string, string>> = {
  'X-Forwarded-Host': (host) => ({ 'x-forwarded-host': host }),
  'X-Forwarded-Host, several': (host) => ({ 'x-forwarded-host': `${host}, ${host}` }),
  Forwarded: (host) => ({ forwarded: `for=1.2.3.4;host=${host};proto=https` }),
  'X-Host': (host) => ({ 'x-host': host }),
  'X-Original-Host': (host) => ({ 'x-original-host': host }),
  'X-Forwarded-Server': (host) => ({ 'x-forwarded-server': host }),
  'X-HTTP-Host-Override': (host) => ({ 'x-http-host-override': host }),
  'X-Original-URL': () => ({ 'x-original-url': '/o/pacifica/sign-in' }),
  'X-Rewrite-URL': () => ({ 'x-rewrite-url': '/o/pacifica/sign-in' }),
  'X-Forwarded-Prefix': () => ({ 'x-forwarded-prefix': '/o/pacifica' }),
  'X-Forwarded-Proto and Port': () => ({ 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' }),
  'an internal stamp': () => ({ 'x-livery-address': '6.6.6.6', 'x-livery-request': 'req_evil', 'x-matched-path': '/' }),
}

test.describe('nobody is taken for somebody else because of', () => {
  for (const [name, claim] of Object.entries(claims)) {
    test(name, async () => {
      expect(await metBy('alpine.localhost', '/sign-in', claim('pacifica.localhost'))).toBe('alpine')
      const { status, body } = await ask(`${origin()}/sign-in`, {
        headers: { host: 'evil.test', ...claim('alpine.localhost') },
      })
      expect(status).toBe(421)
      expect(documentAttribute(body, 'data-organization')).toBeNull()
    })
  }
})

test('links in a page and where an answer leads never name a claimed host', async () => {
  const caller = new Caller(addressIn('alpine', 'name'))
  for (const claim of Object.values(claims)) {
    const page = await caller.see('/sign-in', claim('evil.test'))
    expect(page.body).not.toContain('evil.test')
    const answered = await caller.answer(
      '/sign-in',
      { username: 'nobody@alpine.example', password: 'x' },
      claim('evil.test'),
    )
    expect(answered.headers.location).toBe('/sign-in')
    expect(answered.rawHeaders.join()).not.toContain('evil.test')
  }
})

test('other organizations’ paths are not there below a host of one', async () => {
  for (const { url } of [addressIn('alpine', 'name'), addressIn('alpine', 'domain'), addressIn('pacifica', 'name')]) {
    for (const path of ['/o/pacifica/sign-in', '/o/alpine/sign-in', '/o/alpine', '/o/', '/o', '/o/nobody']) {
      const { status, body } = await ask(url + path)
      expect([path, status]).toEqual([path, 404])
      expect(['alpine', 'pacifica', null]).toContain(documentAttribute(body, 'data-organization'))
      expect(body).not.toContain('action="/o/')
    }
  }
})

test('the workbench of the demo is at the root’s own host alone', async () => {
  for (const path of ['/gallery', '/dev/mail', '/dev/mail.json', '/gallery/alpine/en/light/sign-in/default']) {
    expect((await ask(origin() + path)).status).toBe(200)
    expect((await ask(addressIn('alpine', 'name').url + path)).status).toBe(404)
    expect((await ask(addressIn('alpine', 'path').url + path)).status).toBe(404)
    expect((await ask(addressIn('alpine', 'domain').url + path)).status).toBe(404)
  }
})

test('the root has one address: its own handle leads there', async () => {
  const byPath = await ask(`${origin()}/o/skyway/sign-in`)
  expect([byPath.status, byPath.headers.location]).toEqual([308, `${origin()}/sign-in`])
  const byName = await ask(`http://skyway.localhost:${port()}/recover`)
  expect([byName.status, byName.headers.location]).toEqual([308, `${origin()}/recover`])
})

const closing = 'Connection: close\r\n\r\n'
const refused: [string, string][] = [
  ['two hosts', `GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: alpine.localhost\r\n${closing}`],
  ['two equal hosts', `GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n${closing}`],
  ['two hosts in different case', `GET /sign-in HTTP/1.1\r\nHost: localhost\r\nhOST: alpine.localhost\r\n${closing}`],
  ['a target in absolute form', `GET http://evil.test/sign-in HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['an absolute target of our own', `GET http://alpine.localhost/sign-in HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['no host', `GET /sign-in HTTP/1.1\r\n${closing}`],
  ['no host in HTTP/1.0', `GET /sign-in HTTP/1.0\r\n${closing}`],
  ['a target without a slash', `GET sign-in HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['a target of a star', `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['raw bytes in the target', `GET /sign-in\xff\xfe HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['a tab in the target', `GET /sign\tin HTTP/1.1\r\nHost: localhost\r\n${closing}`],
  ['a folded header', `GET /sign-in HTTP/1.1\r\nHost: localhost\r\n evil: 1\r\n${closing}`],
  ['a space before the colon', `GET /sign-in HTTP/1.1\r\nHost : localhost\r\n${closing}`],
  ['a NUL in a header', `GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n${closing}`],
  [
    'two lengths',
    `POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n${closing}ab`,
  ],
  [
    'a length and chunks',
    `POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${closing}0\r\n\r\n`,
  ],
  ['a negative length', `POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n${closing}`],
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
]

test.describe('refused with 400, and nobody is shown:', () => {
  for (const [words, bytes] of refused) {
    test(words, async () => {
      const { status, body } = parsed(await wire(Buffer.from(bytes, 'latin1')))
      expect(status).toBe(400)
      expect(documentAttribute(body, 'data-organization')).toBeNull()
      expect(body).not.toMatch(/next|node:|stack|Error/)
    })
  }
})
