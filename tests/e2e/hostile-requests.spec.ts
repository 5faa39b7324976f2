// Too large, from somewhere else, by another method, or with more in it than was asked for: answered by a page of our own,
// and nothing is done.

import { expect, test } from '@playwright/test'
import { hasForm, pages } from '#web/routes'
import { Caller, newMember } from './support/caller.ts'
import { formStories } from './support/forms.ts'
import { documentAttribute, failureIn, screenOf, visibleText } from './support/html.ts'
import { mailsTo, newestMail } from './support/mail.ts'
import { newAddress, newcomer } from './support/newcomers.ts'
import { isOurs } from './support/ours.ts'
import { parsed, type Reply, wire } from './support/raw.ts'
import { addressIn, port } from './support/world.ts'

const address = () => addressIn('alpine', 'name')
const form = 'application/x-www-form-urlencoded'
const urlencoded = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

/** A page of ours, in the clothes of the organization, that says why not. */
const isRefused = (reply: Reply | ReturnType<typeof parsed>, status: number): void => {
  expect(reply.status).toBe(status)
  isOurs(reply)
  expect(documentAttribute(reply.body, 'data-organization')).toBe('alpine')
  expect(screenOf(reply.body)).toBe('error')
}

const megabyte = 1024 * 1024

/** The head of a form, whose body is up to whoever writes it. */
const headOf = (path: string, length: string): string =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: alpine.localhost:${port()}`,
    `Origin: ${address().origin}`,
    `Content-Type: ${form}`,
    length,
    '\r\n',
  ].join('\r\n')

/** Where businesses do not come in by themselves there is no form to send anything to, however little. */
const formsHere = formStories.filter(({ path }) => hasForm(path, { businessSignUp: 'closed' }))

for (const { path } of formsHere) {
  test.describe(`${path} refuses a megabyte`, () => {
    test('that is announced, without waiting for it', async () => {
      isRefused(parsed(await wire(headOf(path, `Content-Length: ${megabyte}`))), 413)
    })

    test('that is not announced, as soon as it is too much', async () => {
      const chunks = `4000\r\n${'a'.repeat(0x4000)}\r\n`.repeat(5)
      isRefused(parsed(await wire(headOf(path, 'Transfer-Encoding: chunked') + chunks)), 413)
    })
  })
}

const elsewhere: Record<string, (port: number) => Record<string, string>> = {
  'another host': () => ({ origin: 'http://evil.test' }),
  'a sandboxed frame': () => ({ origin: 'null' }),
  'an origin without a name': () => ({ origin: '' }),
  'another organization on the same site': (at) => ({ origin: `http://pacifica.localhost:${at}` }),
  'the root’s host': (at) => ({ origin: `http://localhost:${at}` }),
  'the organization’s own domain': (at) => ({ origin: `http://account.alpine.localhost:${at}` }),
  'another port': () => ({ origin: 'http://alpine.localhost:1' }),
  'the same host without its port': () => ({ origin: 'http://alpine.localhost' }),
  'the same host by https': (at) => ({ origin: `https://alpine.localhost:${at}` }),
  'a host that begins alike': (at) => ({ origin: `http://alpine.localhost:${at}.evil.test` }),
  'a host that ends alike': (at) => ({ origin: `http://evil-alpine.localhost:${at}` }),
  'an origin with a path': (at) => ({ origin: `http://alpine.localhost:${at}/` }),
  'two origins': (at) => ({ origin: `http://alpine.localhost:${at}, http://evil.test` }),
  'another site that names no origin': () => ({ 'sec-fetch-site': 'cross-site' }),
  'the same site, naming no origin': () => ({ 'sec-fetch-site': 'same-site' }),
}

test.describe('every form refuses an answer, and does nothing, that comes from', () => {
  for (const [words, headersAt] of Object.entries(elsewhere)) {
    test(words, async () => {
      const { caller, email } = await newMember(address())
      for (const { path, answer } of formStories) {
        const reply = await caller.send(path, {
          method: 'POST',
          headers: { 'content-type': form, ...headersAt(port()) },
          body: urlencoded(answer),
        })
        isRefused(reply, 403)
        expect(reply.cookies).toEqual([])
      }
      expect(await caller.whoIsSignedIn()).toBe(email)
    })
  }
})

const otherMethods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE']

test.describe('no address knows', () => {
  for (const method of otherMethods) {
    test(method, async () => {
      const { caller, email } = await newMember(address())
      for (const path of [...formStories.map((story) => story.path), '/account', '/nothing-here']) {
        const headers = { 'content-type': form, origin: address().origin }
        const reply = await caller.send(path, { method, headers, body: 'username=a' })
        isRefused(reply, 405)
        expect(reply.headers.allow).toBe('GET, HEAD, POST')
        expect(reply.cookies).toEqual([])
      }
      expect(await caller.whoIsSignedIn()).toBe(email)
    })
  }

  test('CONNECT', async () => {
    const bytes = `CONNECT alpine.localhost:443 HTTP/1.1\r\nHost: alpine.localhost:${port()}\r\n\r\n`
    expect([0, 400, 405]).toContain(parsed(await wire(bytes)).status)
  })

  test('a method that is none', async () => {
    expect(parsed(await wire(`EVIL / HTTP/1.1\r\nHost: alpine.localhost:${port()}\r\n\r\n`)).status).toBe(400)
  })

  test('a method that hides in a header or in a field', async () => {
    const { caller, email } = await newMember(address())
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      expect((await caller.see('/sign-out?_method=POST', { [name]: 'POST' })).status).toBe(200)
    }
    expect(await caller.whoIsSignedIn()).toBe(email)
  })
})

