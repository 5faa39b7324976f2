/**
 * The words of a theme. `ThemeSource` is what a designer edits in themes/<brand>/theme.json; `ResolvedTheme` is what
 * pages, emails and previews are drawn from. Every value is checked here before it can reach a stylesheet: colours
 * are hex, fonts come from a list, sizes are numbers, so nothing a theme says can be anything but a value.
 */
import { z } from 'zod'

export const layouts = ['centred', 'form-start', 'image-start'] as const
export const fieldStyles = ['box', 'line'] as const
export const colorSchemes = ['system', 'light', 'dark'] as const
export const fontFamilies = [
  'Archivo',
  'Fraunces',
  'IBM Plex Sans',
  'IBM Plex Sans Arabic',
  'Inter',
  'Inter Tight',
  'Source Sans 3',
  'system',
] as const
export const assetNames = ['wordmark', 'mark', 'favicon', 'art', 'art-band'] as const

export type Layout = (typeof layouts)[number]
export type FieldStyle = (typeof fieldStyles)[number]
export type ColorScheme = (typeof colorSchemes)[number]
export type Scheme = 'light' | 'dark'
export type FontFamily = (typeof fontFamilies)[number]
export type AssetName = (typeof assetNames)[number]

/** Colours with a job. Those marked as derived in themes/README.md are worked out when a theme leaves them out. */
export const semanticColors = [
  'page',
  'surface',
  'sunken',
  'text',
  'muted',
  'line',
  'primary',
  'primaryHover',
  'onPrimary',
  'primarySoft',
  'fieldBorder',
  'link',
  'ring',
  'accent',
  'danger',
  'dangerSoft',
  'success',
  'successSoft',
  'warning',
  'warningSoft',
] as const
export const artColors = ['art1', 'art2', 'art3', 'art4', 'art5', 'art6', 'art7', 'art8'] as const
export const colorKeys = [...semanticColors, ...artColors] as const
export type SemanticColor = (typeof semanticColors)[number]
export type ArtColor = (typeof artColors)[number]
export type ColorKey = (typeof colorKeys)[number]
export type SchemePair = { light: string; dark: string }

const Hex = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'a colour is # and six hexadecimal digits')
  .describe('# and six hexadecimal digits')
const unset = <T extends z.ZodType>(schema: T) => schema.nullable().optional()

const Color = z.union([Hex, z.strictObject({ light: unset(Hex), dark: unset(Hex) })])
const Lightness = z.number().min(0.05).max(0.98)
/** A colour of the picture that follows the primary colour: its hue, at this lightness (0 black, 1 white). */
const FollowingColor = z.strictObject({ like: z.literal('primary'), light: Lightness, dark: Lightness })

const colorShape = {
  ...(Object.fromEntries(semanticColors.map((key) => [key, unset(Color)])) as Record<
    SemanticColor,
    ReturnType<typeof unset<typeof Color>>
  >),
  ...(Object.fromEntries(artColors.map((key) => [key, unset(z.union([Color, FollowingColor]))])) as Record<
    ArtColor,
    ReturnType<typeof unset<z.ZodUnion<readonly [typeof Color, typeof FollowingColor]>>>
  >),
}

/** Letters of any script, but nothing that ends a line, hides or turns the direction of what follows. */
const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069<>]*$/u, 'one line of plain text')

const safeTarget = (value: string, protocols: string[]) => {
  try {
    const url = new URL(value)
    return protocols.includes(url.protocol) && url.username === '' && url.password === ''
  } catch {
    return false
  }
}
const Link = z
  .string()
  .max(300)
  .refine((value) => safeTarget(value, ['https:']), 'an https:// address')
const HelpLink = z
  .string()
  .max(300)
  .refine((value) => safeTarget(value, ['https:', 'mailto:']), 'an https:// or mailto: address')

