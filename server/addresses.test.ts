// Where somebody ends who arrives at any address of an organization: by its old names, and where it has chosen one.

import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { chooseAddress, loadDirectory, removeHost } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { askAt, locationOf } from '#support/asking'
import { freshDatabase } from '#support/database'
import { buildRenamedWorld, idOf, own, rename } from '#support/renamed-world'

freshDatabase()
const choose = async (first: string, address: string): Promise<void> => {
  await withPlatform((tx) => chooseAddress(tx, by, idOf(first), address))
  await loadDirectory()
}
beforeAll(buildRenamedWorld, 60_000)
beforeEach(() => choose('edelweiss', 'path'))

const root = 'http://localhost:3000'
const byName = (handle: string) => `http://${handle}.localhost:3000`
const domain = 'http://account.alpine.example:3000'
const led = async (url: string, wish: Parameters<typeof askAt>[1] = {}) => {
  const found = await askAt(url, wish)
  return [found.status, locationOf(found)]
}

describe('a handle that was given up', () => {
  it.each([
    [`${root}/o/edelweiss/account/profile?edit=phone`, `${root}/o/alpine/account/profile?edit=phone`],
    [`${root}/o/edelweiss`, `${root}/o/alpine/`],
    [`${byName('edelweiss')}/sign-in?ui_locales=de`, `${byName('alpine')}/sign-in?ui_locales=de`],
    // Also what does not exist is not there under the present name.
    [`${root}/o/edelweiss//evil.test`, `${root}/o/alpine//evil.test`],
    [`${root}/o/edelweiss/@evil.test`, `${root}/o/alpine/@evil.test`],
    [`${root}/o/skyway/recover`, `${root}/recover`],
    [`${root}/o/sky/recover?a=b`, `${root}/recover?a=b`],
    [`${byName('skyway')}/recover`, `${root}/recover`],
    // Of an organization that was deleted: its parent answers for it.
    [`${root}/o/gone/sign-in`, `${root}/sign-in`],
  ])('%s leads to %s, for good', async (url, expected) => {
    const found = await askAt(url)
    expect([found.status, locationOf(found)]).toEqual([308, expected])
    // The old name may come back into use, and no browser may know better then.
    expect(found.headers?.['cache-control']).toBe('no-store')
    expect(await led(url, { method: 'HEAD' })).toEqual([308, expected])
  })

  it('leads to the address that its organization is shown at', async () => {
    await choose('edelweiss', 'account.alpine.example')
    expect(await led(`${root}/o/edelweiss/sign-in?a=b`)).toEqual([308, `${domain}/sign-in?a=b`])
    expect(await led(`${byName('edelweiss')}/sign-in`)).toEqual([308, `${domain}/sign-in`])
  })

  it('keeps the secret of a link at a host of the root’s own', async () => {
    await choose('edelweiss', 'account.alpine.example')
    const link = '/reset?ticket=abc'
    expect(await led(`${root}/o/edelweiss${link}`)).toEqual([308, `${root}/o/alpine${link}`])
    expect(await led(`${byName('edelweiss')}${link}`)).toEqual([308, `${byName('alpine')}${link}`])
  })

  it('hands on what was begun under it, where the host is the same', async () => {
    await choose('edelweiss', 'account.alpine.example')
    const cookie = '__Host-edelweiss=s1; __Host-edelweiss-attempt=a1; __Host-alpine-attempt=a2; __Host-pacifica=p'
    const found = await askAt(`${root}/o/edelweiss/mfa`, { headers: { cookie } })
    expect([found.status, locationOf(found)]).toEqual([308, `${root}/o/alpine/mfa`])
    expect(found.headers?.['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-edelweiss=; .*Max-Age=0; Secure$/),
      expect.stringMatching(/^__Host-alpine=s1; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
      // What was begun under the present name is newer.
      expect.stringMatching(/^__Host-edelweiss-attempt=; .*Max-Age=0; Secure$/),
    ])
    const elsewhere = await askAt(`${byName('edelweiss')}/mfa`, { headers: { cookie } })
    expect(elsewhere.headers?.['set-cookie']).toBeUndefined()
  })

  it('signs nobody out where the host stays the same: what comes under it goes on under the present one', async () => {
    const cookie = 'a=b; __Host-edelweiss-attempt=a1; __Host-pacifica=p1; __Host-edelweiss=s1'
    const lines = [
      expect.stringMatching(/^__Host-edelweiss=; .*Max-Age=0; Secure$/),
      expect.stringMatching(/^__Host-alpine=s1; .*Secure$/),
      expect.stringMatching(/^__Host-edelweiss-attempt=; .*Max-Age=0; Secure$/),
      expect.stringMatching(/^__Host-alpine-attempt=a1; .*Secure$/),
    ]
    const page = await askAt(`${root}/o/alpine/mfa`, { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(String(page.body)).toContain('__Host-alpine=s1; __Host-alpine-attempt=a1')
    expect(page.headers?.['set-cookie']).toEqual(lines)
    const form = { method: 'POST', headers: { cookie, origin: root }, body: 'code=123456' }
    const answered = await askAt(`${root}/o/alpine/mfa`, form)
    // What the answer sets itself comes last, and counts.
    expect(answered.headers?.['set-cookie']).toEqual([...lines, 'seen=__Host-alpine=s1; __Host-alpine-attempt=a1'])
    const beside = await askAt(`${byName('pacifica')}/mfa`, { headers: { cookie } })
    expect(String(beside.body)).not.toMatch(/alpine|s1|a1/)
    expect(beside.headers?.['set-cookie']).toBeUndefined()
    // Over plain http, away from this machine, the names have no prefix.
    const plain = await askAt(`${domain}/mfa`, { headers: { cookie: 'edelweiss=s1' } })
    expect(plain.headers?.['set-cookie']).toEqual([
      expect.stringMatching(/^edelweiss=; .*Max-Age=0$/),
      expect.stringMatching(/^alpine=s1; /),
    ])
  })

  it('takes a form on where nothing of it leaves the origin, and is nobody’s otherwise', async () => {
    const form = { method: 'POST', body: 'username=a&password=b' }
    expect(await led(`${root}/o/edelweiss/sign-in`, form)).toEqual([308, `${root}/o/alpine/sign-in`])
    expect(await led(`${byName('edelweiss')}/sign-in`, form)).toEqual([421, null])
    expect(await led(`${byName('sky')}/sign-in`, form)).toEqual([421, null])
    await choose('edelweiss', 'account.alpine.example')
    expect(await led(`${root}/o/edelweiss/sign-in`, form)).toEqual([308, `${root}/o/alpine/sign-in`])
  })

  it('leads programs to the same form, and with a change to the same origin alone', async () => {
    await choose('edelweiss', 'account.alpine.example')
    const api = '/api/v1/people?limit=1'
    expect(await led(`${root}/o/edelweiss${api}`)).toEqual([308, `${root}/o/alpine${api}`])
    expect(await led(`${root}/o/edelweiss${api}`, { method: 'DELETE' })).toEqual([308, `${root}/o/alpine${api}`])
    expect(await led(`${byName('edelweiss')}${api}`)).toEqual([308, `${byName('alpine')}${api}`])
    expect(await led(`${byName('edelweiss')}${api}`, { method: 'POST' })).toEqual([421, null])
  })

  it('stays dark where its organization is suspended, or one above it', async () => {
    for (const handle of ['dawn', 'dusk', 'pier', 'mole']) {
      for (const method of ['GET', 'POST']) {
        expect(await led(`${root}/o/${handle}/sign-in`, { method })).toEqual([403, null])
        expect(await led(`${byName(handle)}/sign-in`, { method })).toEqual([403, null])
      }
    }
  })

  it('is its own again when it is taken up again, without going round in circles', async () => {
    await rename('cloud', 'fog')
    await rename('cloud', 'cloud')
    await loadDirectory()
    expect(await led(`${root}/o/cloud/sign-in`)).toEqual([200, null])
    expect(await led(`${root}/o/fog/sign-in`)).toEqual([308, `${root}/o/cloud/sign-in`])
  })
})

describe('the address that an organization has chosen', () => {
  it('is nowhere asked for as long as none is chosen', async () => {
    for (const url of [`${root}/o/alpine`, byName('alpine'), domain]) {
      expect(await led(`${url}/sign-in`)).toEqual([200, null])
    }
  })

  it.each([
    ['account.alpine.example', domain],
    ['name', byName('alpine')],
  ])('%s is where pages at the other addresses lead', async (address, chosen) => {
    await choose('edelweiss', address)
    const all = [`${root}/o/alpine`, byName('alpine'), domain, 'http://login.alpine.example:3000']
    for (const url of all.filter((one) => one !== chosen)) {
      const found = await askAt(`${url}/sign-in?ui_locales=en`)
      expect([found.status, locationOf(found)]).toEqual([307, `${chosen}/sign-in?ui_locales=en`])
      expect(found.headers?.['cache-control']).toBe('no-store')
      expect(await led(`${url}/account/security`)).toEqual([307, `${chosen}/account/security`])
      expect(await led(`${url}/`, { method: 'HEAD' })).toEqual([307, `${chosen}/`])
    }
    expect(await led(`${chosen}/sign-in`)).toEqual([200, null])
  })

  it('leads nobody away from what they have begun', async () => {
    await choose('edelweiss', 'account.alpine.example')
    const url = `${byName('alpine')}/sign-in`
    for (const cookie of ['', '-attempt', '-ticket', '-flash', '-enrolment', '-return']) {
      expect(await led(url, { headers: { cookie: `a=b; __Host-alpine${cookie}=x` } })).toEqual([200, null])
    }
    // From a page of the same address to the next one, with or without a form in between.
    expect(await led(url, { headers: { referer: `${byName('alpine')}/sign-up` } })).toEqual([200, null])
    expect(await led(url, { headers: { 'sec-fetch-site': 'same-origin' } })).toEqual([200, null])
    const form = { method: 'POST', headers: { origin: byName('alpine') }, body: 'a=b' }
    expect((await led(url, form))[0]).toBe(303)
    // What another organization of the same host has begun is nothing of this one.
    const beside = { cookie: '__Host-pacifica-attempt=x', referer: `${root}/o/pacifica/sign-in` }
    expect(await led(`${root}/o/alpine/sign-in`, { headers: beside })).toEqual([307, `${domain}/sign-in`])
  })

  it('leaves links of mails, programs, files and what is no page where they are', async () => {
    await choose('edelweiss', 'account.alpine.example')
    const link = await askAt(`${byName('alpine')}/reset?ticket=abc`)
    expect([link.status, locationOf(link)]).toEqual([303, '/reset'])
    expect(link.headers?.['set-cookie']).toMatch(/^__Host-alpine-ticket=reset\.abc;/)
    const opened = { cookie: '__Host-alpine-ticket=reset.abc' }
    expect(await led(`${byName('alpine')}/reset`, { headers: opened })).toEqual([200, null])
    expect((await led(`${byName('alpine')}/api/v1/openapi.json`))[1]).toBeNull()
    expect((await led(`${byName('alpine')}/robots.txt`))[1]).toBeNull()
    expect((await led(`${byName('alpine')}/nothing-here`))[1]).toBeNull()
  })

  it('counts no longer than it is met', async () => {
    await own('edelweiss', 'short.alpine.example')
    await choose('edelweiss', 'short.alpine.example')
    expect((await led(`${byName('alpine')}/sign-in`))[0]).toBe(307)
    await withPlatform((tx) => removeHost(tx, by, idOf('edelweiss'), 'short.alpine.example'))
    await loadDirectory()
    expect(await led(`${byName('alpine')}/sign-in`)).toEqual([200, null])
  })
})

/** Whom an address may lead to: hosts of the root’s, and of the organization’s own that are proven. */
const isOurs = (url: string): boolean =>
  /^http:\/\/(?:localhost|(?:alpine|pacifica|cloud)\.localhost|(?:account|login)\.alpine\.example):3000\//.test(url)

describe('whatever is asked', () => {
  const hosts = ['localhost', 'alpine.localhost', 'edelweiss.localhost', 'sky.localhost', 'account.alpine.example']
  const more = [
    'login.alpine.example',
    'unproven.example',
    'evil.test',
    'dawn.localhost',
    'nobody.localhost',
    '127.0.0.1',
  ]
  const segment = fc.constantFrom(
    'o',
    'alpine',
    'edelweiss',
    'skyway',
    'sign-in',
    'reset',
    '',
    '..',
    '@evil.test',
    '\\evil',
  )
  const query = fc.constantFrom('', '?ticket=s3cret', '?to=//evil.test', '?a=b&a=c')
  const url = fc
    .tuple(fc.constantFrom(...hosts, ...more), fc.array(segment, { maxLength: 5 }), query)
    .map(([host, segments, end]) => `http://${host}:3000/${segments.join('/')}${end}`)
  const cookie = fc.constantFrom('', '__Host-alpine-attempt=a', '__Host-edelweiss=a', '__Host-alpine-flash=f')

  it.each(['path', 'name', 'account.alpine.example'])(
    'nobody is led in a circle or to a stranger: %s',
    async (chosen) => {
      await choose('edelweiss', chosen)
      await fc.assert(
        fc.asyncProperty(url, cookie, async (first, sent) => {
          let next: string | null = first
          for (let steps = 0; next !== null; steps += 1) {
            expect(steps).toBeLessThan(5)
            const found = await askAt(next, { headers: sent === '' ? {} : { cookie: sent } })
            const location: string | null = locationOf(found)
            next = location === null ? null : new URL(location, next).href
            if (next === null) break
            expect(isOurs(next)).toBe(true)
            // The secret of a link reaches no host by a redirect but the root’s own.
            if (next.includes('s3cret')) expect(new URL(next).hostname).toMatch(/(?:^|\.)localhost$/)
          }
        }),
        { numRuns: 300 },
      )
    },
  )
})
