// What a brand looks and sounds like, read from the designers' files alone: so that what the pages show is held against
// what was asked for, and not against what the product made of it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DemoOrganization, organizations } from '#demo/world'

type Scheme = 'light' | 'dark'
type Colors = Record<string, Partial<Record<Scheme, string>>>
type ThemeFile = { name?: string; color?: Record<string, unknown>; contact?: Record<string, string> }
type Words = Record<string, string>

const folder = join(import.meta.dirname, '../../../themes')
const schemes = ['light', 'dark'] as const
const hex = /^#[0-9a-f]{6}$/

const read = <T>(path: string, otherwise: T): T => {
  const file = join(folder, path)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise
}

const organizationOf = (handle: string): DemoOrganization => {
  const found = organizations.find((organization) => organization.handle === handle)
  if (!found) throw new Error(`there is no organization ${handle}`)
  return found
}

/** Handles from the root down to the organization itself. */
const chainOf = (handle: string): string[] => {
  const { parent } = organizationOf(handle)
  return [...(parent === null ? [] : chainOf(parent)), handle]
}

const colorsIn = ({ color = {} }: ThemeFile): Colors =>
  Object.fromEntries(
    Object.entries(color).map(([key, value]) => {
      const pair = typeof value === 'string' ? { light: value, dark: value } : (value as Record<string, unknown>)
      return [key, Object.fromEntries(schemes.map((scheme) => [scheme, String(pair[scheme])]))]
    }),
  )

/** Field by field, the nearest one wins. */
const along = <T>(layers: Record<string, T>[]): Record<string, T> => Object.assign({}, ...layers)

const themeFiles = (handle: string): ThemeFile[] =>
  ['base', ...chainOf(handle)].map((name) => read<ThemeFile>(`${name}/theme.json`, {}))

const hexesIn = (colors: Colors): string[] =>
  Object.values(colors)
    .flatMap((pair) => Object.values(pair))
    .filter((value) => hex.test(value))

export const colorsOf = (handle: string): Colors => along(themeFiles(handle).map(colorsIn))

export const primaryOf = (handle: string): Record<Scheme, string> => {
  const { light = '', dark = '' } = colorsOf(handle).primary ?? {}
  return { light, dark }
}

/** The words that a brand has for a key in a language, its own or the nearest above it. */
export const wordsOf = (handle: string, locale: string): Words =>
  along(chainOf(handle).map((name) => read<Words>(`${name}/texts/${locale}.json`, {})))

const consoleWordsOf = (locale: string): Words[] =>
  readdirSync(join('themes', 'base', 'texts', locale)).map((file) => read<Words>(`base/texts/${locale}/${file}`, {}))

export const baseWordsOf = (locale: string): Words =>
  Object.assign({}, read<Words>(`base/texts/${locale}.json`, {}), ...consoleWordsOf(locale))

export const localesOf = (handle: string): string[] => organizationOf(handle).locales
export const nameOf = (handle: string): string => organizationOf(handle).name

/** What is legitimately inherited from: the ancestors below the root, whose brand a child wears. */
const wornBy = (handle: string): string[] => chainOf(handle).filter((name) => organizationOf(name).parent !== null)

const ofOthers = (handle: string): string[] =>
  organizations.map(({ handle: other }) => other).filter((other) => other !== handle)

/** Nobody's own: what stands on a strong colour is one of them. */
const plainColors = ['#ffffff', '#000000']

/** Colours that other brands have and this one has not. */
export const foreignColors = (handle: string): string[] => {
  const own = new Set([...hexesIn(colorsOf(handle)), ...plainColors])
  const others = ofOthers(handle).flatMap((other) => hexesIn(colorsIn(read<ThemeFile>(`${other}/theme.json`, {}))))
  return [...new Set(others)].filter((color) => !own.has(color))
}

/** Words of other brands, in any language, that this one does not have. */
export const foreignWords = (handle: string): string[] => {
  const locales = ['en', 'de', 'pt', 'ar']
  const own = new Set(
    locales.flatMap((locale) => [...Object.values(wordsOf(handle, locale)), ...Object.values(baseWordsOf(locale))]),
  )
  const others = ofOthers(handle).flatMap((other) =>
    locales.flatMap((locale) => Object.values(read<Words>(`${other}/texts/${locale}.json`, {}))),
  )
  return [...new Set(others)].filter((words) => !own.has(words) && !words.includes('{'))
}

/** Names, handles and addresses of others: none of them may stand anywhere in a page. */
export const foreignNames = (handle: string): string[] => {
  const worn = wornBy(handle)
  return ofOthers(handle).flatMap((other) => {
    const { contact = {}, name } = read<ThemeFile>(`${other}/theme.json`, {})
    const names = [nameOf(other), ...(name ? [name] : [])]
    return worn.includes(other) ? names : [...names, other, ...Object.values(contact)]
  })
}

/** Whether a name stands in a text as a word of its own: `pacifica` does not stand in `pacifica-lisbon`. */
export const mentions = (text: string, name: string): boolean => {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_-])${literal}(?![\\p{L}\\p{N}_-])`, 'iu').test(text)
}
