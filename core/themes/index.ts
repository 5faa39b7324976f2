/**
 * Themes owns how an organization looks: the base theme of the build, what organizations publish over it, the one
 * resolver, the checks, and the pictures and typefaces that pages and emails show. Calls documents, organizations and
 * texts; called by emails and the pages.
 */
import { readFile } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import type { Actor } from '#core/authority/contract'
import { publish, published } from '#core/documents'
import { checkTextsFiles, publishTexts } from '#core/texts'
import type { Tx } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { processState } from '#platform/process'
import { checkTheme } from './checks.ts'
import {
  type AssetName,
  failures,
  type ResolvedTheme,
  type Scheme,
  type ThemeDocument,
  type ThemeProblem,
} from './contract.ts'
import { type Brand, buildRoot, readBrand } from './folder.ts'
import { fontFiles } from './fonts.ts'
import { baseTheme } from './published.ts'
import { resolveSources, type ThemeLayer } from './resolved.ts'
import { drawSvg } from './svg.ts'

export { checkContrast, checkTheme, contrastPairs, measure } from './checks.ts'
export { contrast } from './colors.ts'
export { readBrand } from './folder.ts'
export { baseTheme, layersAbove, rereadBaseTheme, resolve } from './published.ts'
export { resolveSources, type ThemeLayer } from './resolved.ts'
export { themeJsonSchema } from './schema.ts'

registerStatuses(failures)

/** The drawing for one scheme, with that scheme's colours written in; null where the theme has none. */
export function asset(theme: ResolvedTheme, name: AssetName, scheme: Scheme): string | null {
  const picture = theme.assets[name]
  return picture === null ? null : drawSvg(picture[scheme], theme.colors, scheme)
}

const widest = 1600

/** The same as PNG, for emails and for browsers that want one. Drawn once and kept for a while. */
export async function png(
  theme: ResolvedTheme,
  name: AssetName,
  scheme: Scheme,
  width: number,
): Promise<Buffer | null> {
  const svg = asset(theme, name, scheme)
  if (svg === null) return null
  const pixels = Math.min(Math.max(Math.round(width), 16), widest)
  const kept = processState('themes.png', () => new LRUCache<string, Promise<Buffer>>({ max: 200 }))
  const key = `${theme.version} ${name} ${scheme} ${pixels}`
  const known = kept.get(key)
  if (known) return known
  const drawing = draw(svg, pixels)
  kept.set(key, drawing)
  drawing.catch(() => kept.delete(key))
  return drawing
}

async function draw(svg: string, width: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const natural = (await sharp(Buffer.from(svg)).metadata()).width ?? width
  // Drawn at the size it is wanted in: a small drawing enlarged afterwards would be blurred.
  const density = Math.min(Math.max((72 * width) / natural, 18), 2400)
  return sharp(Buffer.from(svg), { density, limitInputPixels: 4096 * 4096 })
    .resize({ width })
    .png()
    .toBuffer()
}

/** A typeface by the name it is served under, from the list of those that may be; null for everything else. */
export async function font(name: string): Promise<Buffer | null> {
  const path = processState('themes.fonts', () => fontFiles(buildRoot())).get(name)
  return path === undefined ? null : readFile(path)
}

export type Prepared = {
  theme: ThemeDocument
  texts: ReturnType<typeof checkTextsFiles>['words']
  problems: ThemeProblem[]
}

/** Reads and checks a brand's folder. `above` are the layers it will inherit from, which decides about contrast. */
export async function prepareFolder(folder: string, above: ThemeLayer[] = []): Promise<Prepared> {
  const brand: Brand | null = await readBrand(folder)
  if (!brand) return fail('themes.unknown_folder')
  const texts = checkTextsFiles(brand.texts)
  const problems = [...brand.problems, ...texts.problems.map((found) => ({ ...found, severity: 'error' as const }))]
  // A theme with unreadable fields cannot be resolved; its other mistakes are enough to go on with.
  if (problems.every(({ severity }) => severity !== 'error')) {
    const layers = [...above, { organizationId: 'this', document: brand.theme }]
    problems.push(...checkTheme(resolveSources(baseTheme(), layers)))
  }
  return { theme: brand.theme, texts: texts.words, problems }
}

/** Publishes what was prepared; refused whole where a check found an error. Unchanged parts stay as they are. */
export async function pushPrepared(tx: Tx, by: Actor, prepared: Prepared, note?: string): Promise<{ changed: number }> {
  const errors = prepared.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) fail('themes.invalid', undefined, { problems: errors })
  const before = await published(tx, 'theme', 'theme')
  let changed = await publishTexts(tx, by, prepared.texts, note)
  if (!before || canonical(before.body) !== canonical(prepared.theme)) {
    await publish(tx, by, 'theme', 'theme', prepared.theme, note)
    changed += 1
  }
  return { changed }
}

/**
 * A brand's folder into an organization, in one go. Where it matters how long the transaction is open, and to check
 * against what will be inherited: prepareFolder(folder, await layersAbove(id)) first, then pushPrepared in it.
 */
export async function pushFolder(
  tx: Tx,
  by: Actor,
  folder: string,
  above: ThemeLayer[] = [],
): Promise<{ changed: number }> {
  return pushPrepared(tx, by, await prepareFolder(folder, above))
}

/** The order of keys in jsonb is the database's own. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, child]) => child !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`)
    .join(',')}}`
}
