import { describe, expect, it } from 'vitest'
import type { ThemeDocument } from './contract.ts'
import { readBrand } from './folder.ts'
import { resolveSources } from './resolved.ts'
import { checkSvg, drawSvg, svgLimits } from './svg.ts'

const svg = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`
const codes = (source: string) => checkSvg(source, 'mark.svg').problems.map(({ code }) => code)

describe('a drawing', () => {
  it('is written again from what was understood', () => {
    const source = `<?xml version="1.0"?><!-- by a program -->${svg(
      '<title>A &amp; B</title><defs><linearGradient id="g"><stop offset="50%" stop-color="#fff"/></linearGradient></defs>' +
        '<g data-name="Layer 1" style="fill: url(#g); opacity:.5"><path d="M0 0L10,10z" fill="var(--livery-art-1, #abc)"/></g>',
      'viewBox="0 0 10 10" version="1.1" width="10"',
    )}`
    const checked = checkSvg(source, 'mark.svg')
    expect(checked.problems).toEqual([])
    expect(checked.svg).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10"><title>A &amp; B</title><defs><linearGradient id="g"><stop offset="50%" stop-color="#fff"/></linearGradient></defs>' +
        '<g style="fill:url(#g);opacity:.5"><path d="M0 0L10,10z" fill="var(--livery-art-1, #abc)"/></g></svg>',
    )
  })
  it('that was written once is written the same again', () => {
    const once = checkSvg(svg('<use href="#a"/><circle id="a" r="3" fill="currentColor"/>'), 'x').svg ?? ''
    expect(checkSvg(once, 'x').svg).toBe(once)
  })
  it('gets the colours of one scheme, so that no variable is left', () => {
    const theme = resolveSources(base, [])
    const drawn = drawSvg(
      '<path fill="var(--livery-color-primary)" stroke="var(--livery-art-1, red)" color="currentColor"/>',
      theme.colors,
      'dark',
    )
    expect(drawn).toBe(
      `<path fill="${theme.colors.primary.dark}" stroke="${theme.colors.art1.dark}" color="${theme.colors.text.dark}"/>`,
    )
  })
})
const base: ThemeDocument = (await readBrand('base'))?.theme ?? {}

describe('a hostile drawing is refused', () => {
  it.each([
    ['a script', svg('<script>alert(1)</script>'), 'themes.svg_element'],
    ['a script of another case', svg('<SCRIPT>alert(1)</SCRIPT>'), 'themes.svg_element'],
    ['a handler', svg('<path d="M0 0" onload="alert(1)"/>'), 'themes.svg_attribute'],
    ['a handler on the root', svg('', 'viewBox="0 0 1 1" onload="alert(1)"'), 'themes.svg_attribute'],
    ['a foreign object', svg('<foreignObject><p/></foreignObject>'), 'themes.svg_element'],
    ['an image', svg('<image href="https://evil.example/a.png"/>'), 'themes.svg_element'],
    ['a link', svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), 'themes.svg_element'],
    ['a stylesheet', svg('<style>@import url(//evil.example)</style>'), 'themes.svg_element'],
    ['an animation', svg('<animate attributeName="href"/>'), 'themes.svg_element'],
    ['text', svg('<text>a</text>'), 'themes.svg_element'],
    ['words between shapes', svg('words'), 'themes.svg_text'],
    ['a use from elsewhere', svg('<use href="https://evil.example/a.svg#b"/>'), 'themes.svg_attribute'],
    ['a use of data', svg('<use xlink:href="data:image/svg+xml,x"/>'), 'themes.svg_attribute'],
    ['a fill from elsewhere', svg('<path d="M0 0" fill="url(https://evil.example/#a)"/>'), 'themes.svg_attribute'],
    ['a style that loads', svg('<path d="M0 0" style="fill:url(//evil.example)"/>'), 'themes.svg_attribute'],
    ['a style with another property', svg('<path d="M0 0" style="background:#fff"/>'), 'themes.svg_attribute'],
    ['a style hidden by a comment', svg('<path d="M0 0" style="fi/**/ll:red"/>'), 'themes.svg_attribute'],
    ['a variable that is not ours', svg('<path d="M0 0" fill="var(--secret)"/>'), 'themes.svg_attribute'],
    [
      'a document type',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('&x;')}`,
      'themes.svg_malformed',
    ],
    ['an instruction', `<?xml-stylesheet href="//evil.example"?>${svg('')}`, 'themes.svg_malformed'],
    ['a CDATA section', svg('<title><![CDATA[<script>]]></title>'), 'themes.svg_malformed'],
    ['an open end', '<svg viewBox="0 0 1 1"><g>', 'themes.svg_malformed'],
    ['a control character', svg('<title>a\u0000b</title>'), 'themes.svg_malformed'],
    ['another root', '<html viewBox="0 0 1 1"/>', 'themes.svg_root'],
    ['two roots', svg('') + svg(''), 'themes.svg_root'],
    ['nothing', '', 'themes.svg_root'],
    ['no viewBox', svg('', 'width="3"'), 'themes.svg_root'],
    ['a reference to nothing', svg('<use href="#nope"/>'), 'themes.svg_reference'],
    [
      'a repetition of repetitions',
      svg('<defs><g id="a"><use href="#b"/></g><g id="b"/></defs><use href="#a"/>'),
      'themes.svg_too_complex',
    ],
    [
      'too many repetitions',
      svg(`<path id="a" d="M0 0"/>${'<use href="#a"/>'.repeat(svgLimits.uses + 1)}`),
      'themes.svg_too_complex',
    ],
    ['too deep a nest', svg('<g>'.repeat(40) + '</g>'.repeat(40)), 'themes.svg_too_complex'],
    ['too many elements', svg('<g/>'.repeat(svgLimits.elements + 1)), 'themes.svg_too_complex'],
    ['too large a file', svg(`<path d="${'M0 0'.repeat(20000)}"/>`), 'themes.svg_too_large'],
    ['an attribute of every object', svg('<g constructor="x" toString="y"/>'), 'themes.svg_attribute'],
  ])('%s', (_, source, code) => {
    expect(codes(source)).toContain(code)
    expect(checkSvg(source, 'mark.svg').svg).toBeNull()
  })
})
