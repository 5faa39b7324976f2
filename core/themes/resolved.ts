/** From the documents of a chain to the theme that pages and emails are drawn from. Pure. */
import { createHash } from 'node:crypto'
import { mergeAlong } from '#core/documents'
import type { ResolvedTheme, ThemeDocument } from './contract.ts'
import { cssOf } from './css.ts'
import { facesOf, fontOf, preloadOf } from './fonts.ts'
import { assetsOf, colorsOf, explain, type Filled, fill } from './rules.ts'

/** One organization's published theme. */
export type ThemeLayer = { organizationId: string; document: ThemeDocument }

const pick =
  (filled: Filled) =>
  <T extends string | number>(field: string): T => {
    const value = filled.leaves.get(field)
    if (value === undefined) throw new Error(`the base theme needs ${field}`)
    return value as T
  }

function fontsOf(filled: Filled): ResolvedTheme['fonts'] {
  const get = pick(filled)
  const body = fontOf(get('font.body'))
  const heading = fontOf(get('font.heading'))
  const headingWeight = get<number>('font.headingWeight')
  return {
    body,
    heading,
    textSize: get('font.textSize'),
    headingSize: get('font.headingSize'),
    headingWeight,
    headingTracking: get('font.headingTracking'),
    faces: facesOf([body.family, heading.family]),
    preload: preloadOf(body.family, heading.family, headingWeight),
  }
}

function contactOf({ leaves }: Filled): ResolvedTheme['contact'] {
  const of = (field: keyof ResolvedTheme['contact']) => {
    const value = leaves.get(`contact.${field}`)
    return typeof value === 'string' ? value : null
  }
  return { postalAddress: of('postalAddress'), help: of('help'), privacy: of('privacy'), terms: of('terms') }
}

/**
 * Resolves a chain of layers, from the root down, over the base theme. `alsoCovers` is whatever else changes the bytes
 * of a page of this theme, so that one version can stand for all of it.
 */
export function resolveSources(base: ThemeDocument, layers: ThemeLayer[], alsoCovers = ''): ResolvedTheme {
  const merged = mergeAlong(layers.map(({ organizationId, document }) => ({ organizationId, body: document })))
  const filled = fill(base, merged.value, merged.provenance)
  const get = pick(filled)
  const drawn = {
    colors: colorsOf(filled),
    fonts: fontsOf(filled),
    shape: { control: get<number>('shape.control'), card: get<number>('shape.card') },
    shadow: get<ResolvedTheme['shadow']>('shadow'),
    logoHeight: get<number>('logo.height'),
  }
  const theme = {
    name: get<string>('name'),
    layout: get<ResolvedTheme['layout']>('layout'),
    fieldStyle: get<ResolvedTheme['fieldStyle']>('fieldStyle'),
    scheme: get<ResolvedTheme['scheme']>('scheme'),
    ...drawn,
    css: cssOf(drawn),
    assets: assetsOf(
      filled,
      layers.map(({ organizationId }) => organizationId),
    ),
    contact: contactOf(filled),
  }
  const hash = createHash('sha256').update(JSON.stringify(theme)).update('\0').update(alsoCovers)
  return { version: hash.digest('base64url').slice(0, 12), ...theme, provenance: explain(filled) }
}
