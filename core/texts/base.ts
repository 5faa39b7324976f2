/**
 * The built-in words: files of the build, read once. A language is `<locale>.json` and whatever stands in a folder of the
 * same name, one file for each part of the product that most translators never open.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processState } from '#platform/process'
import { builtInLocales } from './contract.ts'
import type { Words } from './rules.ts'

type Base = { words: ReadonlyMap<string, Words> }

const folder = join(/* turbopackIgnore: true */ process.cwd(), 'themes', 'base', 'texts')

const parts = (locale: string): string[] => {
  const below = join(/* turbopackIgnore: true */ folder, locale)
  if (!existsSync(below)) return []
  return readdirSync(below).flatMap((name) => (name.endsWith('.json') ? [join(below, name)] : []))
}

const readWords = (locale: string): Words => {
  const words: Words = {}
  for (const file of [join(/* turbopackIgnore: true */ folder, `${locale}.json`), ...parts(locale)]) {
    for (const [key, word] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Words)) {
      if (Object.hasOwn(words, key)) throw new Error(`${locale}: ${key} is written twice`)
      words[key] = word
    }
  }
  return words
}

function read(): ReadonlyMap<string, Words> {
  const locales = readdirSync(folder).flatMap((name) =>
    name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [],
  )
  for (const locale of builtInLocales)
    if (!locales.includes(locale)) throw new Error(`themes/base/texts/${locale}.json is missing`)
  return new Map(locales.map((locale) => [locale, readWords(locale)]))
}

const state = () => processState<Base>('texts.base', () => ({ words: read() }))

export const baseWords = (): ReadonlyMap<string, Words> => state().words

/** While somebody edits the files: the next page shows what they wrote. */
export function rereadBase(): void {
  state().words = read()
}
