/**
 * Pictures of a theme are hostile until checked. The file is parsed, held against a list of what a drawing needs,
 * and written again from what was understood, so that what is stored is our own output and nothing else.
 */
import { Parser } from 'htmlparser2'
import { type ColorKey, colorKeys, type Scheme, type SchemePair, type ThemeProblem } from './contract.ts'
import { colorVariable } from './css.ts'
import { allowedElements, canonicalAttribute, isIgnored } from './svg-allowed.ts'

export const svgLimits = { bytes: 64 * 1024, elements: 2000, depth: 24, uses: 60 }

type Node = { name: string; id: string | undefined; uses: boolean }
type Reading = {
  out: string[]
  problems: Map<string, string>
  open: Node[]
  elements: number
  uses: number
  roots: number
  ids: Set<string>
  refs: Set<string>
  nested: Set<string>
}

const escapeText = (text: string) => text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'))
const escapeValue = (text: string) => escapeText(text).replaceAll('"', '&quot;')

function openTag(reading: Reading, name: string, attributes: Record<string, string>): void {
  const refuse = (code: string, message: string) => reading.problems.set(code, message)
  reading.elements += 1
  if (reading.elements > svgLimits.elements) return void refuse('themes.svg_too_complex', 'has too many elements')
  if (reading.open.length >= svgLimits.depth) return void refuse('themes.svg_too_complex', 'is nested too deeply')
  if (!allowedElements.has(name)) refuse('themes.svg_element', `<${name.slice(0, 40)}> is not allowed`)
  if (reading.open.length === 0) {
    reading.roots += 1
    if (name !== 'svg') refuse('themes.svg_root', 'does not begin with <svg>')
    else if (!/^-?[\d.]+([ ,]+-?[\d.]+){3}$/.test(attributes.viewBox ?? ''))
      refuse('themes.svg_root', 'needs a viewBox')
  } else if (name === 'svg') refuse('themes.svg_element', 'a second <svg> inside is not allowed')
  const written: string[] = []
  for (const [attribute, value] of Object.entries(attributes)) {
    if (isIgnored(attribute)) continue
    const canonical = canonicalAttribute(name, attribute, value)
    if (canonical === null)
      refuse('themes.svg_attribute', `${attribute.slice(0, 40)} on <${name.slice(0, 40)}> is not allowed`)
    else written.push(` ${canonical.name}="${escapeValue(canonical.value)}"`)
    for (const [, id] of value.matchAll(/#([A-Za-z][\w-]*)/g)) if (id && canonical?.refers) reading.refs.add(id)
  }
  const uses = name === 'use'
  if (uses) {
    reading.uses += 1
    for (const ancestor of reading.open) if (ancestor.id) reading.nested.add(ancestor.id)
    if (reading.uses > svgLimits.uses) refuse('themes.svg_too_complex', 'repeats too much')
  }
  if (attributes.id) reading.ids.add(attributes.id)
  reading.open.push({ name, id: attributes.id, uses })
  const xmlns = name === 'svg' ? ' xmlns="http://www.w3.org/2000/svg"' : ''
  reading.out.push(`<${name}${xmlns}${written.join('')}>`)
}

const isWords = (name: string | undefined) => name === 'title' || name === 'desc'

function read(source: string): Reading {
  const reading: Reading = {
    out: [],
    problems: new Map(),
    open: [],
    elements: 0,
    uses: 0,
    roots: 0,
    ids: new Set(),
    refs: new Set(),
    nested: new Set(),
  }
  const refuse = (code: string, message: string) => reading.problems.set(code, message)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => openTag(reading, name, attributes),
      onclosetag: (name, implied) => {
        reading.open.pop()
        reading.out.push(`</${name}>`)
        const closing = source.slice(parser.startIndex, parser.endIndex + 1)
        if (implied && !closing.endsWith('/>')) refuse('themes.svg_malformed', `<${name.slice(0, 40)}> is not closed`)
      },
      ontext: (text) => {
        const inside = reading.open.at(-1)?.name
        if (isWords(inside)) reading.out.push(escapeText(text))
        else if (text.trim() !== '')
          refuse('themes.svg_text', 'has text outside of <title> and <desc>; draw letters as paths')
      },
      onprocessinginstruction: (name) => {
        if (name.toLowerCase() !== '?xml') refuse('themes.svg_malformed', 'declares a document type or an instruction')
      },
      oncdatastart: () => refuse('themes.svg_malformed', 'has a CDATA section'),
      onerror: () => refuse('themes.svg_malformed', 'cannot be read'),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(source)
  return reading
}

/** The clean drawing, or what is wrong with it. */
export function checkSvg(source: string, at: string): { svg: string | null; problems: ThemeProblem[] } {
  const problem = (code: string, message: string): ThemeProblem => ({
    code,
    severity: 'error',
    at,
    message: `${at} ${message}`,
  })
  if (Buffer.byteLength(source) > svgLimits.bytes) {
    return { svg: null, problems: [problem('themes.svg_too_large', `is larger than ${svgLimits.bytes / 1024} KB`)] }
  }
  if (/[^\P{Cc}\t\r\n]/u.test(source))
    return { svg: null, problems: [problem('themes.svg_malformed', 'has control characters')] }
  const reading = read(source)
  if (reading.roots !== 1) reading.problems.set('themes.svg_root', 'needs exactly one <svg>')
  for (const id of reading.refs) {
    if (!reading.ids.has(id)) reading.problems.set('themes.svg_reference', `refers to #${id}, which is not there`)
    // A repeated thing that repeats things grows without bound.
    if (reading.nested.has(id))
      reading.problems.set('themes.svg_too_complex', `repeats #${id}, which repeats something itself`)
  }
  const problems = [...reading.problems].map(([code, message]) => problem(code, message))
  return {
    svg:
      problems.length === 0
        ? reading.out
            .join('')
            .replace(/><\/(?!svg|g|defs|title|desc|[a-zA-Z]*Gradient|pattern|clipPath|mask|symbol)[a-zA-Z]+>/g, '/>')
        : null,
    problems,
  }
}

const byVariable = new Map(colorKeys.map((key) => [colorVariable(key), key]))

/** The drawing of one scheme: an image cannot see the page's variables, so their values are written in. */
export function drawSvg(svg: string, colors: Record<ColorKey, SchemePair>, scheme: Scheme): string {
  return svg
    .replace(/var\((--livery-[a-z0-9-]+)(?:,[^()]*)?\)/g, (_, variable: string) => {
      const key = byVariable.get(variable)
      return key ? colors[key][scheme] : colors.text[scheme]
    })
    .replaceAll('currentColor', colors.text[scheme])
}
