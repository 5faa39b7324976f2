import { describe, expect, it } from 'vitest'
import { askedLocale, localeOf, schemeOf } from './preferences.ts'

const offered = ['en', 'de', 'pt']
const language = (acceptLanguage?: string, cookie?: string, asked: string | null = null) =>
  localeOf(offered, { asked, cookie, acceptLanguage })

describe('the language of a page', () => {
  it.each([
    [undefined, 'en'],
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr;q=1, pt-BR;q=0.5, de;q=0.4', 'pt'],
    ['fr', 'en'],
    ['*', 'en'],
    ['en;q=0.1,de;q=0.2', 'de'],
    ['not a language,,;;q=x', 'en'],
    ['de'.repeat(1000), 'en'],
    ['\u0000', 'en'],
  ])('%s → %s', (header, expected) => expect(language(header)).toBe(expected))

  it('is what the browser has chosen before what it prefers', () => {
    expect(language('de', 'a=b; livery-locale=pt')).toBe('pt')
    expect(language('de', 'livery-locale=ar')).toBe('de')
    expect(language('de', 'livery-locale=')).toBe('de')
  })
  it('is what the address asks for before everything', () => {
    expect(language('de', 'livery-locale=pt', 'en')).toBe('en')
  })
  it('is the only one where one is offered', () => {
    expect(localeOf(['ar'], { asked: null, cookie: 'livery-locale=en', acceptLanguage: 'en' })).toBe('ar')
  })
})

describe('ui_locales', () => {
  it.each([
    ['de', 'de'],
    ['fr de-CH en', 'de'],
    ['DE', 'de'],
    ['ar', null],
    ['', null],
    [null, null],
    ['constructor', null],
  ])('%s → %s', (asked, expected) => expect(askedLocale(offered, asked)).toBe(expected))
})

it('the scheme is one of three, or nobody has chosen', () => {
  expect(schemeOf('livery-scheme=dark')).toBe('dark')
  expect(schemeOf('livery-scheme=pink')).toBeNull()
  expect(schemeOf(undefined)).toBeNull()
})