export const ThemeSource = z
  .strictObject({
    $schema: z.string().max(200).optional(),
    name: unset(oneLine(60)),
    layout: unset(z.enum(layouts)),
    fieldStyle: unset(z.enum(fieldStyles)),
    scheme: unset(z.enum(colorSchemes)),
    color: unset(z.strictObject(colorShape)),
    font: unset(
      z.strictObject({
        body: unset(z.enum(fontFamilies)),
        heading: unset(z.enum(fontFamilies)),
        textSize: unset(z.number().int().min(15).max(19)),
        headingSize: unset(z.number().int().min(22).max(36)),
        headingWeight: unset(z.number().int().min(300).max(800)),
        headingTracking: unset(z.number().min(-0.05).max(0.05)),
      }),
    ),
    shape: unset(
      z.strictObject({
        control: unset(z.number().int().min(0).max(24)),
        card: unset(z.number().int().min(0).max(32)),
      }),
    ),
    shadow: unset(z.enum(['none', 'soft'])),
    logo: unset(z.strictObject({ height: unset(z.number().int().min(20).max(64)) })),
    /** Pictures are files beside theme.json; here one can only be taken back: `{ "art": null }`. */
    asset: unset(
      z.strictObject(
        Object.fromEntries(assetNames.map((name) => [name, z.null().optional()])) as Record<
          AssetName,
          z.ZodOptional<z.ZodNull>
        >,
      ),
    ),
    contact: unset(
      z.strictObject({
        postalAddress: unset(oneLine(200)),
        help: unset(HelpLink),
        privacy: unset(Link),
        terms: unset(Link),
      }),
    ),
  })
  .describe('A Livery theme. Every field may be left out; null takes an inherited value back to the base theme.')
export type ThemeSource = z.infer<typeof ThemeSource>

/** A picture in both schemes. One drawing that uses the colour variables may serve both. */
export type ThemeAsset = SchemePair

/**
 * What is stored when a theme is published: the source in its long form (every colour per scheme, a colour of the
 * picture that follows another one as 'primary@0.43') and the checked pictures. Leaves are plain values, so that
 * inheritance works field by field.
 */
export type ThemeDocument = Omit<ThemeSource, '$schema' | 'asset' | 'color'> & {
  color?: Partial<Record<ColorKey, { light?: string | null; dark?: string | null } | null>> | null
  asset?: Partial<Record<AssetName, ThemeAsset | null>> | null
}

export type ResolvedFont = { family: FontFamily; stack: string }
export type ResolvedFonts = {
  body: ResolvedFont
  heading: ResolvedFont
  textSize: number
  headingSize: number
  headingWeight: number
  headingTracking: number
  /** The @font-face rules, part of `css`. */
  faces: string
  /** Files worth a <link rel="preload">, by script: '/assets/fonts/….woff2'. */
  preload: { latin: string[]; arabic: string[] }
}
export type ThemeContact = {
  postalAddress: string | null
  help: string | null
  privacy: string | null
  terms: string | null
}

export type ResolvedTheme = {
  /** A short hash of everything that can change a byte of what is drawn from it. */
  version: string
  name: string
  layout: Layout
  fieldStyle: FieldStyle
  scheme: ColorScheme
  colors: Record<ColorKey, SchemePair>
  fonts: ResolvedFonts
  shape: { control: number; card: number }
  shadow: 'none' | 'soft'
  logoHeight: number
  /** For the first <style> of a page: font faces, every --livery-* variable, the rules of data-color-scheme. */
  css: string
  assets: Record<AssetName, ThemeAsset | null>
  contact: ThemeContact
  /** Which organization said it, by dotted field: `{ "color.primary.light": "org_…", "layout": "base" }`. */
  provenance: Record<string, string>
}

/** Something a check found. `error` keeps a theme from being published, `warning` does not. */
export type ThemeProblem = {
  code: string
  severity: 'error' | 'warning'
  /** Where: a dotted field of theme.json, or a file. */
  at: string
  message: string
  data?: Record<string, string | number>
}

export const failures = {
  'themes.invalid': 422,
  'themes.unknown_folder': 404,
} as const
