import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkContrast, checkTheme, measure } from './checks.ts'
import { contrast } from './colors.ts'
import type { ResolvedTheme, ThemeDocument } from './contract.ts'
import { readBrand } from './folder.ts'
import { resolveSources, type ThemeLayer } from './resolved.ts'

const chains: Record<string, string[]> = {
  base: [],
  skyway: ['skyway'],
  alpine: ['skyway', 'alpine'],
  pacifica: ['skyway', 'pacifica'],
  'pacifica-lisbon': ['skyway', 'pacifica', 'pacifica-lisbon'],
  sahel: ['skyway', 'sahel'],
}
const brands = Object.keys(chains)
const documents = new Map<string, ThemeDocument>()

beforeAll(async () => {
  for (const brand of brands) {
    const read = await readBrand(brand)
    expect(read?.problems, brand).toEqual([])
    if (read) documents.set(brand, read.theme)
  }
})

function resolved(brand: string): ResolvedTheme {
  const layers = (chains[brand] ?? []).map(
    (name): ThemeLayer => ({ organizationId: name, document: documents.get(name) ?? {} }),
  )
  return resolveSources(documents.get('base') ?? {}, layers)
}

it('knows every brand there is', () => {
  const folders = readdirSync('themes', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual([...brands].sort())
})

describe.each(brands)('%s', (brand) => {
  it('passes WCAG 2.2 AA in both schemes', () => {
    expect(checkContrast(resolved(brand).colors)).toEqual([])
    expect(measure(resolved(brand).colors).length).toBeGreaterThan(50)
  })
  it('has only hex colours in both schemes and a stylesheet without anything that could end it', () => {
    const { colors, css } = resolved(brand)
    for (const pair of Object.values(colors))
      for (const color of Object.values(pair)) expect(color).toMatch(/^#[0-9a-f]{6}$/)
    expect(css).not.toMatch(/[<>\\]|javascript|expression|@import/)
    expect(css.match(/url\([^)]*\)/g)?.every((url) => /^url\(\/assets\/fonts\/[a-z0-9.-]+\.woff2\)$/.test(url))).toBe(
      true,
    )
  })
  it('is complete', () => {
    const problems = checkTheme(resolved(brand)).filter(({ severity }) => severity === 'error')
    expect(problems).toEqual([])
  })
})

it('Sahel reads at AAA: text and links at 7 : 1 in both schemes', () => {
  const { colors } = resolved('sahel')
  for (const scheme of ['light', 'dark'] as const) {
    for (const on of ['page', 'surface'] as const) {
      for (const color of ['text', 'muted', 'link', 'danger', 'success', 'warning'] as const) {
        expect(
          contrast(colors[color][scheme], colors[on][scheme]),
          `${color} on ${on} ${scheme}`,
        ).toBeGreaterThanOrEqual(7)
      }
    }
    expect(contrast(colors.onPrimary[scheme], colors.primary[scheme])).toBeGreaterThanOrEqual(7)
  }
})

it('Lisbon is Pacifica in another colour, the sea of the picture included', () => {
  const [parent, child] = [resolved('pacifica'), resolved('pacifica-lisbon')]
  expect(JSON.parse(readFileSync('themes/pacifica-lisbon/theme.json', 'utf8')).color).toEqual({
    primary: { light: '#1d4c9b', dark: '#a3bff5' },
  })
  expect(child.fonts).toEqual(parent.fonts)
  expect(child.layout).toBe('image-start')
  expect(child.shape).toEqual(parent.shape)
  expect(child.colors.page).toEqual(parent.colors.page)
  for (const key of ['primary', 'link', 'ring', 'art3', 'art4'] as const)
    expect(child.colors[key]).not.toEqual(parent.colors[key])
  expect(child.provenance['color.primary.light']).toBe('pacifica-lisbon')
  expect(child.provenance['color.link.light']).toBe('pacifica-lisbon')
  expect(child.provenance['color.page.light']).toBe('pacifica')
  expect(child.provenance['font.body']).toBe('pacifica')
})

it('Skyway is the base theme with one colour', () => {
  const [base, skyway] = [resolved('base'), resolved('skyway')]
  expect(skyway.colors.page).toEqual(base.colors.page)
  expect(skyway.fonts).toEqual(base.fonts)
  expect(skyway.colors.primary.light).toBe('#3d3ab8')
})

it('nothing of Skyway shows on a brand below it', () => {
  const skyway = resolved('skyway')
  for (const brand of ['alpine', 'pacifica', 'pacifica-lisbon', 'sahel']) {
    const theme = resolved(brand)
    expect(theme.colors.primary, brand).not.toEqual(skyway.colors.primary)
    expect(theme.css, brand).not.toContain(skyway.colors.primary.light)
    expect(theme.name, brand).not.toBe(skyway.name)
    for (const [field, value] of Object.entries(theme.contact))
      expect(value, `${brand} ${field}`).not.toMatch(/skyway/i)
    for (const [name, picture] of Object.entries(theme.assets)) {
      if (picture) expect(picture, `${brand} ${name}`).not.toEqual(skyway.assets[name as keyof typeof skyway.assets])
    }
  }
})
