import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceOf } from '#platform/device'
import {
  chooseLocale,
  MailOrder,
  messageIdOf,
  oneLine,
  standingAddress,
  tidyText,
  withoutMarksAroundCodes,
} from './rules.ts'

describe('the language of a mail', () => {
  const wish = { offered: ['en', 'de-AT'], stored: null, asked: undefined, isSecurity: false }
  it.each([
    ['what the person chose', { stored: 'de-AT', asked: 'en' }, 'de-AT'],
    ['a form of it that is offered', { stored: 'de', asked: 'en' }, 'de-AT'],
    ['the language of what is chosen', { offered: ['en', 'de'], stored: 'de-CH' }, 'de'],
    ['the page, where what was chosen is not offered', { stored: 'ar', asked: 'de-AT' }, 'de-AT'],
    ['the page, where nothing was chosen', { asked: 'de' }, 'de-AT'],
    ['the first that is offered, where the page speaks another', { asked: 'ar' }, 'en'],
    ['the first that is offered, where nothing is known', {}, 'en'],
    ['English, where nothing is offered', { offered: [] }, 'en'],
    ['for safety what was chosen, though it is not offered', { stored: 'ar', asked: 'de', isSecurity: true }, 'ar'],
    ['for safety nothing that we do not speak', { stored: 'fi', asked: 'de', isSecurity: true }, 'de-AT'],
  ])('is %s', (_, given, expected) => {
    expect(chooseLocale({ ...wish, ...given })).toBe(expected)
  })
})

describe('the address of a link', () => {
  const root = { parentId: null }
  const child = { parentId: 'org_root' }
  it.each([
    [
      'a proven domain',
      { form: 'domain', host: 'a.example' },
      child,
      ['a.example'],
      { form: 'domain', host: 'a.example' },
    ],
    ['a domain that was given up', { form: 'domain', host: 'a.example' }, child, ['b.example'], { form: 'path' }],
    ['a domain of the root that was given up', { form: 'domain', host: 'a.example' }, root, [], { form: 'root' }],
    ['the path', { form: 'path' }, child, [], { form: 'path' }],
    ['the name', { form: 'name' }, child, [], { form: 'name' }],
    ['the root', { form: 'root' }, root, [], { form: 'root' }],
    ['the path of what became the root', { form: 'path' }, root, [], { form: 'root' }],
    ['the root address of what is below it', { form: 'root' }, child, [], { form: 'path' }],
  ] as const)('%s', (_, address, organization, hosts, expected) => {
    expect(standingAddress(address, organization, hosts)).toEqual(expected)
  })
})

describe('one line', () => {
  it.each([
    ['Ada\r\nBcc: evil@example.com', 'Ada Bcc: evil@example.com'],
    ['  a \t b\u0000c  ', 'a b c'],
    ['Ada\u202Eadeneb', 'Ada adeneb'],
    ['a\u2028b\u2029c\u0085d', 'a b c d'],
    ['zero\u200Bwidth\uFEFF', 'zero width'],
    ['Sørensen', 'Sørensen'],
    ['يارا', 'يارا'],
  ])('%j reads %j', (given, expected) => expect(oneLine(given)).toBe(expected))

  it('is one line whatever comes, and no longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const line = oneLine(text, 50)
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect([...line].length).toBeLessThanOrEqual(50)
      }),
    )
  })
})

describe('an order', () => {
  const good = { to: { email: 'a@b.example' }, organizationId: 'org_a', address: { form: 'path' } }
  it.each([
    ['one recipient', { ...good, to: { email: 'a@b.example', cc: 'c@d.example' } }],
    ['a recipient', { ...good, to: undefined }],
    ['an address', { ...good, address: { form: 'elsewhere' } }],
    ['a moment', { ...good, data: { at: 'yesterday' } }],
  ])('needs %s', (_, order) => expect(MailOrder.safeParse(order).success).toBe(false))
  it('is what login puts into the outbox', () => expect(MailOrder.safeParse(good).success).toBe(true))
})

it('a code in Arabic words is digits alone, a name keeps its marks', () => {
  expect(withoutMarksAroundCodes('رمز \u2068482913\u2069 لدى \u2068Alpine\u2069')).toBe(
    'رمز 482913 لدى \u2068Alpine\u2069',
  )
})

it('the plain text has no more than one empty line and ends with a line', () => {
  expect(tidyText('a \u200a\n\u00a0\n\n\nb\n\n')).toBe('a\n\nb\n')
})

it('a Message-ID belongs to the row and to the sender', () => {
  expect(messageIdOf('out_1', 'no-reply@mail.example')).toBe('<out_1@mail.example>')
})

describe('a device', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit'
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox', 'Windows'],
    [`${mac}/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`, 'Safari', 'macOS'],
    [`${mac}/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36`, 'Chrome', 'macOS'],
    [`${mac}/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0`, 'Edge', 'macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1',
      'Chrome',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet',
      'Android',
    ],
    ['curl/8.5.0', null, null],
    ['<script>alert(1)</script>', null, null],
    ['', null, null],
  ])('%s', (agent, browser, system) => expect(deviceOf(agent)).toEqual({ browser, system }))
})
