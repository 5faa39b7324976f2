import { describe, expect, it } from 'vitest'
import { linkSecret, takeLink } from './link-cookie.ts'
import { cookieAttributes, cookieName, cookieValue, forgetCookie, isAnonymous } from './session-cookie.ts'

const at = (origin: string, handle = 'alpine') => ({ organization: { handle }, origin, base: '' })

describe('a cookie of a site', () => {
  it.each([
    ['https://account.example.com', '__Host-alpine', true],
    ['http://localhost:3000', '__Host-alpine', true],
    ['http://alpine.localhost:3000', '__Host-alpine', true],
    ['http://account.test:3000', 'alpine', false],
    ['http://localhost.evil.test', 'alpine', false],
  ])('at %s is called %s', (origin, name, secure) => {
    expect(cookieName(at(origin), 'session')).toBe(name)
    expect(cookieName(at(origin), 'attempt')).toBe(`${name}-attempt`)
    expect(cookieAttributes(at(origin), 'session')).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
    })
  })

  it('makes a request personal only under this organization’s names', () => {
    const site = at('http://localhost:3000')
    expect(isAnonymous(site, undefined)).toBe(true)
    expect(isAnonymous(site, '__Host-pacifica=x; livery-locale=de; __Host-alpine-auth-callback=y')).toBe(true)
    expect(isAnonymous(site, '__Host-alpine-device=x; __Host-alpine-passkey=y')).toBe(true)
    expect(isAnonymous(site, 'a=b; __Host-alpine=x')).toBe(false)
    expect(isAnonymous(site, '__Host-alpine-flash=')).toBe(false)
    expect(cookieValue('a=b; __Host-alpine=x=y', '__Host-alpine')).toBe('x=y')
    expect(forgetCookie(site, 'flash')).toBe('__Host-alpine-flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure')
  })
})

describe('the link of a mail', () => {
  const site = { ...at('http://localhost:3000'), base: '/o/alpine' }
  const taken = (path: string, query: string) => takeLink(site, path, new URLSearchParams(query))

  it('leaves the address bar for a cookie that says which page it is for', () => {
    const { location, setCookie } = taken('/reset', 'ticket=abc_-9') ?? {}
    expect(location).toBe('/o/alpine/reset')
    expect(setCookie).toBe('__Host-alpine-ticket=reset.abc_-9; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure')
    expect(linkSecret('reset', 'reset.abc_-9')).toBe('abc_-9')
    expect(linkSecret('verify', 'reset.abc_-9')).toBeNull()
    expect(taken('/invitation', 'ticket=abc_-9')?.setCookie).toContain('-ticket=invitation.abc_-9;')
    expect(linkSecret('invitation', 'reset.abc_-9')).toBeNull()
    expect(taken('/secure', 'ticket=abc_-9')?.setCookie).toContain('-ticket=secure.abc_-9;')
    expect(linkSecret('secure', 'reset.abc_-9')).toBeNull()
  })

  it('cannot write anything else into the answer', () => {
    expect(taken('/verify', 'ticket=a%0d%0aSet-Cookie:%20x=y;%20Path=/')?.setCookie).toContain(
      'verify.aSet-CookiexyPath;',
    )
    expect(taken('/verify', `ticket=${'a'.repeat(5000)}`)?.setCookie.length).toBeLessThan(300)
  })

  it.each([
    ['/verify', ''],
    ['/sign-up', 'ticket=abc'],
    ['/constructor', 'ticket=abc'],
  ])('is none at %s?%s', (path, query) => expect(taken(path, query)).toBeNull())
})
