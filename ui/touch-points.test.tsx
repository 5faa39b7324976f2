import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { sampleSiteOf } from '../tests/gallery/base-site.ts'
import { Document } from './frame/document.tsx'
import { drawingOf, touchPoints } from './touch-points.tsx'

const samples = touchPoints.flatMap(({ screen, states }) =>
  Object.keys(states).map((state) => [screen, state] as const),
)
const count = (html: string, pattern: RegExp) => html.match(pattern)?.length ?? 0

function page(screen: string, state: string, locale: string): string {
  const site = sampleSiteOf(locale)
  const draw = drawingOf(screen, state)
  return renderToStaticMarkup(<Document site={site}>{draw?.(site)}</Document>)
}

describe.each(samples)('%s, %s', (screen, state) => {
  test.each(['en', 'ar'])('is a whole page without any script (%s)', (locale) => {
    const html = page(screen, state, locale)
    expect(count(html, /<main[\s>]/g)).toBe(1)
    expect(count(html, /<h1[\s>]/g)).toBe(1)
    expect(count(html, /<title>[^<]+ · [^<]*Example[^<]*<\/title>/g)).toBe(1)
    expect(count(html, new RegExp(`data-screen="${screen}"`, 'g'))).toBe(1)
    // A missing text shows as its key.
    expect(html.match(/>(?:[a-z-]+\.){1,3}[a-z-]+</g)).toBeNull()
    // What a stylesheet should say stands in no attribute, so that the policy can forbid them.
    expect(html.match(/ style="[^"]*"/g)).toBeNull()
    expect(html.match(/<script/g)).toBeNull()
  })

  test('every field has a label, every form a place to go', () => {
    const html = page(screen, state, 'en')
    for (const [, attributes = ''] of html.matchAll(/<(?:input|select|textarea) ([^>]*)>/g)) {
      if (/type="hidden"|aria-hidden/.test(attributes)) continue
      // A search, a check box of a row: named in their own words, or by the label around them.
      if (/aria-label="[^"]+"|type="(?:checkbox|radio)"/.test(attributes)) continue
      const id = /\bid="([^"]+)"/.exec(attributes)?.[1]
      expect(html.includes(`for="${id}"`), `a label for ${id}`).toBe(true)
    }
    for (const [form] of html.matchAll(/<form [^>]*>/g)) {
      expect(form).toMatch(/ action="\/[a-z]/)
      expect(form).toMatch(/ method="(?:post|get)"/)
    }
  })
})

test('what is said at a field, or about it, is tied to it', () => {
  const marked = samples.flatMap(([screen, state]) => {
    const html = page(screen, state, 'en')
    return [...html.matchAll(/<(?:input|select) ([^>]*)>/g)].flatMap(([, attributes = '']) => {
      const ids = /aria-describedby="([^"]+)"/.exec(attributes)?.[1]?.split(' ') ?? []
      for (const id of ids) expect(count(html, new RegExp(` id="${id}"`, 'g')), `${screen} ${state} ${id}`).toBe(1)
      if (!attributes.includes('aria-invalid')) return []
      expect(ids.length, `${screen} ${state}: ${attributes}`).toBeGreaterThan(0)
      return ids
    })
  })
  expect(marked).toContain('alert')
  expect(marked).toContain('phone-error')
  expect(page('sign-up', 'default', 'en')).toMatch(/<input[^>]*aria-describedby="password-hint"/)
})

test('secrets are never written into a page', () => {
  for (const [screen, state] of samples) {
    for (const [, attributes = ''] of page(screen, state, 'en').matchAll(/<input ([^>]*type="password"[^>]*)>/g)) {
      expect(attributes).not.toMatch(/\bvalue="[^"]+"/)
    }
  }
})

test('an unknown page has no drawing', () => {
  expect(drawingOf('sign-in', 'constructor')).toBeNull()
  expect(drawingOf('nowhere', 'default')).toBeNull()
})
