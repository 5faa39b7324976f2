/** Arithmetic of colours: contrast as WCAG counts it, and the colours worked out for a theme that leaves them out. */
import { clampChroma, converter, formatHex, interpolate, wcagContrast } from 'culori'
import type { Scheme } from './contract.ts'

const oklch = converter('oklch')

export const contrast = (a: string, b: string): number => wcagContrast(a, b)

const lowest = (color: string, grounds: string[]): number =>
  Math.min(...grounds.map((ground) => contrast(color, ground)))

/** The same hue at another lightness; `chroma` bounds how colourful it may be. */
export function atLightness(color: string, lightness: number, chroma = 0.4): string {
  const { c, h } = oklch(color) ?? { c: 0, h: 0 }
  return formatHex(clampChroma({ mode: 'oklch', l: lightness, c: Math.min(c ?? 0, chroma), h: h ?? 0 }, 'oklch'))
}

export const lightnessOf = (color: string): number => oklch(color)?.l ?? 0

export const mix = (ground: string, color: string, amount: number): string =>
  formatHex(interpolate([ground, color], 'oklab')(amount))

/** The colour itself where it is legible on every ground; otherwise the nearest lightness that is. */
export function legible(color: string, grounds: string[], ratio: number): string {
  if (lowest(color, grounds) >= ratio) return color
  const start = lightnessOf(color)
  for (let step = 0.01; step < 1; step += 0.01) {
    for (const lightness of [start - step, start + step]) {
      if (lightness < 0 || lightness > 1) continue
      const candidate = atLightness(color, lightness)
      if (lowest(candidate, grounds) >= ratio) return candidate
    }
  }
  return color
}

/** White or a dark ink of the same hue: whichever reads well on the colour, white first. */
export function inkOn(color: string): string {
  const ink = atLightness(color, 0.2, 0.045)
  const white = contrast('#ffffff', color)
  return white >= 4.5 || white >= contrast(ink, color) ? '#ffffff' : ink
}

/** One step away from its text, so that pointing at a button never makes its words harder to read. */
export function hoverOf(color: string, ink: string): string {
  const lightness = lightnessOf(color)
  return atLightness(
    color,
    lightnessOf(ink) > lightness ? Math.max(lightness - 0.06, 0) : Math.min(lightness + 0.05, 1),
  )
}

/**
 * A tint of the surface on which both the colour and the text keep their contrast. `chroma` keeps the hue apart where
 * mixing would leave a grey: amber thinned with white is no longer amber.
 */
export function softOf(color: string, surface: string, text: string, scheme: Scheme, chroma?: number): string {
  for (let amount = scheme === 'light' ? 0.1 : 0.16; amount > 0.02; amount -= 0.01) {
    const mixed = mix(surface, color, amount)
    const tint = chroma === undefined ? mixed : atLightness(color, lightnessOf(mixed), chroma)
    if (contrast(color, tint) >= 4.5 && contrast(text, tint) >= 4.5) return tint
  }
  return mix(surface, color, 0.02)
}
