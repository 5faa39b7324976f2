import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, hoverOf, inkOn, legible } from './colors.ts'
import { type ThemeDocument, ThemeSource } from './contract.ts'
import { checkSource, readBrand } from './folder.ts'
import { resolveSources } from './resolved.ts'
import { longForm } from './rules.ts'
import { themeJsonSchema } from './schema.ts'

const base = (await readBrand('base'))?.theme ?? {}
const layer = (organizationId: string, source: unknown, asset?: ThemeDocument['asset']) => {
  const document = longForm(ThemeSource.parse(source))
  return { organizationId, document: asset ? { ...document, asset: { ...document.asset, ...asset } } : document }
}
const picture = (id: string) => ({ light: `<svg id="${id}"/>`, dark: `<svg id="${id}"/>` })

describe('inheritance', () => {
  it('goes field by field and scheme by scheme, and says where each came from', () => {
    const theme = resolveSources(base, [
      layer('org_root', { color: { primary: '#3d3ab8' }, layout: 'form-start', shape: { control: 2 } }),
      layer('org_child', { color: { primary: { dark: '#a9aaff' } }, shape: { card: 20 } }),
    ])
    expect(theme.colors.primary).toEqual({ light: '#3d3ab8', dark: '#a9aaff' })
    expect(theme.shape).toEqual({ control: 2, card: 20 })
    expect(theme.provenance).toMatchObject({
      'color.primary.light': 'org_root',
      'color.primary.dark': 'org_child',
      'color.page.light': 'base',
      layout: 'org_root',
      'shape.control': 'org_root',
      'shape.card': 'org_child',
      'color.onPrimary.dark': 'org_child',
    })
  })
  it('null takes a value back to the base theme, not to the grandparent', () => {
    const theme = resolveSources(base, [
      layer('org_a', { layout: 'image-start', color: { page: '#ffeedd' }, contact: { help: 'https://a.example/' } }),
      layer('org_b', { layout: null, color: { page: { light: null } }, contact: null }),
      layer('org_c', { name: 'C' }),
    ])
    expect(theme.layout).toBe('centred')
    expect(theme.provenance.layout).toBe('base')
    expect(theme.colors.page).toEqual({ light: '#f3f4f8', dark: '#ffeedd' })
    expect(theme.contact.help).toBeNull()
    expect(theme.name).toBe('C')
  })
  it('an empty chain is the base theme', () => {
    expect(resolveSources(base, []).name).toBe('Base')
  })
})

describe('pictures', () => {
  it('a favicon or band drawn for the parent is not shown beside the mark or art of a child', () => {
    const theme = resolveSources(base, [
      layer('org_a', {}, { mark: picture('a'), favicon: picture('fa'), art: picture('aa'), 'art-band': picture('ba') }),
      layer('org_b', {}, { mark: picture('b'), art: picture('ab') }),
    ])
    expect(theme.assets.favicon).toEqual(picture('b'))
    expect(theme.assets['art-band']).toEqual(picture('ab'))
  })
  it('are inherited, and taken back by null', () => {
    const above = layer('org_a', {}, { mark: picture('a'), favicon: picture('fa'), art: picture('aa') })
    expect(resolveSources(base, [above, layer('org_b', {})]).assets.favicon).toEqual(picture('fa'))
    expect(resolveSources(base, [above, layer('org_b', { asset: { art: null } })]).assets.art).toBeNull()
  })
})

describe('the version', () => {
  const of = (source: unknown, also = '') => resolveSources(base, [layer('org_a', source)], also).version
  it('is short, stable, and another one for every change of a byte', () => {
    expect(of({})).toMatch(/^[\w-]{12}$/)
    expect(of({})).toBe(of({}))
    const versions = [
      of({}),
      of({ shape: { card: 3 } }),
      of({ name: 'x' }),
      of({}, 'texts@2'),
      resolveSources(base, [layer('org_a', {}, { mark: picture('m') })]).version,
    ]
    expect(new Set(versions).size).toBe(versions.length)
  })
})

describe('what is worked out', () => {
  const many = Array.from(
    { length: 60 },
    (_, index) => `#${((index * 2796203 + 77) % 0xffffff).toString(16).padStart(6, '0')}`,
  )
  it('keeps words on any primary colour legible, also while it is pointed at', () => {
    for (const color of many) {
      const ink = inkOn(color)
      expect(contrast(ink, color), color).toBeGreaterThanOrEqual(4)
      expect(contrast(ink, hoverOf(color, ink)), color).toBeGreaterThanOrEqual(contrast(ink, color) - 0.05)
    }
  })
  it('makes links and rings of any primary colour visible on every ground', () => {
    for (const color of many) {
      const { colors } = resolveSources(base, [layer('org_a', { color: { primary: color } })])
      for (const scheme of ['light', 'dark'] as const) {
        for (const ground of ['page', 'surface', 'sunken'] as const) {
          expect(contrast(colors.link[scheme], colors[ground][scheme]), color).toBeGreaterThanOrEqual(4.5)
          expect(contrast(colors.ring[scheme], colors[ground][scheme]), color).toBeGreaterThanOrEqual(3)
        }
        expect(contrast(colors.text[scheme], colors.primarySoft[scheme]), color).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
  it('leaves alone what is legible already', () => {
    expect(legible('#3d3ab8', ['#ffffff'], 4.5)).toBe('#3d3ab8')
  })
})

describe('a hostile theme.json', () => {
  it.each([
    ['a colour that closes the rule', { color: { page: '#fff;}body{display:none' } }],
    ['a colour function', { color: { page: 'url(https://evil.example/x)' } }],
    ['a short colour', { color: { page: '#fff' } }],
    ['a named colour', { color: { page: 'red' } }],
    ['an unknown field', { css: 'body{}' }],
    ['an unknown colour', { color: { __proto2__: '#ffffff' } }],
    ['a font that is not in the list', { font: { body: 'Comic Sans MS' } }],
    ['a font that ends the value', { font: { body: 'Inter";}' } }],
    ['a size that is no number', { shape: { control: '4px' } }],
    ['a size beyond reason', { font: { textSize: 400 } }],
    ['a script address', { contact: { help: 'javascript:alert(1)' } }],
    ['a plain http address', { contact: { privacy: 'http://a.example/' } }],
    ['an address with a password', { contact: { privacy: 'https://a:b@a.example/' } }],
    ['markup in a name', { name: '<b>x</b>' }],
    ['a turned direction in a name', { name: 'abc\u202egnp.exe' }],
    ['two lines in an address', { contact: { postalAddress: 'a\nb' } }],
    ['a picture in the file', { asset: { art: '<svg/>' } }],
    ['an infinite number', { font: { headingTracking: Number.POSITIVE_INFINITY } }],
    ['a list', []],
  ])('%s is refused with the field it is in', (_, source) => {
    const { problems, document } = checkSource(source)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]).toMatchObject({ code: 'themes.field', severity: 'error' })
    expect(document).toEqual({})
  })
  it('a document that was tampered with after its check never reaches a stylesheet', () => {
    const document = { color: { page: { light: '#fff}</style><script>', dark: '#000000' } } } as ThemeDocument
    expect(() => resolveSources(base, [{ organizationId: 'org_a', document }])).toThrow()
    const ring = { color: { ring: { light: 'red;}', dark: '#000000' } } } as ThemeDocument
    expect(() => resolveSources(base, [{ organizationId: 'org_a', document: ring }])).toThrow()
  })
})

it('the schema for editors is the one that is committed', () => {
  expect(readFileSync('themes/theme.schema.json', 'utf8')).toBe(themeJsonSchema())
})
