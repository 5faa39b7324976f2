// The first answer of the server, before any script or stylesheet, carries one brand whole and nothing of any other.

import { expect, test } from '@playwright/test'
import {
  baseWordsOf,
  foreignColors,
  foreignNames,
  foreignWords,
  localesOf,
  mentions,
  nameOf,
  primaryOf,
  wordsOf,
} from './support/brand.ts'
import { Caller, newMember } from './support/caller.ts'
import { documentAttribute, screenOf, unescaped, visibleText } from './support/html.ts'
import { ask } from './support/raw.ts'
import { type Address, addressIn, formsOf, handles } from './support/world.ts'

const directionOf = (locale: string) => (locale === 'ar' ? 'rtl' : 'ltr')

const saysIts = (handle: string, locale: string, html: string, key: string): void => {
  const words = wordsOf(handle, locale)[key] ?? baseWordsOf(locale)[key] ?? ''
  expect(visibleText(html)).toContain(words.replaceAll('{organization}', nameOf(handle)))
}

const logoIn = (html: string): string =>
  /data-part="brand\.logo"[\s\S]*?<img\b[^>]*\bsrc="([^"]+)"/.exec(html)?.[1] ?? ''

/** The page wears the brand: who it is, its language, its colours and its logo. */
const wearsTheBrand = ({ handle, base }: Address, locale: string, html: string): void => {
  expect(documentAttribute(html, 'data-organization')).toBe(handle)
  expect(documentAttribute(html, 'lang')).toBe(locale)
  expect(documentAttribute(html, 'dir')).toBe(directionOf(locale))
  const { light, dark } = primaryOf(handle)
  expect(html).toContain(`--livery-color-primary:light-dark(${light},${dark})`)
  expect(visibleText(html)).toContain(nameOf(handle))
  const version = documentAttribute(html, 'data-theme')
  expect(logoIn(html)).toBe(`${base}/assets/${version}/wordmark-light.svg`)
}

/** Nothing of anybody else, in the whole of the bytes; and the maker of the product is nowhere to be read. */
const hidesAllOthers = ({ handle }: Address, html: string): void => {
  const plain = unescaped(html)
  expect(foreignColors(handle).filter((color) => plain.toLowerCase().includes(color))).toEqual([])
  expect(foreignNames(handle).filter((name) => mentions(plain, name))).toEqual([])
  expect(foreignWords(handle).filter((words) => plain.includes(words))).toEqual([])
  expect(visibleText(html)).not.toMatch(/livery/i)
}

const entryPages = [
  ['/sign-in', 'sign-in', 'sign-in.lead'],
  ['/sign-up', 'sign-up', 'sign-up.title'],
  ['/recover', 'recover', 'recover.title'],
] as const

for (const handle of handles) {
  for (const form of formsOf(handle)) {
    test.describe(`${handle}, met by its ${form}`, () => {
      for (const [path, screen, key] of entryPages) {
        for (const [position, locale] of localesOf(handle).entries()) {
          test(`${path} speaks ${locale} and is wholly its own`, async () => {
            const address = addressIn(handle, form)
            // The first language is what somebody gets who asks for none that is spoken here.
            const language = position === 0 ? 'fi' : locale
            const { status, body } = await ask(address.url + path, { headers: { 'accept-language': language } })
            expect(status).toBe(200)
            expect(screenOf(body)).toBe(screen)
            wearsTheBrand(address, locale, body)
            saysIts(handle, locale, body, key)
            hidesAllOthers(address, body)
          })
        }
      }

      test('the profile of a member is wholly its own', async () => {
        const address = addressIn(handle, form)
        const { caller, email } = await newMember(address)
        const { status, body } = await caller.see('/account/profile')
        expect(status).toBe(200)
        expect(screenOf(body)).toBe('profile')
        expect(visibleText(body)).toContain(email)
        wearsTheBrand(address, localesOf(handle)[0] ?? '', body)
        hidesAllOthers(address, body)
      })

      test('its logo is there, in both schemes', async () => {
        const address = addressIn(handle, form)
        const logo = logoIn((await ask(`${address.url}/sign-in`)).body)
        for (const scheme of ['light', 'dark']) {
          const { status, headers, body } = await ask(address.origin + logo.replace('light', scheme))
          expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml'])
          expect(body).toContain('<svg')
        }
      })
    })
  }
}

test('no two organizations have the same logo', async () => {
  const drawings = new Set<string>()
  for (const handle of handles) {
    const { url, origin } = addressIn(handle)
    drawings.add((await ask(origin + logoIn((await ask(`${url}/sign-in`)).body))).body)
  }
  expect(drawings.size).toBe(handles.length)
})

test('a page that is not there is the organization’s own, too', async () => {
  for (const handle of handles) {
    const address = addressIn(handle)
    const { status, body } = await new Caller(address).see('/nothing-here')
    expect(status).toBe(404)
    wearsTheBrand(address, localesOf(handle)[0] ?? '', body)
    hidesAllOthers(address, body)
  }
})