test.describe('an answer in the address does nothing and is not shown:', () => {
  for (const { path, answer, secrets, stand } of formStories) {
    test(path, async () => {
      const caller = await stand(address())
      const before = await caller.whoIsSignedIn()
      const filled = { ...answer, code: '737373', password: 'secret-in-address', new_password: 'secret-in-address' }
      const reply = await caller.see(`${path}?${urlencoded(filled)}`)
      isOurs(reply)
      expect(pages.has(path) ? [200, 303, 307] : [404]).toContain(reply.status)
      const all = reply.body + reply.rawHeaders.join('\n')
      for (const secret of ['737373', 'secret-in-address']) expect(all).not.toContain(secret)
      expect(failureIn(reply.body)).toBeNull()
      expect(secrets.every((name) => name in filled)).toBe(true)
      expect(await caller.whoIsSignedIn()).toBe(before)
    })
  }
})

test('a HEAD has the headers of a GET, and nothing happens by it', async () => {
  const { caller } = await newMember(address())
  for (const path of pages.keys()) {
    const got = await caller.send(path)
    const headed = await caller.send(path, { method: 'HEAD' })
    expect(headed.body).toBe('')
    expect([path, headed.status]).toEqual([path, got.status])
    expect(Object.keys(headed.headers).sort()).toEqual(Object.keys(got.headers).sort())
  }
})

const wishes = {
  role: 'owner',
  roles: 'owner',
  'roles[]': 'owner',
  kind: 'staff',
  id: 'per_00000000000000000000000000',
  homeId: 'org_00000000000000000000000000',
  home_id: 'org_00000000000000000000000000',
  organizationId: 'org_00000000000000000000000000',
  organization: 'pacifica',
  personId: 'per_00000000000000000000000000',
  status: 'active',
  email_verified_at: '2020-01-01T00:00:00Z',
  emailVerifiedAt: '2020-01-01T00:00:00Z',
  verified: 'true',
  sessionGeneration: '99',
  totp: 'off',
  step: 'done',
  ticket: 'x',
  'person[email]': 'evil@evil.example',
  'person.email': 'evil@evil.example',
  '__proto__[role]': 'owner',
}

test('fields that nobody asked for change nothing at a sign-up', async () => {
  const caller = new Caller(address())
  const { email, password, givenName, familyName } = newcomer('wishful')
  const answer = { email, password, given_name: givenName, family_name: familyName }
  const page = await caller.answerAndFollow('/sign-up', { ...answer, ...wishes })
  expect(screenOf(page.body)).toBe('check-mail')
  expect(await caller.whoIsSignedIn()).toBe('')
  // Without the proof there is no account.
  const refused = await caller.signIn(email, password)
  expect(failureIn(refused.body)).toBe('login.wrong_credentials')
})

test('fields that nobody asked for change nothing of a profile', async () => {
  const { caller, email, password } = await newMember(address())
  const others = newAddress('evil')
  const page = await caller.answerAndFollow('/account/profile', {
    version: '1',
    given_name: 'Changed',
    family_name: 'Name',
    ...wishes,
    email: others,
  })
  expect(visibleText(page.body)).toContain('Changed Name')
  expect(await caller.whoIsSignedIn()).toBe(email)
  expect(failureIn((await new Caller(address()).signIn(others, password)).body)).toBe('login.wrong_credentials')
  const elsewhereIn = new Caller(addressIn('pacifica', 'name'))
  expect(failureIn((await elsewhereIn.signIn(email, password)).body)).toBe('login.wrong_credentials')
})

test('a mail goes to one address, and to the one that is stored', async () => {
  const victim = await newMember(address())
  const evil = newAddress('evil')
  const spellings = [
    `email=${victim.email}&email=${evil}`,
    `email=${evil}&email=${victim.email}`,
    `email[]=${victim.email}&email[]=${evil}`,
    `email[0]=${victim.email}&email[1]=${evil}`,
    `user[email]=${victim.email}`,
    `email=${victim.email},${evil}`,
    `email=${victim.email};${evil}`,
    `email=${victim.email}%20${evil}`,
    `email=${victim.email}%0d%0aBcc:%20${evil}`,
    `email=${victim.email}%0aCc:${evil}`,
    `email=${victim.email}%00@${evil}`,
    `email=%22${victim.email}%22%20%3C${evil}%3E`,
    `email=Ada%20%3C${victim.email}%3E`,
    `email=%3C${victim.email}%3E`,
    `email=%22${victim.email}%20x%22@evil.example`,
    `email=${victim.email.replace('@', '%EF%BC%A0')}`,
    `email=${victim.email.replace('member', 'm%C4%B1mber')}`,
    `email=${victim.email.replace('visitor', 'vi%C5%BFitor')}`,
    `email=${victim.email}.`,
    `email=(comment)${victim.email}`,
    `email=@evil.example:${victim.email}`,
    `email=${victim.email.replace('@', '%25evil.example@')}%2540`,
  ]
  for (const body of spellings) {
    const caller = new Caller(address())
    await caller.send('/recover', { method: 'POST', headers: { 'content-type': form }, body })
    const page = await caller.see('/recover')
    expect([body, screenOf(page.body)]).toEqual([body, 'recover'])
    expect(failureIn(page.body)).toMatch(/^(?:email\.invalid|input\.)/)
  }
  await new Caller(address()).answer('/recover', { email: victim.email.toUpperCase() })
  await newestMail(victim.email, 'recover-password')
  expect((await mailsTo(victim.email)).filter(({ template }) => template === 'recover-password')).toHaveLength(1)
  expect(await mailsTo(evil)).toEqual([])
})
