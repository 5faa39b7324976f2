import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { baseWords } from './base.ts'
import { builtInLocales, textKey } from './contract.ts'
import { compile, formattingLocale, type Shape } from './messages.ts'
import { checkTexts, directionOf, fallbackOf, textsOf, type Words } from './rules.ts'

const read = (brand: string, locale: string) =>
  JSON.parse(readFileSync(join('themes', brand, 'texts', `${locale}.json`), 'utf8')) as Record<string, string>
const base = baseWords()
const builtIn = (locale: string) => base.get(locale) as Record<string, string>
const english = builtIn('en')
const plainShape = ({ arguments: names, tags }: Shape) => ({
  arguments: [...names].map(([name, { kind }]) => `${name}:${kind}`).sort(),
  tags: [...tags].sort(),
})
const pluralsOf = (message: string) =>
  [...message.matchAll(/plural,((?:[^{}]|\{[^{}]*\})*)\}/g)].map((match) => match[1] ?? '')
const texts = (locale: string, layers: Parameters<typeof textsOf>[0]['layers'] = [], organizationDefault = 'en') =>
  textsOf({ locale, organizationDefault, layers, base, version: 'test' })
const layer = (organizationId: string, words: Record<string, Words>) => ({
  organizationId,
  words: new Map(Object.entries(words)),
})

