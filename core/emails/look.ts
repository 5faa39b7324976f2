/** What an email takes from a theme. Pure. */
import { contrast } from '#core/themes'
import type { AssetName, FontFamily, ResolvedTheme, Scheme, SchemePair } from '#core/themes/contract'
import type { Look } from './job.ts'

const mailWidth = 600
/** A band above the words; a taller picture would push them out of sight. */
const tallest = 180
/** Pictures are served in these widths (pixels); mails show them at half their size, for fine screens. */
const widths = [64, 128, 256, 384, 512, 768, 1200, 1600]

/** Height by width, from the drawing's own box. */
function ratioOf(svg: string): number {
  const [, box = ''] = /\bviewBox="([^"]*)"/.exec(svg) ?? []
  const [, , width = 0, height = 0] = box.split(/[\s,]+/).map(Number)
  return width > 0 && height > 0 ? height / width : 0
}

export type Picture = { name: AssetName; width: number; height: number; pixels: number }

const pictureOf = (theme: ResolvedTheme, name: AssetName, width: (ratio: number) => number): Picture | null => {
  const asset = theme.assets[name]
  const ratio = asset ? ratioOf(asset.light) : 0
  if (ratio === 0) return null
  const shown = Math.round(width(ratio))
  const pixels = widths.find((one) => one >= shown * 2) ?? 1600
  return { name, width: shown, height: Math.round(shown * ratio), pixels }
}

/** The wordmark at the theme's height, in a mail no wider than a phone. */
export const logoOf = (theme: ResolvedTheme): Picture | null =>
  pictureOf(theme, 'wordmark', (ratio) => Math.min(theme.logoHeight / ratio, 260))

/** The picture above the words, where the brand has one that is wide enough. */
export function artOf(theme: ResolvedTheme): Picture | null {
  for (const name of ['art-band', 'art'] as const) {
    const picture = pictureOf(theme, name, () => mailWidth)
    if (picture && picture.height <= tallest) return picture
  }
  return null
}

/** Below an address of the organization. */
export const picturePath = (theme: ResolvedTheme, { name, pixels }: Picture, scheme: Scheme): string =>
  `/assets/${theme.version}/${name}-${scheme}-${pixels}.png`

/** The scheme that is drawn first, and the one for dark devices. */
export const schemesOf = ({ scheme }: ResolvedTheme): { base: Scheme; other: Scheme } =>
  scheme === 'system' ? { base: 'light', other: 'dark' } : { base: scheme, other: scheme }

const sans = "'Helvetica Neue',Helvetica,Arial,sans-serif"
const serif = "Georgia,'Times New Roman',serif"
const isSerif = (family: FontFamily) => family === 'Fraunces'

/** Without double quotes: the stack stands in an attribute. */
const stackOf = (family: FontFamily): string => {
  const generic = isSerif(family) ? serif : sans
  if (family === 'system') return `-apple-system,'Segoe UI',Roboto,${generic}`
  return `'${family === 'IBM Plex Sans Arabic' ? 'IBM Plex Sans' : family}','IBM Plex Sans Arabic',${generic}`
}

/**
 * The typefaces, for the programs that load them; all others have the stack. Only the faces of the mail's own script,
 * and no stand-ins: nothing moves in a mail.
 */
export function facesFor(theme: ResolvedTheme, locale: string): string {
  const wanted = locale.split('-')[0] === 'ar' ? /-(?:latin|arabic)-/ : /-latin(?:-ext)?-/
  const faces = theme.fonts.faces.match(/@font-face\{[^}]*\}/g) ?? []
  return faces
    .filter((face) => {
      const [, file] = /url\(([^)]*)\)/.exec(face) ?? []
      return file !== undefined && wanted.test(file)
    })
    .map((face) => face.replace(/url\(\/assets/g, 'url({{origin}}/assets'))
    .join('')
}

const darker = (a: string, b: string) => (contrast(a, '#000000') < contrast(b, '#000000') ? a : b)

/** What lies around the sheet: the deeper of the two grounds, so that the sheet stands out in either scheme. */
const groundOf = ({ colors: { page, sunken } }: ResolvedTheme): SchemePair => ({
  light: darker(page.light, sunken.light),
  dark: darker(page.dark, sunken.dark),
})

export function lookOf(theme: ResolvedTheme, locale: string, dir: 'ltr' | 'rtl'): Look {
  const { fonts, shape } = theme
  const logo = logoOf(theme)
  const art = artOf(theme)
  return {
    colors: { ...theme.colors, ground: groundOf(theme) },
    scheme: theme.scheme,
    values: {
      'font.body': stackOf(fonts.body.family),
      'font.heading': stackOf(fonts.heading.family),
      'font.text-size': String(fonts.textSize),
      'font.text-line': String(Math.round(fonts.textSize * 1.5)),
      'font.heading-size': String(fonts.headingSize),
      'font.heading-line': String(fonts.headingSize + 8),
      'font.heading-weight': String(fonts.headingWeight),
      // Arabic letters are joined: space between them tears words apart.
      'font.heading-tracking': dir === 'rtl' ? '0' : String(fonts.headingTracking),
      'radius.control': String(shape.control),
      'radius.card': String(shape.card),
      'size.logo-width': String(logo?.width ?? 0),
      'size.logo-height': String(logo?.height ?? 0),
      'size.art-height': String(art?.height ?? 0),
    },
    faces: facesFor(theme, locale),
    isSerif: isSerif(fonts.heading.family),
    has: { art: art !== null, logo: logo !== null },
  }
}
