// Pages are kept and handed to everybody. Nothing that one client writes into a request may reach another one that way.

import { expect, test } from '@playwright/test'
import { ask } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

const marker = 'poison-7f3a'

/** Headers by which caches in front of pages, and frameworks behind them, have been poisoned. */
const names = [
  'accept',
  'accept-charset',
  'accept-datetime',
  'authorization',
  'base-url',
  'cache-control',
  'cdn-loop',
  'cf-connecting-ip',
  'client-ip',
  'content-language',
  'content-security-policy',
  'content-type',
  'cookie',
  'destination',
  'dnt',
  'forwarded',
  'from',
  'front-end-https',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'max-forwards',
  'next-action',
  'next-router-prefetch',
  'next-router-state-tree',
  'next-url',
  'origin',
  'pragma',
  'proxy-host',
  'purpose',
  'range',
  'redirect',
  'referer',
  'rsc',
  'sec-ch-prefers-color-scheme',
  'sec-fetch-dest',
  'te',
  'traceparent',
  'true-client-ip',
  'uri',
  'user-agent',
  'via',
  'x-amz-website-redirect-location',
  'x-backend-host',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-host',
  'x-http-method-override',
  'x-invoke-path',
  'x-livery-address',
  'x-livery-request',
  'x-matched-path',
  'x-middleware-prefetch',
  'x-nextjs-data',
  'x-original-url',
  'x-real-ip',
  'x-requested-with',
  'x-rewrite-url',
  'x-wap-profile',
]

const queries = [
  'utm_source',
  'callback',
  'lang',
  'locale',
  'ui_locales',
  'color_scheme',
  'theme',
  '_rsc',
  'nxtPsite',
  'site',
  'edit',
  'again',
  'reference',
  'status',
  'ticket',
  'to',
  'return_to',
  'username',
  'email',
  'x',
]

/** A page that nobody has asked for yet is made for the first who does: so every attack comes first. */
const places: Record<string, () => string> = {
  'the sign-in page': () => `${addressIn('pacifica-lisbon', 'name').url}/sign-in`,
  'the sign-up page': () => `${addressIn('pacifica-lisbon', 'path').url}/sign-up`,
  'the recovery page': () => `${addressIn('sahel', 'name').url}/recover`,
  'a page that is not there': () => `${addressIn('sahel', 'path').url}/nothing`,
}

for (const [words, place] of Object.entries(places)) {
  test(`${words} shows a second client nothing that a first one wrote`, async () => {
    const url = place()
    const clean = await ask(url)
    for (const name of names) {
      await ask(url, { headers: { [name]: name === 'cookie' ? `a=${marker}; livery-locale=${marker}` : marker } })
    }
    for (const name of queries) await ask(`${url}?${name}=${marker}`)
    await ask(`${url}?${marker}`)
    await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `x=${marker}`,
    })
    await ask(url, { method: marker.toUpperCase().replaceAll('-', '') }).catch(() => undefined)
    const after = await ask(url)
    expect(after.body).toBe(clean.body)
    expect({ ...after.headers, date: '' }).toEqual({ ...clean.headers, date: '' })
    expect(after.body + after.rawHeaders.join()).not.toContain(marker)
  })
}

test('a page in one language or scheme is not kept for whoever wants another', async () => {
  const { url } = addressIn('alpine', 'path')
  const said = async (headers: Record<string, string>) => {
    const { body } = await ask(`${url}/sign-in`, { headers })
    return /<html lang="(\w+)"[^>]*data-color-scheme="(\w+)"/.exec(body)?.slice(1)
  }
  const german = { 'accept-language': 'de' }
  for (let round = 0; round < 2; round += 1) {
    expect(await said({})).toEqual(['en', 'system'])
    expect(await said(german)).toEqual(['de', 'system'])
    expect(await said({ cookie: 'livery-scheme=dark' })).toEqual(['en', 'dark'])
    expect(await said({ ...german, cookie: 'livery-scheme=light' })).toEqual(['de', 'light'])
    expect(await said({ ...german, cookie: 'livery-locale=en' })).toEqual(['en', 'system'])
  }
})

test('a page of one address is not kept for another, nor for another host that claims to be it', async () => {
  const forms = ['path', 'name', 'domain'] as const
  for (let round = 0; round < 2; round += 1) {
    for (const form of forms) {
      const { url, base } = addressIn('alpine', form)
      expect((await ask(`${url}/sign-in`)).body).toContain(`action="${base}/sign-in"`)
    }
    expect((await ask(`${origin()}/sign-in`, { headers: { host: `evil.test:${port()}` } })).status).toBe(421)
  }
})

test('an error does not stick', async () => {
  const { url } = addressIn('alpine', 'name')
  const asset = /\/assets\/[\w-]+\/wordmark-light\.svg/.exec((await ask(`${url}/sign-in`)).body)?.[0] ?? ''
  for (const broken of [asset.replace('light', 'dim'), `${asset}x`, asset.replace('wordmark', 'wordmark-')]) {
    const reply = await ask(url + broken)
    expect([reply.status, reply.headers['cache-control']]).toEqual([404, 'no-store'])
  }
  expect((await ask(url + asset)).status).toBe(200)
})

test('what a browser has already is not sent again, and only if it is the same', async () => {
  const url = `${addressIn('alpine', 'name').url}/sign-in`
  const { headers } = await ask(url)
  const etag = String(headers.etag)
  const again = await ask(url, { headers: { 'if-none-match': etag } })
  expect([again.status, again.body]).toEqual([304, ''])
  for (const other of ['"other"', '', `${etag}x`, etag.replaceAll('"', '')]) {
    expect((await ask(url, { headers: { 'if-none-match': other } })).status).toBe(200)
  }
})
