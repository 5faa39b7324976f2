// MFA-05 at the doors: an answer that needs a fresh proof waits for it, in the session that it was sent in, and is performed once.

import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { minutes, setClockForTests } from '#platform/clock'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf, password, person, type World } from '#support/engine'
import type { Site } from '#web/site'

const browser = vi.hoisted(() => ({ jar: new Map<string, string>(), site: {} as Site }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-livery-address': '192.0.2.1', 'user-agent': 'test' }),
  cookies: async () => ({
    get: (name: string) => (browser.jar.has(name) ? { value: browser.jar.get(name) } : undefined),
    has: (name: string) => browser.jar.has(name),
    set: (name: string, value: string, { maxAge }: { maxAge: number }) =>
      maxAge === 0 ? browser.jar.delete(name) : browser.jar.set(name, value),
  }),
}))
vi.mock('next/navigation', () => ({ redirect: vi.fn() }))
vi.mock('#web/site', () => ({ siteOf: async () => browser.site }))

const { visit } = await import('./visit.ts')
const answers = {
  'sign-in': await import('../[site]/post/sign-in/route.ts'),
  mfa: await import('../[site]/post/mfa/route.ts'),
  confirm: await import('../[site]/post/account/confirm/route.ts'),
  totp: await import('../[site]/post/account/security/totp/route.ts'),
  sessions: await import('../[site]/post/account/sessions/route.ts'),
}

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
  const path = (sitePath: string) => `/o/own${sitePath}`
  const organization = { id: world.own, handle: 'own', locales: ['en', 'de'] }
  const more = { address: { form: 'path' }, base: '/o/own', locale: 'en', texts: { t: (key: string) => key } }
  browser.site = { organization, origin: 'http://localhost:3000', path, ...more } as unknown as Site
}, 60_000)
beforeEach(() => browser.jar.clear())
afterEach(() => setClockForTests(0))

const params = () => Promise.resolve({ site: 'key' })
const flash = async () => (await visit(params())).flash
const session = async () => (await visit(params())).session
const send = async (path: keyof typeof answers, fields: Record<string, string>): Promise<string> => {
  const request = new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(fields) })
  const response = await answers[path].POST(request, { params: params() })
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}
const secretNow = () => browser.jar.get('__Host-own') ?? ''
const keptIn = (location: string) => new URL(location, 'http://localhost').searchParams.get('kept') ?? ''

const signedIn = async (totp = false) => {
  count += 1
  const made = await person({ email: `confirm${count}@own.example`, home: world.own, totp })
  const location = await send('sign-in', { username: made.email, password })
  if (totp) await send('mfa', { intent: 'challenge', code: codeOf(made.totpSecret) })
  expect(location).toBe(totp ? '/o/own/mfa' : '/o/own/account')
  return made
}
const late = minutes(11)

describe('a form that needs a fresh proof', () => {
  it('is answered at once by whoever has just signed in', async () => {
    await signedIn()
    expect(await send('totp', { intent: 'start' })).toMatch('/o/own/account/security?edit=app')
  })

  it('waits for the proof, and is then performed, in a session under another secret', async () => {
    await signedIn()
    setClockForTests(late)
    const asked = await send('totp', { intent: 'start' })
    expect(asked).toMatch(/^\/o\/own\/account\/confirm\?kept=nte_[0-9a-z]{26}$/)
    expect(browser.jar.has('__Host-own-enrolment')).toBe(false)
    const before = secretNow()
    expect(await send('confirm', { kept: keptIn(asked), current_password: 'wrong wrong wrong' })).toBe(asked)
    expect(await flash()).toMatchObject({ code: 'password.wrong', field: 'current_password' })
    expect(secretNow()).toBe(before)
    const done = await send('confirm', { kept: keptIn(asked), current_password: password })
    expect(done).toBe('/o/own/account/security?edit=app#app')
    expect(browser.jar.has('__Host-own-enrolment')).toBe(true)
    const after = secretNow()
    browser.jar.set('__Host-own', before)
    expect(await session()).toBeNull()
    browser.jar.set('__Host-own', after)
    expect(await session()).not.toBeNull()
  })

  it('is performed once, however often the proof is sent', async () => {
    const { totpSecret } = await signedIn(true)
    setClockForTests(late)
    const asked = await send('totp', { intent: 'remove' })
    const proof = (step: number) => ({
      kept: keptIn(asked),
      current_password: password,
      code: codeOf(totpSecret, step),
    })
    expect(await send('confirm', proof(0))).toBe('/o/own/account/security')
    expect(await flash()).toMatchObject({ kind: 'success', code: 'second_step_removed' })
    expect(await send('confirm', proof(1))).toBe('/o/own/account/security')
    expect(await flash()).toMatchObject({ kind: 'success', code: 'proven' })
  })

  it('is not performed by somebody else’s proof, nor in another session', async () => {
    await signedIn()
    setClockForTests(late)
    const kept = keptIn(await send('totp', { intent: 'start' }))
    const first = secretNow()
    browser.jar.clear()
    setClockForTests(0)
    await signedIn()
    setClockForTests(late)
    expect(await send('confirm', { kept, current_password: password })).toBe('/o/own/account/security')
    expect([await flash(), browser.jar.has('__Host-own-enrolment')]).toMatchObject([{ code: 'proven' }, false])
    browser.jar.set('__Host-own', first)
    expect(await send('confirm', { kept, current_password: password })).toContain('edit=app')
  })

  it('leads nowhere without a session, or with something that was never kept', async () => {
    expect(await send('confirm', { current_password: password })).toBe('/o/own/sign-in')
    browser.jar.clear()
    await signedIn()
    for (const kept of ['', 'nte_x', '//evil.test', 'ses_00000000000000000000000000']) {
      expect(await send('confirm', { kept, current_password: password })).toBe('/o/own/account/security')
      expect(await send('confirm', { kept, current_password: 'wrong wrong wrong' })).toBe('/o/own/account/confirm')
    }
  })
})

describe('the form of sessions', () => {
  it('ends all but the one that it is sent in', async () => {
    const { email } = await signedIn()
    const first = secretNow()
    browser.jar.clear()
    await send('sign-in', { username: email, password })
    expect(await send('sessions', { intent: 'end-others' })).toBe('/o/own/account/sessions')
    expect(await session()).not.toBeNull()
    browser.jar.set('__Host-own', first)
    expect(await session()).toBeNull()
  })

  it('knows nothing else that it could do', async () => {
    await signedIn()
    const wrong: Record<string, string>[] = [
      {},
      { intent: 'constructor' },
      { intent: 'end' },
      { intent: 'forget', target: 'dev_x' },
    ]
    for (const answer of wrong) {
      expect(await send('sessions', answer)).toBe('/o/own/account/sessions')
      expect((await flash())?.kind).toBe('failure')
    }
  })
})
