import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemActor } from '#core/authority'
import { invite } from '#core/invitations'
import { addDomain, recordDomain } from '#core/organizations'
import { days, setClockForTests } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf, newestMail, password, person, type World } from '#support/engine'
import type { Site } from '#web/site'

// The framework's part: a browser with a jar of cookies, and one request after the other.
const browser = vi.hoisted(() => ({ jar: new Map<string, { value: string; attributes?: object }>(), site: {} as Site }))
vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-livery-address': '192.0.2.1', 'user-agent': 'test' }),
  cookies: async () => ({
    get: (name: string) => browser.jar.get(name),
    has: (name: string) => browser.jar.has(name),
    set: (name: string, value: string, attributes: { maxAge: number }) =>
      attributes.maxAge === 0 ? browser.jar.delete(name) : browser.jar.set(name, { value, attributes }),
  }),
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`)
  },
}))
vi.mock('#web/site', () => ({ siteOf: async () => browser.site }))

const { wayElsewhere } = await import('./elsewhere.ts')
const { GET: arriveAt } = await import('../[site]/(sign-in)/sign-in/arrive/route.ts')
const { requireSession, visit } = await import('./visit.ts')
const answers = {
  'sign-in': await import('../[site]/post/sign-in/route.ts'),
  'sign-up': await import('../[site]/post/sign-up/route.ts'),
  'sign-out': await import('../[site]/post/sign-out/route.ts'),
  mfa: await import('../[site]/post/mfa/route.ts'),
  verify: await import('../[site]/post/verify/route.ts'),
  recover: await import('../[site]/post/recover/route.ts'),
  reset: await import('../[site]/post/reset/route.ts'),
  invitation: await import('../[site]/post/invitation/route.ts'),
  preferences: await import('../[site]/post/preferences/route.ts'),
  'account/profile': await import('../[site]/post/account/profile/route.ts'),
  'account/security/password': await import('../[site]/post/account/security/password/route.ts'),
  'account/security/totp': await import('../[site]/post/account/security/totp/route.ts'),
}

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
beforeEach(() => browser.jar.clear())

const stand = (handle: string, id: string) => {
  const path = (sitePath: string) => `/o/${handle}${sitePath}`
  const organization = { id, handle, locales: ['en', 'de'] }
  const more = { address: { form: 'path' }, base: `/o/${handle}`, locale: 'en', texts: { t: (key: string) => key } }
  browser.site = { organization, origin: 'http://localhost:3000', path, ...more } as unknown as Site
}
const params = () => Promise.resolve({ site: 'key' })
const seen = () => visit(params())
const send = async (path: keyof typeof answers, fields: Record<string, string>) => {
  const body = new URLSearchParams(fields)
  const request = new Request('http://localhost/', { method: 'POST', body })
  const response = await answers[path].POST(request, { params: params() })
  expect([response.status, response.headers.get('cache-control')]).toEqual([303, 'no-store'])
  return response.headers.get('location')
}
const kept = (name: string) => browser.jar.get(name)?.value ?? ''

describe('the doors', () => {
  it('lead from a wrong password to the right one, and to the page that was wanted', async () => {
    await person({ email: 'ada@own.example', home: world.own })
    stand('own', world.own)
    await expect(requireSession(params())).rejects.toThrow('redirect /o/own/sign-in')
    await expect(requireSession(params(), '/account/profile')).rejects.toThrow(
      '/sign-in/return?to=%2Faccount%2Fprofile',
    )
    expect(await send('account/profile', { phone: '1' })).toBe('/o/own/sign-in')
    expect(await send('sign-in', { username: 'ada@own.example', password: 'wrong wrong wrong' })).toBe('/o/own/sign-in')
    expect((await (await seen()).attempt('sign-in'))?.failure).toEqual({ code: 'login.wrong_credentials' })
    expect(await send('sign-in', { username: 'ada@own.example', password })).toBe('/o/own/account/profile')
    expect([...browser.jar.keys()]).toEqual(['__Host-own', '__Host-own-device'])
    expect(browser.jar.get('__Host-own')?.attributes).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      path: '/',
    })
    expect((await seen()).session).toMatchObject({ homeId: world.own })
  })

  it('keep organizations apart that share a host, also when one’s name begins like the other’s', async () => {
    await person({ email: 'sofia@skyway.example', home: world.root, memberOf: [world.mixed, world.central] })
    const answer = { username: 'sofia@skyway.example', password }
    stand('pacifica', world.mixed)
    await send('sign-in', answer)
    const first = kept('__Host-pacifica')
    stand('pacifica-lisbon', world.central)
    expect((await seen()).session).toBeNull()
    browser.jar.set('__Host-pacifica-lisbon', { value: first })
    expect((await seen()).session).toBeNull()
    await send('sign-in', answer)
    expect((await seen()).session).not.toBeNull()
    stand('pacifica', world.mixed)
    expect((await seen()).session).not.toBeNull()
    await send('sign-in', answer)
    expect(kept('__Host-pacifica-lisbon')).not.toBe('')
    expect(await send('sign-out', {})).toBe('/o/pacifica/sign-out')
    expect((await seen()).session).toBeNull()
    stand('pacifica-lisbon', world.central)
    expect((await seen()).session).not.toBeNull()
  })

  it('lead an address of an organization below to its own sign-in, without the password', async () => {
    const { proof } = await withPlatform((tx) => addDomain(tx, systemActor, world.own, 'below.example', null))
    const evidence = [{ resolver: '192.0.2.53', values: [`livery-verification=${proof}`], error: null }]
    await withPlatform((tx) => recordDomain(tx, systemActor, world.own, 'below.example', evidence))
    stand('skyway', world.root)
    const answer = { username: 'ada@below.example', password: 'wrong wrong wrong' }
    expect(await send('sign-in', answer)).toBe('/o/skyway/sign-in/elsewhere')
    const way = wayElsewhere((await seen()).flash)
    expect(way).toMatchObject({ name: 'Pacifica Hotels', domain: 'below.example', hasTyped: true })
    expect(way?.href).toMatch(/^http:\/\/localhost:3000\/o\/own\/sign-in\/arrive\?hint=[\w-]+$/)
    const arriving = new Request(way?.href ?? '')
    const arrive = async () => (await arriveAt(arriving, { params: params() })).headers.get('location')
    // A hint is for one organization, and for a while.
    stand('pacifica', world.mixed)
    expect(await arrive()).toBe('/o/pacifica/sign-in')
    expect((await seen()).flash).toBeNull()
    stand('own', world.own)
    setClockForTests(6 * 60_000)
    expect(await arrive()).toBe('/o/own/sign-in')
    expect((await seen()).flash).toBeNull()
    setClockForTests(0)
    expect(await arrive()).toBe('/o/own/sign-in')
    const note = { code: 'sign_in_here_typed', kind: 'success', values: { username: 'ada@below.example' } }
    expect((await seen()).flash).toEqual(note)
    await person({ email: 'in@own.example', home: world.own })
    await send('sign-in', { username: 'in@own.example', password })
    expect(await arrive()).toBe('/o/own/account')
  })

  it('replace a session when somebody signs in again, and end it when they sign out', async () => {
    await person({ email: 'again@own.example', home: world.own })
    stand('own', world.own)
    const answer = { username: 'again@own.example', password }
    browser.jar.set('__Host-own', { value: 'planted-by-somebody-else' })
    await send('sign-in', answer)
    const first = kept('__Host-own')
    expect(first).not.toBe('planted-by-somebody-else')
    await send('sign-in', answer)
    const second = kept('__Host-own')
    browser.jar.set('__Host-own', { value: first })
    expect((await seen()).session).toBeNull()
    browser.jar.set('__Host-own', { value: second })
    await send('sign-out', {})
    // That somebody has been here stays known.
    expect([...browser.jar.keys()]).toEqual(['__Host-own-device'])
    browser.jar.set('__Host-own', { value: second })
    expect((await seen()).session).toBeNull()
  })

  it('carry a sign-up from the form over the mail to the account', async () => {
    stand('own', world.own)
    expect(await send('sign-up', { given_name: 'Noa', family_name: 'Berg', email: 'noa@own.example', password })).toBe(
      '/o/own/verify',
    )
    const { ticket } = await newestMail('verify-email')
    browser.jar.set('__Host-own-ticket', { value: `verify.${ticket}` })
    expect(await (await seen()).verification()).toEqual({ state: 'confirm', email: 'noa@own.example' })
    expect(await (await seen()).resetLink()).toBeNull()
    expect(await send('verify', { intent: 'confirm' })).toBe('/o/own/account')
    expect([...browser.jar.keys()].sort()).toEqual(['__Host-own', '__Host-own-device', 'livery-locale'])
    expect((await seen()).session).not.toBeNull()
  })

  it('carry a recovery from its code to the new password', async () => {
    await person({ email: 'lost@own.example', home: world.own })
    stand('own', world.own)
    expect(await send('recover', { email: 'lost@own.example' })).toBe('/o/own/recover')
    const { code } = await newestMail('recover-password')
    expect(await send('recover', { code })).toBe('/o/own/reset')
    expect(await (await seen()).resetLink()).toEqual({ state: 'valid', email: 'lost@own.example' })
    expect(await send('reset', { new_password: 'short' })).toBe('/o/own/reset')
    expect((await seen()).flash).toMatchObject({ kind: 'failure', code: 'password.too_short', field: 'new_password' })
    expect(await send('reset', { new_password: 'velvet-otter-marble-canyon' })).toBe('/o/own/sign-in')
    expect((await seen()).flash).toMatchObject({ kind: 'success', code: 'password_reset' })
    expect((await seen()).session).toBeNull()
  })

  it('carry an invitation past the wrong account to the one that is made for it', async () => {
    await person({ email: 'wrong@own.example', home: world.own })
    stand('own', world.own)
    await invite(world.own, systemActor, { emails: ['invited@own.example'] })
    const { ticket } = await newestMail('invitation')
    await send('sign-in', { username: 'wrong@own.example', password })
    expect(await (await seen()).invitation()).toEqual({ state: 'unknown' })
    browser.jar.set('__Host-own-ticket', { value: `invitation.${ticket}` })
    expect(await (await seen()).invitation()).toMatchObject({ state: 'wrong-account' })
    const answer = { given_name: 'Noa', family_name: 'Berg', password }
    expect(await send('invitation', answer)).toBe('/o/own/invitation')
    expect((await seen()).flash).toMatchObject({ kind: 'failure', code: 'invitation.wrong_account' })
    expect(await send('invitation', { intent: 'sign-out' })).toBe('/o/own/invitation')
    expect((await seen()).session).toBeNull()
    expect(await (await seen()).invitation()).toMatchObject({ state: 'valid', asks: 'account' })
    expect(await send('invitation', { ...answer, password: 'short' })).toBe('/o/own/invitation')
    expect(await (await seen()).attempt('sign-up')).toMatchObject({
      values: { given_name: 'Noa' },
      failure: { code: 'password.too_short', field: 'password' },
    })
    expect(await send('invitation', answer)).toBe('/o/own/account')
    expect([kept('__Host-own-ticket'), kept('__Host-own-attempt')]).toEqual(['', ''])
    expect((await seen()).flash).toMatchObject({ kind: 'success', code: 'invitation_accepted' })
    expect((await seen()).session).not.toBeNull()
  })

  it('ask for a new invitation where one is over', async () => {
    stand('own', world.own)
    await invite(world.own, systemActor, { emails: ['slow@own.example'], lifetimeDays: 1 })
    const { ticket } = await newestMail('invitation')
    browser.jar.set('__Host-own-ticket', { value: `invitation.${ticket}` })
    setClockForTests(days(2))
    try {
      expect(await (await seen()).invitation()).toMatchObject({ state: 'expired' })
      expect(await send('invitation', { given_name: 'S', family_name: 'T', password })).toBe('/o/own/invitation')
      expect((await seen()).session).toBeNull()
      expect(await send('invitation', { intent: 'request' })).toBe('/o/own/invitation')
      expect((await seen()).flash).toMatchObject({ kind: 'success', code: 'invitation_requested' })
    } finally {
      setClockForTests(0)
    }
  })

  it('speak the language that somebody has chosen for themselves, from the next page on', async () => {
    await person({ email: 'polyglot@own.example', home: world.own })
    stand('own', world.own)
    await send('sign-in', { username: 'polyglot@own.example', password })
    expect(kept('livery-locale')).toBe('')
    expect(await send('account/profile', { locale: 'de', version: '1' })).toBe('/o/own/account/profile')
    expect(kept('livery-locale')).toBe('de')
    browser.jar.clear()
    await send('sign-in', { username: 'polyglot@own.example', password })
    expect(kept('livery-locale')).toBe('de')
    expect(await send('account/profile', { locale: 'xx', version: '2' })).toContain('edit=locale')
    expect(kept('livery-locale')).toBe('de')
  })

  it('show what was typed in My Account again, at its row, and never a secret', async () => {
    await person({ email: 'row@own.example', home: world.own })
    stand('own', world.own)
    await send('sign-in', { username: 'row@own.example', password })
    expect(await send('account/profile', { phone: '079 555', version: '1' })).toBe(
      '/o/own/account/profile?edit=phone#phone',
    )
    expect((await seen()).flash).toMatchObject({ code: 'phone.invalid', field: 'phone', values: { phone: '079 555' } })
    const answer = { current_password: 'wrong wrong wrong', new_password: 'velvet-otter-marble-canyon' }
    expect(await send('account/security/password', answer)).toBe('/o/own/account/security?edit=password#password')
    expect(JSON.stringify((await seen()).flash)).not.toMatch(/wrong wrong|velvet/)
    stand('root', world.root)
    browser.jar.set('__Host-root-flash', { value: kept('__Host-own-flash') })
    expect((await seen()).flash).toBeNull()
  })

  it('set up a second step, which the next sign-in asks for', async () => {
    await person({ email: 'app@own.example', home: world.own })
    stand('own', world.own)
    await send('sign-in', { username: 'app@own.example', password })
    expect(await send('account/security/totp', { intent: 'start' })).toBe('/o/own/account/security?edit=app#app')
    const { securityOf } = await import('../[site]/account/_account.ts')
    const { session } = await requireSession(params())
    const secret = (await securityOf(session)).enrolment?.secret ?? ''
    expect(await send('account/security/totp', { intent: 'confirm', code: codeOf(secret) })).toBe(
      '/o/own/account/security',
    )
    expect(await send('account/security/totp', { intent: 'constructor' })).toContain('edit=app')
    await send('sign-out', {})
    expect(await send('sign-in', { username: 'app@own.example', password })).toBe('/o/own/mfa')
    expect(await send('mfa', { intent: 'challenge', code: codeOf(secret, 1) })).toBe('/o/own/account')
  })

  it('take preferences for this browser, and lead nowhere else', async () => {
    stand('own', world.own)
    expect(await send('preferences', { ui_locales: 'de', color_scheme: 'dark', return_to: '/account/profile' })).toBe(
      '/o/own/account/profile',
    )
    expect([kept('livery-locale'), kept('livery-scheme')]).toEqual(['de', 'dark'])
    for (const return_to of ['//evil.test', 'https://evil.test', '/\\evil.test', '/sign-in?x', '']) {
      expect(await send('preferences', { ui_locales: 'xx', color_scheme: 'pink', return_to })).toBe('/o/own/sign-in')
    }
    expect([kept('livery-locale'), kept('livery-scheme')]).toEqual(['de', 'dark'])
  })
})
