/** Pure decisions: the long form of a source, filling what a chain leaves open, and the theme that comes out. */

import { atLightness, hoverOf, inkOn, legible, mix, softOf } from './colors.ts'
import {
  type AssetName,
  artColors,
  assetNames,
  type ColorKey,
  colorKeys,
  type ResolvedTheme,
  type Scheme,
  type SchemePair,
  type semanticColors,
  type ThemeDocument,
  type ThemeSource,
} from './contract.ts'

export const schemes = ['light', 'dark'] as const

type SourceColor = NonNullable<NonNullable<ThemeSource['color']>[ColorKey]>

const following = /^primary@(0\.\d{1,4})$/
const hex = /^#[0-9a-f]{6}$/

function longColor(color: SourceColor): { light?: string | null; dark?: string | null } {
  if (typeof color === 'string') return { light: color.toLowerCase(), dark: color.toLowerCase() }
  if ('like' in color) return { light: `primary@${color.light}`, dark: `primary@${color.dark}` }
  const long: { light?: string | null; dark?: string | null } = {}
  for (const scheme of schemes) {
    const value = color[scheme]
    if (value !== undefined) long[scheme] = value === null ? null : value.toLowerCase()
  }
  return long
}

/** The long form of what a designer writes: one leaf per value and scheme. Pictures are added by who read the files. */
export function longForm(source: ThemeSource): ThemeDocument {
  const { $schema: _, color, ...rest } = source
  if (!color) return color === null ? { ...rest, color: null } : rest
  const long: NonNullable<ThemeDocument['color']> = {}
  for (const key of colorKeys) {
    const value = color[key]
    if (value !== undefined) long[key] = value === null ? null : longColor(value)
  }
  return { ...rest, color: long }
}

type Leaf = string | number
/** The leaves of a nested document by dotted field, nulls left out. */
export function leavesOf(value: unknown, path = '', found: Map<string, Leaf> = new Map()): Map<string, Leaf> {
  if (typeof value === 'string' || typeof value === 'number') found.set(path, value)
  else if (value !== null && typeof value === 'object') {
    for (const [key, child] of Object.entries(value)) leavesOf(child, path === '' ? key : `${path}.${key}`, found)
  }
  return found
}

export type Filled = { leaves: Map<string, Leaf>; provenance: Record<string, string> }

/** What the chain says, and below it the base theme. */
export function fill(base: ThemeDocument, said: unknown, saidBy: Record<string, string>): Filled {
  const leaves = leavesOf(base)
  const provenance: Record<string, string> = {}
  for (const field of leaves.keys()) provenance[field] = 'base'
  const own = leavesOf(said)
  for (const [field, value] of own) {
    leaves.set(field, value)
    provenance[field] = saidBy[field] ?? 'base'
  }
  return { leaves, provenance }
}

function paletteOf({ leaves }: Filled, scheme: Scheme): Record<ColorKey, string> {
  const given = (key: ColorKey): string | undefined => {
    const value = leaves.get(`color.${key}.${scheme}`)
    return typeof value === 'string' ? value : undefined
  }
  const must = (key: ColorKey): string => {
    const value = given(key)
    if (value === undefined || !hex.test(value)) throw new Error(`the base theme needs color.${key}.${scheme}`)
    return value
  }
  const [page, surface, text, primary] = [must('page'), must('surface'), must('text'), must('primary')]
  const sunken = given('sunken') ?? mix(surface, text, 0.04)
  const onPrimary = given('onPrimary') ?? inkOn(primary)
  const grounds = [page, surface, sunken]
  const status = (key: 'danger' | 'success' | 'warning') => legible(must(key), [page, surface], 4.5)
  const soft = (key: 'dangerSoft' | 'successSoft' | 'warningSoft', color: string) =>
    given(key) ?? softOf(color, surface, text, scheme, 0.028)
  const semantic: Record<(typeof semanticColors)[number], string> = {
    page,
    surface,
    sunken,
    text,
    muted: given('muted') ?? legible(mix(text, surface, 0.35), grounds, 5.5),
    line: given('line') ?? mix(surface, text, 0.12),
    primary,
    primaryHover: given('primaryHover') ?? hoverOf(primary, onPrimary),
    onPrimary,
    primarySoft: given('primarySoft') ?? softOf(primary, surface, text, scheme),
    fieldBorder: given('fieldBorder') ?? legible(mix(text, surface, 0.5), grounds, 3.1),
    link: given('link') ?? legible(primary, grounds, 4.5),
    ring: given('ring') ?? legible(primary, grounds, 3),
    accent: given('accent') ?? primary,
    danger: must('danger'),
    dangerSoft: soft('dangerSoft', status('danger')),
    success: must('success'),
    successSoft: soft('successSoft', status('success')),
    warning: must('warning'),
    warningSoft: soft('warningSoft', status('warning')),
  }
  const art = artColors.map((key) => {
    const value = given(key) ?? primary
    const lightness = following.exec(value)?.[1]
    return [key, lightness === undefined ? value : atLightness(primary, Number(lightness))] as const
  })
  return { ...semantic, ...(Object.fromEntries(art) as Record<(typeof artColors)[number], string>) }
}

export function colorsOf(filled: Filled): Record<ColorKey, SchemePair> {
  const [light, dark] = [paletteOf(filled, 'light'), paletteOf(filled, 'dark')]
  return Object.fromEntries(colorKeys.map((key) => [key, { light: light[key], dark: dark[key] }])) as Record<
    ColorKey,
    SchemePair
  >
}

/** What a derived colour was worked out from says where it comes from. */
export function explain(filled: Filled): Record<string, string> {
  const provenance = { ...filled.provenance }
  const from: Partial<Record<ColorKey, ColorKey>> = {
    sunken: 'surface',
    dangerSoft: 'danger',
    successSoft: 'success',
    warningSoft: 'warning',
    muted: 'text',
    line: 'text',
    fieldBorder: 'text',
  }
  for (const key of colorKeys) {
    for (const scheme of schemes) {
      const field = `color.${key}.${scheme}`
      const source = provenance[`color.${from[key] ?? 'primary'}.${scheme}`] ?? 'base'
      const leaf = filled.leaves.get(field)
      if (leaf === undefined || (typeof leaf === 'string' && following.test(leaf))) provenance[field] = source
    }
  }
  return provenance
}

/** A picture made out of another one, unless it is drawn for the same brand or for one further down the chain. */
const standsIn = { favicon: 'mark', 'art-band': 'art' } as const

/** `chain` is the order of organizations from the root down: who owns the nearer picture wins. */
export function assetsOf({ leaves, provenance }: Filled, chain: string[]): ResolvedTheme['assets'] {
  const depth = (name: AssetName) => chain.indexOf(provenance[`asset.${name}.light`] ?? 'base')
  const pictures = Object.fromEntries(
    assetNames.map((name) => {
      const [light, dark] = [leaves.get(`asset.${name}.light`), leaves.get(`asset.${name}.dark`)]
      return [name, typeof light === 'string' && typeof dark === 'string' ? { light, dark } : null]
    }),
  ) as ResolvedTheme['assets']
  for (const [name, main] of Object.entries(standsIn) as [keyof typeof standsIn, AssetName][]) {
    // An inherited favicon beside a mark of one's own would show somebody else's brand.
    if (pictures[main] && (!pictures[name] || depth(name) < depth(main))) pictures[name] = pictures[main]
  }
  return pictures
}
