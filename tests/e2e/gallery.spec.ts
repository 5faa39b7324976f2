// The gallery shows all there is to be seen: every page in every state and every mail, of every organization that may be
// seen, in every language and scheme.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { emailTemplates } from '#core/emails/contract'
import { builtInLocales } from '#core/texts/contract'
import { pagesOn, samplesOn } from './support/gallery.ts'
import { documentAttribute, screenOf } from './support/html.ts'
import { hidesTheMachinery } from './support/ours.ts'
import { ask } from './support/raw.ts'
import { screenNames } from './support/screens.ts'
import { handles, origin } from './support/world.ts'

const root = join(import.meta.dirname, '../..')
const schemes = ['light', 'dark', 'system'] as const

test('has every screen, each in its default state and most in more', async () => {
  const samples = await pagesOn({ brand: 'base', locale: 'en', scheme: 'light' })
  const screens = screenNames()
  expect(screens.length).toBeGreaterThan(10)
  expect([...new Set(samples.map(({ screen }) => screen))].sort()).toEqual([...screens].sort())
  for (const screen of screens) {
    expect(samples.filter((sample) => sample.screen === screen).map(({ state }) => state)).toContain('default')
  }
  expect(samples.length).toBeGreaterThan(2 * screens.length)
})

test('has every mail that there is a folder of', async () => {
  const folders = readdirSync(join(root, 'email-templates')).filter((name) =>
    existsSync(join(root, 'email-templates', name, `${name}.mjml`)),
  )
  expect([...emailTemplates].sort()).toEqual(folders.sort())
  const samples = await samplesOn({ brand: 'pacifica', locale: 'pt', scheme: 'dark' })
  const mails = samples.filter(({ screen }) => screen === 'emails').map(({ state }) => state)
  expect(mails.sort()).toEqual([...emailTemplates].sort())
})

/** Every language, every scheme, and not every pair of them: a scheme is an attribute, whatever the language. */
const schemesOf = (brand: string, position: number) =>
  brand === 'base' && position === 0 ? schemes : schemes.filter((_, index) => index === position % schemes.length)

test.describe('shows, whole and in the right clothes,', () => {
  for (const brand of ['base', ...handles]) {
    for (const [position, locale] of builtInLocales.entries()) {
      for (const scheme of schemesOf(brand, position)) {
        test(`all of ${brand} in ${locale}, ${scheme}`, async () => {
          for (const { address, screen } of await samplesOn({ brand, locale, scheme })) {
            const reply = await ask(address)
            expect([address, reply.status]).toEqual([address, 200])
            expect([address, documentAttribute(reply.body, 'lang')]).toEqual([address, locale])
            expect([address, documentAttribute(reply.body, 'dir')]).toEqual([address, locale === 'ar' ? 'rtl' : 'ltr'])
            if (screen === 'emails') continue
            hidesTheMachinery(reply)
            expect([address, screenOf(reply.body)]).toEqual([address, screen])
            expect(documentAttribute(reply.body, 'data-organization')).toBe(brand)
            expect(documentAttribute(reply.body, 'data-color-scheme')).toBe(scheme)
          }
        })
      }
    }
  }
})

test('shows nobody who is suspended, and nothing that is not there', async () => {
  const { body } = await ask(`${origin()}/gallery`)
  expect(body).not.toMatch(/dusk/i)
  const missing = [
    '/gallery/dusk/en/light/sign-in/default',
    '/gallery/nobody/en/light/sign-in/default',
    '/gallery/alpine/fr/light/sign-in/default',
    '/gallery/alpine/en/pink/sign-in/default',
    '/gallery/alpine/en/light/nowhere/default',
    '/gallery/alpine/en/light/sign-in/constructor',
    '/gallery/alpine/en/light/constructor/default',
    '/gallery/alpine/en/light/emails/constructor',
    '/gallery/base/en/light/emails/welcome',
    '/gallery/__proto__/en/light/sign-in/default',
    '/gallery/alpine/en/light',
    '/gallery/alpine',
    '/gallery/',
    '/gallery//alpine/en/light/sign-in/default',
    '/gallery/..%2f..%2fpackage.json',
  ]
  for (const path of missing) {
    const reply = await ask(origin(), { target: path })
    expect([path, reply.status]).toEqual([path, 404])
    hidesTheMachinery(reply)
  }
})

test('asks for what is not there without harm', async () => {
  for (const query of [
    'brand=nobody',
    'locale=xx',
    'scheme=pink',
    'screen=constructor',
    'state=%00',
    'brand[]=a',
    'brand=a&brand=b',
  ]) {
    const reply = await ask(`${origin()}/gallery?${query}`)
    expect([query, reply.status]).toEqual([query, 200])
    hidesTheMachinery(reply)
  }
})

test('is read and shown by nobody but itself', async () => {
  const { headers } = await ask(`${origin()}/gallery/alpine/en/light/sign-in/default`)
  expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'")
  expect(headers['cache-control']).toBe('no-store')
})
