// The words that come with the build, and Pacifica's: every language says everything, and asks for what there is.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInLocales } from '#core/texts/contract'
import { compile, formattingLocale } from '../texts/messages.ts'
import { emailTemplates } from './contract.ts'
import { checkEmailWords, prepareEmails } from './folder.ts'
import { builtIn } from './templates.ts'

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'))
const wordsOf = (template: string, locale: string): Record<string, string> => {
  const { words, ...rest } = json('email-templates', template, 'texts', `${locale}.json`)
  return { ...rest, ...words }
}
const shapeOf = (message: string, locale: string) => {
  const { arguments: values, tags } = compile(message, locale, false).shape
  return { values: [...values].map(([name, { kind }]) => `${name} ${kind}`).toSorted(), tags: [...tags] }
}
const pluralsOf = (message: string) =>
  [...message.matchAll(/plural,((?:[^{}]|\{[^{}]*\})*)\}/g)].map((match) => match[1] ?? '')

const places: [string, (locale: string) => Record<string, string>][] = [
  ['what all emails share', (locale) => json('email-templates', 'texts', `${locale}.json`)],
  ...emailTemplates.map((template): [string, (locale: string) => Record<string, string>] => [
    template,
    (locale) => wordsOf(template, locale),
  ]),
  ...['welcome', 'recover-password'].map((template): [string, (locale: string) => Record<string, string>] => [
    `${template} of Pacifica`,
    (locale) => {
      const { words, ...rest } = json('themes', 'pacifica', 'emails', template, `${locale}.json`)
      return { ...rest, ...words }
    },
  ]),
]

describe.each(places)('%s', (_, read) => {
  it.each(builtInLocales)('says everything in %s', (locale) => {
    const english = read('en')
    const words = read(locale)
    expect(Object.keys(words)).toEqual(Object.keys(english))
    const forms = new Intl.PluralRules(formattingLocale(locale)).resolvedOptions().pluralCategories
    for (const [key, message] of Object.entries(words)) {
      expect(shapeOf(message, locale), key).toEqual(shapeOf(english[key] ?? '', 'en'))
      expect(message.trim(), key).toBe(message)
      expect(message, key).not.toMatch(/^$|'|\.\.\.| {2}/)
      for (const plural of pluralsOf(message)) {
        for (const form of forms) expect(plural, `${key} ${form}`).toMatch(new RegExp(`\\b${form}\\s*\\{`))
      }
    }
  })
})

describe.each(emailTemplates)('%s', (template) => {
  it('has every word that its drawing says, and none of its own that it does not', () => {
    const { layout, parts, templates } = builtIn()
    const drawn = layout + templates[template].mjml
    const named = [...drawn.matchAll(/<part name="([a-z-]+)"/g)].map(([, name = '']) => parts[name] ?? '')
    const said = new Set([...(drawn + named.join('')).matchAll(/\{\{words\.([a-z-]+)\}\}/g)].map(([, key = '']) => key))
    const known = Object.keys(templates[template].words.get('en') ?? {})
    expect([...said].filter((key) => !known.includes(key))).toEqual([])
    expect(Object.keys(wordsOf(template, 'en')).filter((key) => !said.has(key))).toEqual([])
  })

  it('passes the checks that an organization has to pass', () => {
    for (const locale of builtInLocales) {
      const { problems } = checkEmailWords(
        template,
        json('email-templates', template, 'texts', `${locale}.json`),
        template,
      )
      expect(problems).toEqual([])
    }
  })
})

it('the emails of every brand pass every check', async () => {
  const brands = readdirSync('themes', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { name } of brands) expect((await prepareEmails(name)).problems, name).toEqual([])
})
