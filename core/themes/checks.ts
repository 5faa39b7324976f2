/** What a theme is held against before it is published. Codes are stable, messages are for the designer. */
import { contrast } from './colors.ts'
import type { ColorKey, ResolvedTheme, ThemeProblem } from './contract.ts'
import { schemes } from './rules.ts'

type Pair = { color: ColorKey; on: ColorKey; ratio: number; what: string }

const text = (color: ColorKey, grounds: ColorKey[], what: string): Pair[] =>
  grounds.map((on) => ({ color, on, ratio: 4.5, what }))
const shape = (color: ColorKey, grounds: ColorKey[], what: string): Pair[] =>
  grounds.map((on) => ({ color, on, ratio: 3, what }))

/** WCAG 2.2 AA: 4.5 for words (1.4.3), 3 for the edges of controls and the focus ring (1.4.11, 2.4.13). */
export const contrastPairs: readonly Pair[] = [
  ...text('text', ['page', 'surface', 'sunken', 'primarySoft', 'dangerSoft', 'successSoft', 'warningSoft'], 'text'),
  ...text('muted', ['page', 'surface', 'sunken'], 'quiet text'),
  ...text('link', ['page', 'surface', 'sunken'], 'a link'),
  ...text('onPrimary', ['primary', 'primaryHover'], 'the words of the main button'),
  ...text('primary', ['primarySoft'], 'the primary colour on its tint'),
  ...text('danger', ['page', 'surface', 'dangerSoft'], 'an error'),
  ...text('success', ['page', 'surface', 'successSoft'], 'good news'),
  ...text('warning', ['page', 'surface', 'warningSoft'], 'a warning'),
  ...shape('primary', ['page', 'surface'], 'the main button'),
  ...shape('fieldBorder', ['page', 'surface', 'sunken'], 'the edge of a field'),
  ...shape('ring', ['page', 'surface', 'sunken', 'primarySoft'], 'the focus ring'),
]

export type Measured = Pair & { scheme: 'light' | 'dark'; measured: number }

export function measure(colors: ResolvedTheme['colors']): Measured[] {
  return schemes.flatMap((scheme) =>
    contrastPairs.map((pair) => ({
      ...pair,
      scheme,
      measured: contrast(colors[pair.color][scheme], colors[pair.on][scheme]),
    })),
  )
}

export function checkContrast(colors: ResolvedTheme['colors']): ThemeProblem[] {
  return measure(colors)
    .filter(({ measured, ratio }) => measured < ratio)
    .map(({ color, on, ratio, scheme, measured, what }) => ({
      code: 'themes.contrast',
      severity: 'error' as const,
      at: `color.${color}.${scheme}`,
      // Cut, not rounded: 4.49 must not read as 4.5.
      message: `${what}: color.${color} on color.${on} has ${cut(measured)} : 1 in the ${scheme} scheme and needs ${ratio} : 1`,
      data: { on, scheme, measured: cut(measured), needed: ratio },
    }))
}

const cut = (ratio: number) => Math.floor(ratio * 100) / 100

export function checkTheme(theme: ResolvedTheme): ThemeProblem[] {
  const problems = checkContrast(theme.colors)
  if (theme.layout !== 'centred' && theme.assets.art === null) {
    problems.push({
      code: 'themes.art_missing',
      severity: 'warning',
      at: 'layout',
      message: `the layout ${theme.layout} has room for a picture and there is no art.svg`,
    })
  }
  if (theme.assets.wordmark === null) {
    problems.push({
      code: 'themes.wordmark_missing',
      severity: 'warning',
      at: 'wordmark.svg',
      message: 'there is no wordmark.svg: pages show the name of the organization instead',
    })
  }
  return problems
}
