/** The stylesheet of a theme. Nothing but checked numbers, hex colours and our own words is ever written into it. */
import type { ColorKey, ResolvedTheme, SchemePair } from './contract.ts'

const hex = /^#[0-9a-f]{6}$/

function safeHex(value: string): string {
  // Documents are checked when they are published; this is the last door before a page.
  if (!hex.test(value)) throw new Error('a theme colour is not a hex colour')
  return value
}

/** color.onPrimary → --livery-color-on-primary, art3 → --livery-art-3 */
export function colorVariable(key: ColorKey): string {
  const art = /^art(\d)$/.exec(key)
  if (art) return `--livery-art-${art[1]}`
  return `--livery-color-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

const lightDark = ({ light, dark }: SchemePair) =>
  light === dark ? safeHex(light) : `light-dark(${safeHex(light)},${safeHex(dark)})`

const rem = (pixels: number) => `${Number((pixels / 16).toFixed(4))}rem`

/** The line of a heading stays on the grid of four pixels. */
const headingLine = (size: number) => Math.ceil((size * 1.2) / 4) * 4

const shadows = {
  none: 'none',
  soft: '0 1px 2px light-dark(#14172b0d,#00000059),0 16px 40px -12px light-dark(#14172b2b,#000000a6)',
} as const

type Drawn = Pick<ResolvedTheme, 'colors' | 'fonts' | 'shape' | 'shadow' | 'logoHeight'>

export function cssOf({ colors, fonts, shape, shadow, logoHeight }: Drawn): string {
  const variables: [string, string | number][] = [
    ...(Object.entries(colors) as [ColorKey, SchemePair][]).map(([key, pair]): [string, string] => [
      colorVariable(key),
      lightDark(pair),
    ]),
    ['--livery-font-body', fonts.body.stack],
    ['--livery-font-heading', fonts.heading.stack],
    ['--livery-text-size', rem(fonts.textSize)],
    ['--livery-heading-size', rem(fonts.headingSize)],
    ['--livery-heading-line', rem(headingLine(fonts.headingSize))],
    ['--livery-heading-weight', fonts.headingWeight],
    ['--livery-heading-tracking', fonts.headingTracking === 0 ? 0 : `${fonts.headingTracking}em`],
    ['--livery-radius-control', `${shape.control}px`],
    ['--livery-radius-card', `${shape.card}px`],
    ['--livery-shadow-card', shadows[shadow]],
    ['--livery-logo-height', `${logoHeight}px`],
  ]
  const root = variables.map(([name, value]) => `${name}:${value}`).join(';')
  return [
    fonts.faces,
    `:root{color-scheme:light dark;${root}}`,
    'html[data-color-scheme="light"]{color-scheme:light}',
    'html[data-color-scheme="dark"]{color-scheme:dark}',
    // Joined letters are never pulled apart or pushed together.
    ':root:lang(ar){--livery-heading-tracking:0}',
  ].join('')
}
