// Where nobody is met, nothing of anybody is shown: no name, no logo, no colour, and nothing to fill in.

import { expect, test } from '@playwright/test'
import { foreignColors, foreignNames, foreignWords, mentions } from './support/brand.ts'
import { documentAttribute, unescaped, visibleText } from './support/html.ts'
import { ask, parsed, type Reply, wire } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

/** Of no organization: seen from somebody who has no brand at all, everybody is foreign. */
const everybody = ['skyway', 'dusk']
const isOfNobody = ({ headers, body }: Pick<Reply, 'body'> & { headers: Record<string, unknown> }): void => {
  const plain = unescaped(body)
  expect(documentAttribute(plain, 'data-organization')).toBeNull()
  expect(plain).not.toMatch(/<form|<img|<link|<script|\/assets\//)
  for (const handle of everybody) {
    expect(foreignNames(handle).filter((name) => mentions(plain, name))).toEqual([])
    expect(foreignWords(handle).filter((words) => plain.includes(words))).toEqual([])
    expect(foreignColors(handle).filter((color) => plain.includes(color))).toEqual([])
  }
  expect(visibleText(plain)).not.toMatch(/livery/i)
  expect(headers['set-cookie']).toBeUndefined()
  expect(headers['cache-control']).toBe('no-store')
}

const paths = ['/', '/sign-in', '/sign-up', '/recover', '/account/profile', '/nothing-here']

test.describe('a suspended organization', () => {
  for (const form of ['path', 'name'] as const) {
    for (const path of paths) {
      test(`stays dark at ${path}, met by its ${form}`, async () => {
        const reply = await ask(addressIn('dusk', form).url + path)
        expect(reply.status).toBe(403)
        isOfNobody(reply)
      })
    }
  }

  test('answers no form and shows no file', async () => {
    const { url, origin: own } = addressIn('dusk', 'name')
    const headers = { origin: own, 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await ask(`${url}/sign-in`, { method: 'POST', headers, body: 'username=a%40b.example&password=c' })
    expect(reply.status).toBe(403)
    isOfNobody(reply)
    expect((await ask(`${url}/assets/any/wordmark-light.svg`)).status).toBe(403)
    expect((await ask(`${url}/favicon.ico`)).status).toBe(403)
  })
})

const unknownHandles = [
  'nobody',
  'ALPINE',
  'Alpine',
  'alpine%20',
  '%61lpine',
  'alpin%65',
  'alpine%00',
  'alpine%2f..%2fpacifica',
  'alpine.',
  'alpine..',
  'alpine;a=b',
  'аlpine',
  'alpine\u200b',
  '',
  '.',
  '..',
  'constructor',
  '__proto__',
  `a${'l'.repeat(300)}`,
]

test.describe('an unknown handle is 404 and shows nobody', () => {
  for (const handle of unknownHandles) {
    test(`/o/${JSON.stringify(handle)}/sign-in`, async () => {
      const target = `/o/${encodeURI(handle).replaceAll('%25', '%')}/sign-in`
      const reply = await ask(origin(), { target })
      expect(reply.status).toBe(404)
      isOfNobody(reply)
    })
  }
})

const unknownHosts = [
  'evil.test',
  'nobody.localhost',
  'wwwalpine.localhost',
  'www.alpine.localhost',
  'alpine.localhost.evil.test',
  'evil.test.localhost',
  'alpine-localhost',
  'alpine_localhost',
  'alpine.localhost.',
  'localhost.',
  '.localhost',
  '..localhost',
  'alpine..localhost',
  'xn--alpne-x4a.localhost',
  'account.pacifica.localhost',
  'account.alpine.localhost.localhost',
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0.0.0.0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '::1',
  'alpine.localhost@evil.test',
  'evil.test@alpine.localhost',
  'alpine.localhost#.evil.test',
  'alpine.localhost/evil',
  'alpine.localhost evil.test',
  'alpine.localhost, evil.test',
  'alpine.localhost,evil.test',
  'alpine.localhost:99999999',
  'alpine.localhost:',
  'alpine.localhost:80:80',
  `${'a'.repeat(300)}.localhost`,
]

test.describe('an unknown host is 421 and shows nobody', () => {
  for (const host of unknownHosts) {
    test(JSON.stringify(host), async () => {
      const answer = await wire(`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      const reply = parsed(answer)
      expect(reply.status).toBe(421)
      isOfNobody(reply)
    })
  }

  test('whatever it asks for', async () => {
    for (const path of [...paths, '/o/alpine/sign-in', '/o/nobody', '/gallery', '/dev/mail', '/dev/mail.json']) {
      const reply = await ask(`http://evil.test:${port()}${path}`)
      expect([path, reply.status]).toEqual([path, 421])
      isOfNobody(reply)
    }
  })
})
