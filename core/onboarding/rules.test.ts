import { describe, expect, it } from 'vitest'
import { cookieName, type SiteCookie } from '#web/session-cookie'
import { businessName, candidatesFor, slugOf, typedHandle } from './rules.ts'

const site = { organization: { handle: 'alpine' }, origin: 'https://account.example.com' }
const personalCookies = ['attempt', 'ticket', 'flash', 'enrolment', 'return'] as const satisfies SiteCookie[]

it('no organization is called as a cookie of another one is', () => {
  for (const cookie of personalCookies) {
    const session = cookieName({ ...site, organization: { handle: `alpine-${cookie}` } }, 'session')
    expect(cookieName(site, cookie)).toBe(session)
  }
})

describe('the name of a business', () => {
  it.each([
    ['Harbour & Sons', 'Harbour & Sons'],
    ['  Booking.com  ', 'Booking.com'],
    ['شركة الميناء', 'شركة الميناء'],
  ])('may be %s', (typed, name) => expect(businessName(typed)).toBe(name))

  it.each([
    '',
    '   ',
    'https://evil.test',
    'Win at www.evil.test',
    'a@evil.test',
    'Harbour/Sons',
    'ｈttps：//evil.test',
    '<b>Harbour</b>',
    'Harbour\u202eSons',
    'x'.repeat(81),
  ])('is never %j', (typed) => expect(() => businessName(typed)).toThrow('organizations.name_invalid'))
})

describe('a name in addresses', () => {
  it.each([
    ['harbour', 'harbour'],
    [' Harbour-2 ', 'harbour-2'],
  ])('%j is %s', (typed, handle) => expect(typedHandle(typed)).toBe(handle))

  it.each([
    // Cyrillic, Greek, full-width, and the Kelvin sign: each looks like what somebody else is called.
    ['\u0430lpine', 'organizations.handle_invalid'],
    ['\u03bflympic', 'organizations.handle_invalid'],
    ['\uff41lpine', 'organizations.handle_invalid'],
    ['\u212aeller', 'organizations.handle_invalid'],
    ['al\u200bpine', 'organizations.handle_invalid'],
    ['xn--lpine-3ve', 'organizations.handle_invalid'],
    ['-alpine', 'organizations.handle_invalid'],
    ['alpine.evil', 'organizations.handle_invalid'],
    ['../alpine', 'organizations.handle_invalid'],
    ['a'.repeat(41), 'organizations.handle_invalid'],
    ['ADMIN', 'organizations.handle_reserved'],
    ['Sign-In', 'organizations.handle_reserved'],
    ['localhost', 'organizations.handle_reserved'],
    ...personalCookies.map((cookie): [string, string] => [`alpine-${cookie}`, 'organizations.handle_reserved']),
  ])('is never %j', (typed, code) => expect(() => typedHandle(typed)).toThrow(code))

  it.each([
    ['Harbour & Sons', 'harbour-sons'],
    ['Café Zürich', 'cafe-zurich'],
    ["O'Neil's", 'oneils'],
    ['Ærø Ferries', 'aero-ferries'],
    ['شركة', ''],
    ['--', ''],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('of %j would be %j', (name, slug) => expect(slugOf(name)).toBe(slug))
})

describe('what could be had instead', () => {
  it('begins with what was typed and with the name, and can always be had', () => {
    const candidates = candidatesFor('Harbour & Sons', 'harbour')
    expect(candidates.slice(0, 3)).toEqual(['harbour-sons', 'harbour-sons-team', 'harbour-team'])
    expect(candidates).not.toContain('harbour')
    for (const name of ['Harbour', 'شركة', 'a'.repeat(80), 'Admin', '-']) {
      for (const handle of ['admin', 'a'.repeat(40), 'x', '-', 'xn--a']) {
        for (const candidate of candidatesFor(name, handle)) expect(typedHandle(candidate)).toBe(candidate)
      }
    }
  })
})
