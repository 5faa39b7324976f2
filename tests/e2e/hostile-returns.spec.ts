// Wherever an answer leads is a page of the same organization at the same address, whatever a parameter asks for.

import { expect, test } from '@playwright/test'
import { Caller, newMember } from './support/caller.ts'
import { isOurs } from './support/ours.ts'
import type { Reply } from './support/raw.ts'
import { type Address, addressIn } from './support/world.ts'

/** Spellings of somewhere else, as they would stand in a decoded value. */
const elsewhere = [
  'https://evil.test',
  'https://evil.test/',
  'HTTPS://EVIL.TEST/',
  'hTTp://evil.test',
  'http:evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https:///evil.test',
  'https:\\\\evil.test',
  '//evil.test',
  '///evil.test',
  '////evil.test',
  '//evil.test/account',
  '/\\evil.test',
  '\\/evil.test',
  '\\\\evil.test',
  '/\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/\r/evil.test',
  '\t//evil.test',
  ' //evil.test',
  '/ /evil.test',
  '/account//evil.test',
  '/account\\@evil.test',
  '/account/..//evil.test',
  '/account/%2e%2e//evil.test',
  '/%2f/evil.test',
  '/%2Fevil.test',
  '/%5cevil.test',
  '%2f%2fevil.test',
  '%252f%252fevil.test',
  '@evil.test',
  '/@evil.test',
  'alpine.localhost@evil.test',
  'http://alpine.localhost@evil.test/',
  'http://alpine.localhost:1@evil.test/',
  'http://alpine.localhost.evil.test/',
  'http://evil.test#alpine.localhost',
  'http://evil.test?alpine.localhost',
  'http://evil.test\\@alpine.localhost',
  'evil.test',
  './/evil.test',
  '../evil.test',
  '.evil.test',
  'http://evil。test/',
  '/／evil.test',
  '／／evil.test',
  '/\u200b/evil.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'javascript://alpine.localhost/%0aalert(1)',
  'data:text/html,evil',
  'vbscript:evil',
  'file:///etc/passwd',
  'blob:http://evil.test/x',
  'view-source:http://evil.test',
  '/o/pacifica/account',
  'http://pacifica.localhost/account',
  '/account\r\nSet-Cookie: evil=1',
  '/account%0d%0aSet-Cookie:%20evil=1',
  '/account嘊嘍Set-Cookie:evil=1',
  'http://[',
  'http://[::1',
  '%',
  '%zz',
  '/%',
  '\0',
  '/account\0',
  '/account?next=//evil.test',
  '/account#//evil.test',
  `/${'a'.repeat(3000)}`,
  '{"toString":1}',
  '__proto__',
]

/** Below the root's host, every organization is only a path away. */
const addresses = () => [addressIn('alpine', 'name'), addressIn('alpine', 'path'), addressIn('skyway', 'root')]
const cookieOf = ({ handle }: Address, name: string) => `__Host-${handle}-${name}`

/** The answer leads to a page below the address, and says nothing of where it was asked to lead. */
const staysHere = (address: Address, asked: string, reply: Reply, allowed: readonly string[]): void => {
  isOurs(reply)
  expect([asked, reply.status]).toEqual([asked, 303])
  expect(allowed.map((path) => address.base + path)).toContain(reply.headers.location)
  expect(reply.rawHeaders.join('\n')).not.toMatch(/evil/)
  expect(reply.cookies.filter((line) => line.startsWith('evil'))).toEqual([])
}

test('the choice of a language or a scheme leads back to a page of this site', async () => {
  for (const address of addresses()) {
    const caller = new Caller(address)
    for (const asked of elsewhere) {
      const reply = await caller.answer('/preferences', { color_scheme: 'dark', return_to: asked })
      staysHere(address, asked, reply, ['/sign-in'])
    }
    const twice = await caller.send('/preferences', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: address.origin },
      body: 'return_to=/sign-up&return_to=//evil.test&return_to[]=//evil.test',
    })
    staysHere(address, 'two of them', twice, ['/sign-in'])
    const right = await caller.answer('/preferences', { color_scheme: 'dark', return_to: '/recover' })
    staysHere(address, '/recover', right, ['/recover'])
  }
})

test('whoever was sent to sign in comes back to a page of My Account', async () => {
  for (const address of addresses()) {
    const { email, password } = await newMember(address)
    for (const asked of elsewhere) {
      const caller = new Caller(address)
      const sent = await caller.see(`/sign-in/return?to=${encodeURIComponent(asked)}`)
      staysHere(address, asked, sent, ['/sign-in'])
      expect([...caller.jar.keys()]).toEqual([])
    }
    const caller = new Caller(address)
    staysHere(address, 'a good one', await caller.see('/sign-in/return?to=%2Faccount%2Fsecurity'), ['/sign-in'])
    const entered = await caller.answer('/sign-in', { username: email, password })
    staysHere(address, 'a good one', entered, ['/account/security'])
  }
})

test('a cookie that was planted leads nowhere else either', async () => {
  const address = addressIn('alpine', 'name')
  const { email, password } = await newMember(address)
  const telling = [
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    '/account//evil.test',
    '/account\0',
    'http://[',
    '%',
  ]
  for (const asked of telling) {
    const caller = new Caller(address)
    caller.jar.set(cookieOf(address, 'return'), encodeURIComponent(asked))
    const signedIn = await caller.answer('/sign-in', { username: email, password })
    staysHere(address, asked, signedIn, ['/account'])
  }
})

test('the secret of a link is kept for the page of the link, whatever it is', async () => {
  const address = addressIn('alpine', 'path')
  for (const path of ['/verify', '/reset', '/invitation', '/secure']) {
    for (const asked of elsewhere) {
      const caller = new Caller(address)
      const reply = await caller.see(`${path}?ticket=${encodeURIComponent(asked)}`)
      isOurs(reply)
      expect([asked, reply.status, reply.headers.location]).toEqual([asked, 303, address.base + path])
      expect(reply.cookies).toHaveLength(1)
      expect(reply.cookies[0]).toMatch(
        /^__Host-alpine-ticket=(?:verify|reset|invitation|secure)\.[A-Za-z0-9_-]{0,128}; Path=\/; /,
      )
      const page = await caller.see(path)
      isOurs(page)
      expect(page.body).not.toMatch(/evil/)
    }
  }
})

test('a language that is none is not remembered', async () => {
  const address = addressIn('alpine', 'name')
  for (const asked of [
    ...elsewhere,
    'ar',
    'xx',
    'de_DE',
    `de${'-a'.repeat(500)}`,
    '../../de',
    'en\r\nSet-Cookie: evil=1',
  ]) {
    const caller = new Caller(address)
    const reply = await caller.see(`/sign-in?ui_locales=${encodeURIComponent(asked)}`)
    isOurs(reply)
    expect([asked, reply.status]).toEqual([asked, 200])
    expect(reply.body).not.toMatch(/evil/)
    for (const line of reply.cookies)
      expect(line).toMatch(/^livery-locale=(?:en|de); Path=\/; HttpOnly; SameSite=Lax; /)
  }
})

test('a row that is asked for is a row that exists', async () => {
  const { caller } = await newMember(addressIn('alpine', 'name'))
  const plain = await caller.see('/account/profile')
  for (const asked of [...elsewhere, 'constructor', 'toString', 'name&edit=phone', 'NAME']) {
    const reply = await caller.see(`/account/profile?edit=${encodeURIComponent(asked)}`)
    isOurs(reply)
    expect([asked, reply.body === plain.body]).toEqual([asked, true])
  }
})
