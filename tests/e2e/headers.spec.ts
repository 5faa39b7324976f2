// What every kind of answer carries: nothing that runs but our own script, nothing that is framed, nothing that says what
// the server is made of, and nothing personal that anybody may keep.

import { expect, test } from '@playwright/test'
import { pages } from '#web/routes'
import { Caller, newMember } from './support/caller.ts'
import { formStories } from './support/forms.ts'
import { hidesTheMachinery, isGuarded } from './support/ours.ts'
import { ask, type Reply } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

const address = () => addressIn('alpine', 'path')

const directivesOf = ({ headers }: Reply): Record<string, string[]> =>
  Object.fromEntries(
    String(headers['content-security-policy'])
      .split('; ')
      .map((directive) => {
        const [name = '', ...values] = directive.split(' ')
        return [name, values]
      }),
  )

/** Nothing inline runs; a style is named by its hash; forms go nowhere else; nobody frames it. */
const hasStrictPolicy = (reply: Reply): void => {
  const policy = directivesOf(reply)
  expect(policy['default-src']).toEqual(["'none'"])
  expect(policy['script-src']).toEqual(["'self'"])
  expect(policy['form-action']).toEqual(["'self'"])
  expect(policy['base-uri']).toEqual(["'none'"])
  expect(policy['frame-ancestors']).toEqual(["'none'"])
  const [own, ...hashes] = policy['style-src'] ?? []
  expect(own).toBe("'self'")
  for (const hash of hashes) expect(hash).toMatch(/^'sha256-[A-Za-z0-9+/=]+'$/)
  expect(reply.body).not.toMatch(/<script(?![^>]*\ssrc=)|\son[a-z]+="|\sstyle="|javascript:/i)
}

const asVisitor: Record<string, () => Promise<Reply>> = {
  'a kept page': () => ask(`${address().url}/sign-in`),
  'a page with a query': () => ask(`${address().url}/sign-up?a=b`),
  'a page that is not there': () => ask(`${address().url}/nothing-here`),
  'a method that is not known': () => ask(`${address().url}/sign-in`, { method: 'PUT' }),
  'a form from elsewhere': () =>
    ask(`${address().url}/sign-in`, { method: 'POST', headers: { origin: 'null' }, body: 'a=b' }),
  'nobody’s page': () => ask(`http://evil.test:${port()}/`),
  'a suspended organization': () => ask(`${origin()}/o/dusk/sign-in`),
  'an unknown organization': () => ask(`${origin()}/o/nobody/sign-in`),
  'an address that is too long': () => ask(origin(), { target: `/${'a'.repeat(5000)}` }),
}

test.describe('guarded and quiet, and with a strict policy:', () => {
  for (const [words, reply] of Object.entries(asVisitor)) {
    test(words, async () => {
      const answered = await reply()
      isGuarded(answered)
      hidesTheMachinery(answered)
      hasStrictPolicy(answered)
      expect(answered.cookies).toEqual([])
    })
  }

  test('every page of somebody who is signed in', async () => {
    const { caller } = await newMember(address())
    for (const path of pages.keys()) {
      const reply = await caller.see(path)
      isGuarded(reply)
      hidesTheMachinery(reply)
      if (reply.status === 200) hasStrictPolicy(reply)
      expect([path, reply.headers['cache-control']]).toEqual([path, 'no-store'])
    }
  })
})

test.describe('guarded and quiet:', () => {
  const others: Record<string, () => Promise<Reply>> = {
    'a redirect': () => ask(`${address().url}/`),
    'the answer to a form': () => new Caller(address()).answer('/sign-in', { username: 'a', password: 'b' }),
    'a lasting redirect': () => ask(`${address().url}/sign-in/`),
    'the root by its handle': () => ask(`${origin()}/o/skyway`),
    'a link of a mail': () => ask(`${address().url}/verify?ticket=abc`),
    'a sign of life': () => ask(`${origin()}/healthz`),
    readiness: () => ask(`${origin()}/readyz`),
    robots: () => ask(`${origin()}/robots.txt`),
    'the change of a password': () => ask(`${origin()}/.well-known/change-password`),
    'where passkeys are made': () => ask(`${origin()}/.well-known/passkey-endpoints`),
    'where passkeys may be used': () => ask(`${origin()}/.well-known/webauthn`),
    'an icon': () => ask(`${origin()}/favicon.ico`),
  }
  for (const [words, reply] of Object.entries(others)) {
    test(words, async () => {
      const answered = await reply()
      expect(answered.status).toBeLessThan(400)
      isGuarded(answered)
      hidesTheMachinery(answered)
    })
  }

  test('every file of a page, which may be kept for ever and runs nothing', async () => {
    const { body } = await ask(`${address().url}/sign-in`)
    const files = [...body.matchAll(/(?:href|src|srcSet)="(\/[^"]+\.(?:css|js|svg|woff2))"/gi)].map(([, path]) => path)
    expect(files.length).toBeGreaterThan(5)
    for (const file of new Set(files)) {
      const reply = await ask(origin() + file)
      expect([file, reply.status]).toEqual([file, 200])
      expect(reply.headers['x-content-type-options']).toBe('nosniff')
      expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(reply.headers['content-security-policy']).toContain("default-src 'none'")
      expect(reply.headers['content-security-policy']).toContain('sandbox')
      expect(reply.cookies).toEqual([])
    }
  })
})

test('what sets a cookie is kept by nobody', async () => {
  const seen: string[] = []
  for (const { path, answer, stand } of formStories) {
    const caller = await stand(address())
    const replies = [
      await caller.answer(path, answer),
      await caller.see('/sign-in?ui_locales=de'),
      await caller.see('/verify?ticket=abc'),
      await caller.see('/sign-in/return?to=%2Faccount%2Fprofile'),
      await caller.see('/sign-in'),
    ]
    for (const { cookies, headers } of replies) {
      if (cookies.length === 0) continue
      seen.push(...cookies)
      expect(headers['cache-control']).toBe('no-store')
    }
  }
  expect(seen.length).toBeGreaterThan(20)
})

test('no value of a cookie is said again anywhere but where it is set', async () => {
  const { caller } = await newMember(address())
  caller.jar.set('__Host-alpine-other', 'planted-elsewhere')
  const secrets = [...caller.jar.values()].filter((value) => value.length > 8)
  expect(secrets.length).toBeGreaterThan(1)
  for (const path of [...pages.keys(), '/nothing-here', '/']) {
    const reply = await caller.see(path, { 'x-middleware-set-cookie': caller.cookie })
    const said = reply.body + JSON.stringify({ ...reply.headers, 'set-cookie': '' })
    for (const secret of secrets) expect([path, said.includes(secret)]).toEqual([path, false])
  }
})

test('pages that hold words of a person are indexed, embedded and opened by nobody', async () => {
  const { headers } = await ask(`${address().url}/sign-in`)
  expect(headers['x-robots-tag']).toBe('noindex')
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  // Over plain http, which the demo speaks, a promise of https would lock somebody out.
  expect(headers['strict-transport-security']).toBeUndefined()
  expect(headers['access-control-allow-origin']).toBeUndefined()
})