describe.each([...builtInLocales])('the built-in words in %s', (locale) => {
  const words = builtIn(locale)
  it('have the same keys as English, in the same order', () => {
    expect(Object.keys(words)).toEqual(Object.keys(english))
    for (const key of Object.keys(words)) expect(key).toMatch(textKey)
  })
  it('parse, and ask for the same values and tags as English', () => {
    for (const [key, message] of Object.entries(words)) {
      const shape = plainShape(compile(message, locale, false).shape)
      expect(shape, key).toEqual(plainShape(compile(english[key] ?? '', 'en', false).shape))
      expect(message.trim(), key).toBe(message)
      expect(message, key).not.toBe('')
    }
  })
  it('have every plural form that the language knows', () => {
    const forms = new Intl.PluralRules(formattingLocale(locale)).resolvedOptions().pluralCategories
    for (const [key, message] of Object.entries(words)) {
      for (const plural of pluralsOf(message))
        for (const form of forms) expect(plural, `${key} ${form}`).toMatch(new RegExp(`\\b${form}\\s*\\{`))
    }
  })
  it('are written with curly apostrophes and without three dots', () => {
    for (const [key, message] of Object.entries(words)) {
      expect(message, key).not.toMatch(/'|\.\.\./)
      expect(message, key).not.toMatch(/ {2}/)
    }
  })
})

it('every text that a page asks for by name exists', () => {
  const asked = new Map<string, string>()
  for (const folder of ['app', 'ui', 'web', 'server', 'core']) {
    for (const path of sources(folder)) {
      for (const [, key] of readFileSync(path, 'utf8').matchAll(/\b(?:t|rich)\(\s*'([a-z0-9._-]+)'/g))
        if (key) asked.set(key, path)
    }
  }
  const missing = [...asked].filter(([key]) => !Object.hasOwn(english, key)).map(([key, path]) => `${key} in ${path}`)
  expect(missing).toEqual([])
})
function sources(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

describe('brands', () => {
  const brands = readdirSync('themes', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'base',
  )
  it.each(brands.map(({ name }) => name))('%s overrides only what exists, with the same placeholders', (brand) => {
    for (const file of readdirSync(join('themes', brand, 'texts')).filter((name) => name.endsWith('.json'))) {
      const { problems } = checkTexts(
        JSON.parse(readFileSync(join('themes', brand, 'texts', file), 'utf8')),
        `${brand} ${file}`,
        english,
      )
      expect(problems).toEqual([])
    }
  })
  it('below Skyway say in their own words whatever Skyway says in its own', () => {
    for (const locale of builtInLocales) {
      for (const brand of ['alpine', 'pacifica', 'sahel'])
        expect(Object.keys(read(brand, locale)), `${brand} ${locale}`).toEqual(
          expect.arrayContaining(Object.keys(read('skyway', locale))),
        )
    }
  })
  it('Lisbon has one text of its own', () => {
    expect(read('pacifica-lisbon', 'pt')).toEqual({ 'sign-in.title': 'Bem-vindo a Lisboa' })
  })
})

describe('fallback', () => {
  it.each([
    ['de-AT', 'pt', ['de-AT', 'de', 'pt', 'en']],
    ['en', 'en', ['en']],
    ['zh-Hant-TW', 'de-CH', ['zh-Hant-TW', 'zh-Hant', 'zh', 'de-CH', 'de', 'en']],
  ])('%s with default %s', (locale, organizationDefault, expected) => {
    expect(fallbackOf(locale, organizationDefault)).toEqual(expected)
  })
  it('goes to the language, the organization’s default, English, and never shows a key', () => {
    expect(texts('de-AT').t('sign-in.submit')).toBe('Anmelden')
    expect(texts('fr', [], 'pt').t('sign-in.submit')).toBe('Entrar')
    expect(texts('fr').t('sign-in.submit')).toBe('Sign in')
    expect(texts('fr').t('no.such.key')).toBe('')
    expect(texts('fr').has('no.such.key')).toBe(false)
    expect(texts('en').t('constructor')).toBe('')
  })
  it('knows directions', () => {
    expect(['ar', 'ar-EG', 'he', 'de', 'en'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'ltr'])
  })
})

describe('overrides', () => {
  const root = layer('org_root', {
    en: { 'sign-in.title': 'Root', 'sign-in.lead': 'Root lead' },
    'de-AT': { 'sign-in.title': 'Servus' },
  })
  const child = layer('org_child', { en: { 'sign-in.title': 'Child', 'sign-in.lead': null } })
  it('are inherited key by key, the nearest wins', () => {
    expect(texts('en', [root, child]).t('sign-in.title')).toBe('Child')
    expect(texts('en', [root]).t('sign-in.title')).toBe('Root')
    expect(texts('de-AT', [root, child]).t('sign-in.title')).toBe('Servus')
    expect(texts('de', [root, child]).t('sign-in.title')).toBe('Anmelden')
  })
  it('null goes back to the built-in words', () => {
    expect(texts('en', [root, child]).t('sign-in.lead', { organization: 'X' })).toBe('Use your X account.')
  })
  it('that cannot be read are passed over', () => {
    expect(texts('en', [layer('org_a', { en: { 'sign-in.title': '{broken' } })]).t('sign-in.title')).toBe('Sign in')
  })
  it.each([
    ['a placeholder that is never filled', { 'sign-in.title': '{secret}' }, 'texts.unknown_placeholder'],
    ['a tag that means nothing', { 'sign-in.title': '<script>x</script>' }, 'texts.unknown_tag'],
    ['a message that does not parse', { 'sign-in.title': '{a' }, 'texts.syntax'],
    ['a key that does not exist', { 'no.such': 'x' }, 'texts.unknown_key'],
    ['a name read as a date', { 'sign-in.lead': '{organization, date, long}' }, 'texts.placeholder_kind'],
    ['a turned direction', { 'sign-in.title': 'a\u202eb' }, 'texts.field'],
    ['a control character', { 'sign-in.title': 'a\u0000b' }, 'texts.field'],
    ['a text of many pages', { 'sign-in.title': 'x'.repeat(2001) }, 'texts.field'],
    ['a key that is no key', { 'Sign In': 'x' }, 'texts.field'],
    ['a number', { 'sign-in.title': 5 }, 'texts.field'],
    ['a list', ['x'], 'texts.field'],
  ])('%s is refused', (_, value, code) => {
    expect(checkTexts(value, 'texts/en.json', english).problems[0]?.code).toBe(code)
  })
})

describe('messages', () => {
  it('count in every language', () => {
    const count = (locale: string, minutes: number) => texts(locale).t('failure.login.too_many_tries', { minutes })
    expect(count('en', 1)).toContain('Wait 1 minute,')
    expect(count('de', 3)).toContain('3 Minuten')
    expect(count('ar', 2)).toContain('دقيقتين')
    expect(count('ar', 5)).toContain('5 دقائق')
    expect(count('ar', 15)).toContain('15 دقيقة')
  })
  it('keep Latin values apart inside Arabic', () => {
    expect(texts('ar').t('account.lead', { organization: 'Alpine Air' })).toContain('\u2068Alpine Air\u2069')
    expect(texts('en').t('account.lead', { organization: 'Alpine Air' })).toBe('Your account at Alpine Air.')
  })
  it('draw tags, and drop those nobody draws', () => {
    const { rich, t } = texts('en')
    const drawn = rich('failure.login.wrong_credentials', {}, { reset: (chunks) => ({ link: chunks.join('') }) })
    expect(drawn).toEqual(['That email and password don’t match. Try again or ', { link: 'reset your password' }, '.'])
    expect(t('failure.login.wrong_credentials')).toBe(
      'That email and password don’t match. Try again or reset your password.',
    )
  })
  it('never throw at the reader', () => {
    for (const locale of builtInLocales)
      for (const key of Object.keys(english)) expect(texts(locale).t(key), key).not.toBe('')
    expect(texts('en').t('security.password.changed', { at: 'nonsense' })).toBeTypeOf('string')
  })
  it('never read markup from a value', () => {
    expect(
      texts('en').rich('verify.lead', { email: '<b>x</b>', organization: '{y}' }, { b: (chunks) => ({ b: chunks }) }),
    ).toEqual(['This proves that ', { b: ['<b>x</b>'] }, ' is yours. Then your account at {y} is ready.'])
  })
})
