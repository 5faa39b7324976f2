/**
 * The typefaces a theme may name, all of them self-hosted from the Fontsource packages, and the only files that
 * /assets/fonts/ ever answers with. Faces are cut by script, so that a browser loads what a page's words need.
 */
import { join } from 'node:path'
import type { FontFamily, ResolvedFont } from './contract.ts'

const latin =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD'
const latinExt =
  'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF'
const arabic = 'U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08FF,U+FB50-FDFF,U+FE70-FEFC'
const ranges = { latin, 'latin-ext': latinExt, arabic }
type Script = keyof typeof ranges

/** How an installed font is stretched to stand in for the real one, so that nothing jumps when that arrives. */
type StandIn = { local: 'Arial' | 'Times New Roman'; size: number; ascent: number; descent: number }
type Cut = {
  family: string
  /** The package and its version, which is part of the address: a new version is a new address. */
  pack: string
  version: string
  scripts: Script[]
  /** One variable file per script, or one file per weight. */
  weights: 'variable' | number[]
  axes?: 'wght' | 'opsz'
  standIn?: StandIn
}

const variable = (family: string, id: string, version: string, standIn: StandIn, axes: Cut['axes'] = 'wght'): Cut => ({
  family,
  pack: `@fontsource-variable/${id}`,
  version,
  scripts: ['latin', 'latin-ext'],
  weights: 'variable',
  axes,
  standIn,
})

const plexArabic = (weights: number[]): Cut => ({
  family: 'IBM Plex Sans Arabic',
  pack: '@fontsource/ibm-plex-sans-arabic',
  version: '5.3.0',
  scripts: ['arabic'],
  weights,
})

export const cuts: Record<Exclude<FontFamily, 'system' | 'IBM Plex Sans Arabic'>, Cut> = {
  Archivo: variable('Archivo', 'archivo', '5.3.0', { local: 'Arial', size: 98.7, ascent: 88.96, descent: 21.28 }),
  // The optical size axis is what makes Fraunces fine at the size of a heading and sturdy in a label.
  Fraunces: variable(
    'Fraunces',
    'fraunces',
    '5.3.0',
    { local: 'Times New Roman', size: 115.45, ascent: 84.71, descent: 22.09 },
    'opsz',
  ),
  'IBM Plex Sans': {
    family: 'IBM Plex Sans',
    pack: '@fontsource/ibm-plex-sans',
    version: '5.3.0',
    scripts: ['latin', 'latin-ext'],
    weights: [400, 500, 600, 700],
    standIn: { local: 'Arial', size: 101.17, ascent: 101.32, descent: 27.18 },
  },
  Inter: variable('Inter', 'inter', '5.3.0', { local: 'Arial', size: 107.12, ascent: 90.44, descent: 22.52 }),
  'Inter Tight': variable('Inter Tight', 'inter-tight', '5.3.0', {
    local: 'Arial',
    size: 96.39,
    ascent: 100.51,
    descent: 25.03,
  }),
  'Source Sans 3': variable('Source Sans 3', 'source-sans-3', '5.3.1', {
    local: 'Arial',
    size: 93.76,
    ascent: 109.21,
    descent: 42.66,
  }),
}

const idOf = (cut: Cut) => cut.pack.slice(cut.pack.indexOf('/') + 1)
const diskName = (cut: Cut, script: Script, weight: string) => `${idOf(cut)}-${script}-${weight}-normal.woff2`
const served = (cut: Cut, script: Script, weight: string) =>
  `${idOf(cut)}-${script}-${weight}.${cut.version.replaceAll('.', '-')}.woff2`
const weightsOf = (cut: Cut): string[] => (cut.weights === 'variable' ? [cut.axes ?? 'wght'] : cut.weights.map(String))

/** Which cuts a family needs: the Arabic one always speaks Latin through its sister. */
function cutsOf(family: FontFamily): Cut[] {
  if (family === 'system') return []
  return family === 'IBM Plex Sans Arabic' ? [cuts['IBM Plex Sans']] : [cuts[family]]
}

const serif = (family: FontFamily) => family === 'Fraunces'

export function fontOf(family: FontFamily): ResolvedFont {
  const own = cutsOf(family)
  const generic = serif(family) ? ['Georgia', 'serif'] : ['system-ui', 'sans-serif']
  const names = [
    ...own.map((cut) => `"${cut.family}"`),
    // Before the stand-in: Arial has Arabic letters of its own.
    '"IBM Plex Sans Arabic"',
    ...own.filter((cut) => cut.standIn).map((cut) => `"${cut.family} Fallback"`),
    ...generic,
  ]
  return { family, stack: names.join(',') }
}

const url = (cut: Cut, script: Script, weight: string) => `/assets/fonts/${served(cut, script, weight)}`

function facesOfCut(cut: Cut): string[] {
  const faces = cut.scripts.flatMap((script) =>
    weightsOf(cut).map(
      (weight) =>
        `@font-face{font-family:"${cut.family}";font-style:normal;font-weight:${cut.weights === 'variable' ? '100 900' : weight};font-display:swap;src:url(${url(cut, script, weight)}) format("woff2");unicode-range:${ranges[script]}}`,
    ),
  )
  const { standIn } = cut
  if (standIn) {
    faces.push(
      `@font-face{font-family:"${cut.family} Fallback";src:local("${standIn.local}");size-adjust:${standIn.size}%;ascent-override:${standIn.ascent}%;descent-override:${standIn.descent}%;line-gap-override:0%}`,
    )
  }
  return faces
}

export function facesOf(families: FontFamily[]): string {
  const speaksArabic = families.includes('IBM Plex Sans Arabic')
  const wanted = new Set(families.flatMap(cutsOf))
  // Any brand can be read in Arabic; one whose own typeface it is gets every weight.
  const all = [...wanted, plexArabic(speaksArabic ? [400, 500, 600, 700] : [400, 600])]
  return all.flatMap(facesOfCut).join('')
}

/** What the first paint needs: the upright text of body and heading. */
export function preloadOf(
  body: FontFamily,
  heading: FontFamily,
  headingWeight: number,
): Record<'latin' | 'arabic', string[]> {
  const nearest = (weights: number[], weight: number) =>
    String(weights.reduce((best, next) => (Math.abs(next - weight) < Math.abs(best - weight) ? next : best)))
  const file = (cut: Cut, script: Script, weight: number) =>
    url(cut, script, cut.weights === 'variable' ? (cut.axes ?? 'wght') : nearest(cut.weights, weight))
  const of = (family: FontFamily, weight: number) => cutsOf(family).map((cut) => file(cut, 'latin', weight))
  const arabicCut = plexArabic([400, 600, 700])
  return {
    latin: [...new Set([...of(body, 400), ...of(heading, headingWeight)])],
    arabic: [...new Set([file(arabicCut, 'arabic', 400), file(arabicCut, 'arabic', headingWeight >= 650 ? 700 : 600)])],
  }
}

const everyCut: Cut[] = [...Object.values(cuts), plexArabic([400, 500, 600, 700])]

/** Every file that may be served, by the name it is served under, and where it lies on disk below `root`. */
export function fontFiles(root: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const cut of everyCut) {
    for (const script of cut.scripts) {
      for (const weight of weightsOf(cut)) {
        files.set(
          served(cut, script, weight),
          join(root, 'node_modules', cut.pack, 'files', diskName(cut, script, weight)),
        )
      }
    }
  }
  return files
}

export const fontPackages = (): { pack: string; version: string }[] =>
  everyCut.map(({ pack, version }) => ({ pack, version }))
