/** What is kept in memory of themes: each organization's published one, and what comes out along a chain. */
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { published } from '#core/documents'
import { directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { baseWords, remembered, textsVersion, untilHeard } from '#core/texts'
import { fail } from '#platform/failure'
import { processState } from '#platform/process'
import { assetNames, type ResolvedTheme, type ThemeDocument } from './contract.ts'
import { buildRoot, checkSource } from './folder.ts'
import { resolveSources, type ThemeLayer } from './resolved.ts'
import { checkSvg } from './svg.ts'

type Published = { document: ThemeDocument | null; version: number }

export const publishedTheme = remembered<Published>('theme', async (tx) => {
  const found = await published(tx, 'theme', 'theme')
  return found ? { document: found.body as ThemeDocument, version: found.version } : { document: null, version: 0 }
})

/** The base theme comes with the build; a mistake in it is a mistake of ours and stops the process. */
function readBase(): ThemeDocument {
  const directoryOfBase = join(buildRoot(), 'themes', 'base')
  const { document, problems } = checkSource(JSON.parse(readFileSync(join(directoryOfBase, 'theme.json'), 'utf8')))
  const asset: NonNullable<ThemeDocument['asset']> = {}
  for (const name of assetNames) {
    const path = join(directoryOfBase, `${name}.svg`)
    if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) continue
    const checked = checkSvg(readFileSync(path, 'utf8'), `${name}.svg`)
    problems.push(...checked.problems)
    if (checked.svg !== null) asset[name] = { light: checked.svg, dark: checked.svg }
  }
  if (problems.length > 0)
    throw new Error(`the base theme is broken: ${problems.map(({ message }) => message).join('; ')}`)
  return { ...document, asset }
}

const base = () => processState<{ document: ThemeDocument }>('themes.base', () => ({ document: readBase() }))
export const baseTheme = (): ThemeDocument => base().document

/** While somebody edits the files: the next page shows what they drew. */
export function rereadBaseTheme(): void {
  base().document = readBase()
  resolved().clear()
}

const resolved = () => processState('themes.resolved', () => new LRUCache<string, ResolvedTheme>({ max: 500 }))

/** What a new theme of this organization would inherit from. Call it before a transaction is opened. */
export async function layersAbove(organizationId: string): Promise<ThemeLayer[]> {
  const above = directory().chain(organizationId).slice(0, -1)
  const themes = await Promise.all(above.map(({ id }) => publishedTheme(id)))
  return layersOf(
    above.map(({ id }) => id),
    themes,
  )
}

const layersOf = (ids: string[], themes: Published[]): ThemeLayer[] =>
  themes.flatMap(({ document }, index) => {
    const organizationId = ids[index]
    return document && organizationId ? [{ organizationId, document }] : []
  })

const present = untilHeard<ResolvedTheme>('theme', 2000)

/** The theme of an organization, as it is at this moment. */
export async function resolve(organizationId: string): Promise<ResolvedTheme> {
  const chain = directory().chain(organizationId)
  return present(organizationId, [baseTheme(), baseWords(), ...chain], () => made(organizationId, chain))
}

/** Kept under the versions it was made of, so nothing has to be thrown away: a change is another key. */
async function made(organizationId: string, chain: Organization[]): Promise<ResolvedTheme> {
  const organization = chain.at(-1)
  if (!organization) return fail('organizations.unknown')
  const themes = await Promise.all(chain.map(({ id }) => publishedTheme(id)))
  // Words and the organization's own settings change the bytes of its pages as well.
  const alsoCovers = `${await textsVersion(organizationId)} ${organization.id}@${organization.version}`
  const key = `${themes.map(({ version }, index) => `${chain[index]?.id}@${version}`).join(' ')} | ${alsoCovers}`
  const known = resolved().get(key)
  if (known) return known
  const layers = layersOf(
    chain.map(({ id }) => id),
    themes,
  )
  const theme = resolveSources(baseTheme(), layers, alsoCovers)
  resolved().set(key, theme)
  return theme
}
