/** The built-in words: files of the build, one per language, read once. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processState } from '#platform/process'
import { builtInLocales } from './contract.ts'
import type { Words } from './rules.ts'

type Base = { words: ReadonlyMap<string, Words> }

function read(): ReadonlyMap<string, Words> {
  const directory = join(/* turbopackIgnore: true */ process.cwd(), 'themes', 'base', 'texts')
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
  const words = new Map(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(directory, name), 'utf8')) as Words,
    ]),
  )
  for (const locale of builtInLocales)
    if (!words.has(locale)) throw new Error(`themes/base/texts/${locale}.json is missing`)
  return words
}

const state = () => processState<Base>('texts.base', () => ({ words: read() }))

export const baseWords = (): ReadonlyMap<string, Words> => state().words

/** While somebody edits the files: the next page shows what they wrote. */
export function rereadBase(): void {
  state().words = read()
}
