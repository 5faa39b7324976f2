import { describe, expect, it } from 'vitest'
import { builtInLocales } from '#core/texts/contract'
import { smsTemplates } from './contract.ts'
import { checkSmsWords } from './overrides.ts'
import { boundLine, isServed, masked, prefixOf, segmentsOf, shortName } from './rules.ts'
import { builtIn } from './templates.ts'

describe('the parts of a message', () => {
  it.each([
    ['160 old characters', 'a'.repeat(160), 1],
    ['one more', 'a'.repeat(161), 2],
    ['306 in two', 'a'.repeat(306), 2],
    ['307 in three', 'a'.repeat(307), 3],
    ['a euro sign, which takes two places', `${'a'.repeat(159)}€`, 2],
    ['umlauts, which are old characters', 'ä'.repeat(160), 1],
    ['70 of Arabic', 'ر'.repeat(70), 1],
    ['71 of Arabic', 'ر'.repeat(71), 2],
    ['one letter that makes all of them dear', `${'a'.repeat(70)}ç`, 2],
    ['a picture, which is two units', `${'a'.repeat(69)}😀`, 2],
  ])('%s', (_, text, parts) => expect(segmentsOf(text)).toBe(parts))
})

describe('whom a message is sent to', () => {
  it.each([
    ['+4915112345678', true],
    ['+351912345678', true],
    ['+966501234567', true],
    ['+14155552671', true],
    // Satellites and networks of no country.
    ['+88213300020', false],
    ['+883510012345678', false],
    ['+881612345678', false],
    ['+870773111632', false],
    ['+97912345678', false],
    // Premium, personal and shared-cost numbers of countries.
    ['+19005551234', false],
    ['+449098790000', false],
    ['+447012345678', false],
    // Not numbers.
    ['+49', false],
    ['015112345678', false],
    ['+49151123456789012345', false],
    ['+4915112345678;+4915112345679', false],
    ['', false],
  ])('%s: %s', (number, expected) => expect(isServed(number, [])).toBe(expected))

  it('are the countries that are served', () => {
    expect([isServed('+4915112345678', ['DE', 'PT']), isServed('+351912345678', ['DE', 'PT'])]).toEqual([true, true])
    expect(isServed('+14155552671', ['DE'])).toBe(false)
    // Canada and the United States begin alike.
    expect([isServed('+16135550123', ['CA']), isServed('+16135550123', ['US'])]).toEqual([true, false])
  })

  it('lie side by side by country and two digits', () => {
    expect(['+4915112345678', '+351912345678', '+14155552671'].map(prefixOf)).toEqual(['+4915', '+35191', '+141'])
  })
})

describe('what is shown', () => {
  it('of a number is its beginning and its end', () => {
    expect(masked('+4915112345678')).toBe('+49 ··· 78')
    expect(masked('')).toBe('')
  })
  it('of a long name is its beginning', () => {
    expect(shortName('Alpine Air')).toBe('Alpine Air')
    expect(shortName('x'.repeat(80))).toHaveLength(32)
  })
  it('on the last line is the host and the code, as phones read them', () => {
    expect(boundLine('account.alpine.example', '482913')).toBe('@account.alpine.example #482913')
  })
})

describe('words', () => {
  it.each(smsTemplates.flatMap((template) => builtInLocales.map((locale) => [template, locale] as const)))(
    'of %s in %s would pass the checks themselves, and are as many as in English',
    (template, locale) => {
      const words = builtIn()[template].get(locale) ?? {}
      expect(checkSmsWords(`${template}/${locale}`, words).problems).toEqual([])
      const forms = new Intl.PluralRules(locale === 'pt' ? 'pt-PT' : locale).resolvedOptions().pluralCategories
      for (const [, plural = ''] of (words.text ?? '').matchAll(/plural,((?:[^{}]|\{[^{}]*\})*)\}/g))
        for (const form of forms) expect(plural).toMatch(new RegExp(`\\b${form}\\s*\\{`))
      expect(Object.keys(words).toSorted()).toEqual(Object.keys(builtIn()[template].get('en') ?? {}).toSorted())
    },
  )

  it.each([
    ['a code', 'sign-in-code/en', { text: 'Sign in at {organization}.' }, 'sms.code_missing'],
    [
      'a code in every case',
      'sign-in-code/en',
      { text: '{minutes, plural, one {soon} other {{code}}}' },
      'sms.code_missing',
    ],
    ['no link beside it', 'verify-phone/de', { text: '{code} https://evil.example' }, 'sms.link'],
    ['three parts at most', 'sign-in-code/en', { text: `{code} ${'long '.repeat(100)}` }, 'sms.too_long'],
    ['three parts in Arabic too', 'sign-in-code/ar', { text: `{code} ${'ر'.repeat(150)}` }, 'sms.too_long'],
    ['values that are filled', 'sign-in-code/en', { text: '{code} {password}' }, 'texts.unknown_placeholder'],
    ['words that exist', 'sign-in-code/en', { text: '{code}', joke: 'ha' }, 'texts.unknown_key'],
    ['a text', 'sign-in-code/en', { text: 5 }, 'sms.field'],
    ['what can be read', 'sign-in-code/en', { text: '{code' }, 'texts.syntax'],
    ['a message that exists', 'jokes/en', { text: 'ha' }, 'sms.unknown'],
    ['a language', 'sign-in-code/english', { text: '{code}' }, 'sms.unknown'],
  ])('need %s', (_, name, words, code) => {
    expect(checkSmsWords(name, words).problems.map((problem) => problem.code)).toContain(code)
  })

  it('may be taken back', () => {
    expect(checkSmsWords('sign-in-code/en', { text: null })).toEqual({ body: { text: null }, problems: [] })
  })
})
