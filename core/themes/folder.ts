/**
 * A brand's folder as designers keep it: theme.json, pictures beside it, texts/<locale>.json. Read by an allow-list of
 * names and with limits, checked whole, so that a designer hears of every mistake at once.
 */
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { localeName } from '#core/texts/contract'
import {
  type AssetName,
  assetNames,
  type ThemeAsset,
  type ThemeDocument,
  type ThemeProblem,
  ThemeSource,
} from './contract.ts'
import { longForm } from './rules.ts'
import { checkSvg } from './svg.ts'

const jsonLimit = 256 * 1024

/** The folder of everything that comes with the build. Relative to where the process stands: bundlers move modules. */
export const buildRoot = (): string => /* turbopackIgnore: true */ process.cwd()

export type Brand = {
  theme: ThemeDocument
  /** Texts by locale, parsed but not yet checked: that is the business of `texts`. */
  texts: Map<string, unknown>
  problems: ThemeProblem[]
}

const brandName = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** A name is a brand that comes with the build; anything else is a path. */
export function folderOf(folder: string): string {
  return brandName.test(folder) ? join(buildRoot(), 'themes', folder) : resolve(folder)
}

const error = (code: string, at: string, message: string): ThemeProblem => ({ code, severity: 'error', at, message })

/** The text of a plain file, or null where there is none. Links are not followed out of a brand's folder. */
async function textOf(path: string, limit: number, at: string, problems: ThemeProblem[]): Promise<string | null> {
  const found = await lstat(path).catch(() => null)
  if (!found) return null
  if (!found.isFile()) problems.push(error('themes.file', at, `${at} is not a plain file`))
  else if (found.size > limit)
    problems.push(error('themes.file_too_large', at, `${at} is larger than ${limit / 1024} KB`))
  else return readFile(path, 'utf8')
  return null
}

async function jsonOf(path: string, at: string, problems: ThemeProblem[]): Promise<unknown> {
  const text = await textOf(path, jsonLimit, at, problems)
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    problems.push(
      error('themes.json', at, `${at} is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`),
    )
    return undefined
  }
}

async function assetOf(directory: string, name: AssetName, problems: ThemeProblem[]): Promise<ThemeAsset | null> {
  const read = async (file: string) => {
    // A byte more than the limit of a drawing, so that the drawing's own check can say so.
    const text = await textOf(join(directory, file), 1024 * 1024, file, problems)
    if (text === null) return null
    const checked = checkSvg(text, file)
    problems.push(...checked.problems)
    return checked.svg
  }
  const light = await read(`${name}.svg`)
  const dark = await read(`${name}-dark.svg`)
  if (light === null) {
    if (dark !== null)
      problems.push(error('themes.asset_pair', `${name}-dark.svg`, `${name}-dark.svg needs ${name}.svg beside it`))
    return null
  }
  return { light, dark: dark ?? light }
}

export function checkSource(value: unknown, at = 'theme.json'): { document: ThemeDocument; problems: ThemeProblem[] } {
  const parsed = ThemeSource.safeParse(value)
  if (parsed.success) return { document: longForm(parsed.data), problems: [] }
  const problems = parsed.error.issues.map((issue) => {
    const field = issue.path.join('.')
    const message =
      issue.code === 'invalid_union' ? 'a colour is "#rrggbb" or { "light": …, "dark": … }' : issue.message
    return error('themes.field', field === '' ? at : field, `${at}${field === '' ? '' : ` ${field}`}: ${message}`)
  })
  return { document: {}, problems }
}

export async function readBrand(folder: string): Promise<Brand | null> {
  const directory = folderOf(folder)
  const found = await lstat(directory).catch(() => null)
  if (!found?.isDirectory()) return null
  const problems: ThemeProblem[] = []
  const source = await jsonOf(join(directory, 'theme.json'), 'theme.json', problems)
  const { document, problems: fields } = checkSource(source ?? {})
  problems.push(...fields)
  const asset: NonNullable<ThemeDocument['asset']> = { ...document.asset }
  for (const name of assetNames) {
    const picture = await assetOf(directory, name, problems)
    if (picture !== null) asset[name] = picture
  }
  const theme = Object.keys(asset).length === 0 ? document : { ...document, asset }
  return { theme, texts: await readTexts(directory, problems), problems }
}

async function readTexts(directory: string, problems: ThemeProblem[]): Promise<Map<string, unknown>> {
  const texts = new Map<string, unknown>()
  const names = await readdir(join(directory, 'texts')).catch(() => [])
  for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
    const locale = name.slice(0, -'.json'.length)
    const at = `texts/${name}`
    if (!localeName.safeParse(locale).success) {
      problems.push(error('texts.locale', at, `${at} is not named by a language tag such as de or de-AT`))
      continue
    }
    const value = await jsonOf(join(directory, 'texts', name), at, problems)
    if (value !== undefined) texts.set(locale, value)
  }
  return texts
}
