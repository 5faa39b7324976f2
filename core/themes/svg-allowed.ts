/** What a drawing may consist of: shapes, paint and words for those who cannot see it. Everything else is refused. */
import { colorKeys } from './contract.ts'
import { colorVariable } from './css.ts'

export const allowedElements = new Set([
  'svg',
  'g',
  'defs',
  'symbol',
  'use',
  'title',
  'desc',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'linearGradient',
  'radialGradient',
  'stop',
  'pattern',
  'clipPath',
  'mask',
])

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?:px|%)?$/i
const numbers = /^[-+.\d\s,e%]*$/i
const path = /^[MmLlHhVvCcSsQqTtAaZz\d\s,.+\-e]*$/
const transform = /^(?:(?:matrix|translate|scale|rotate|skewX|skewY)\([-+.\d\s,e]*\)[\s,]*)*$/
const word = /^[a-zA-Z][a-zA-Z\s-]{0,40}$/
const id = /^[A-Za-z][\w-]{0,63}$/
const localUrl = /^url\(#[A-Za-z][\w-]{0,63}\)$/
const localHref = /^#[A-Za-z][\w-]{0,63}$/
const label = /^[^<>&]{0,120}$/

const variables = new Set(colorKeys.map(colorVariable))
const plainColor = /^(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|rgba?\([\d\s.,%/]+\))$/

/** A colour, `none`, a variable of ours with at most a hex behind it, or a gradient of the same file. */
function isPaint(value: string): boolean {
  const variable = /^var\(\s*(--livery-[a-z0-9-]+)\s*(?:,\s*(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24})\s*)?\)$/.exec(value)
  if (variable) return variables.has(variable[1] ?? '')
  return plainColor.test(value) || localUrl.test(value)
}

const matches = (pattern: RegExp) => (value: string) => pattern.test(value)

const paint: Record<string, (value: string) => boolean> = {
  fill: isPaint,
  stroke: isPaint,
  color: isPaint,
  'stop-color': isPaint,
  'clip-path': (value) => value === 'none' || localUrl.test(value),
  mask: (value) => value === 'none' || localUrl.test(value),
  ...Object.fromEntries(
    [
      'opacity',
      'fill-opacity',
      'stroke-opacity',
      'stop-opacity',
      'stroke-width',
      'stroke-miterlimit',
      'stroke-dashoffset',
    ].map((name) => [name, matches(number)]),
  ),
  'stroke-dasharray': (value) => value === 'none' || numbers.test(value),
  ...Object.fromEntries(
    [
      'fill-rule',
      'clip-rule',
      'stroke-linecap',
      'stroke-linejoin',
      'vector-effect',
      'shape-rendering',
      'paint-order',
      'display',
      'visibility',
      'overflow',
      'mix-blend-mode',
      'mask-type',
    ].map((name) => [name, matches(word)]),
  ),
}

const geometry: Record<string, (value: string) => boolean> = {
  id: matches(id),
  d: matches(path),
  points: matches(numbers),
  viewBox: matches(numbers),
  ...Object.fromEntries(
    [
      'x',
      'y',
      'x1',
      'y1',
      'x2',
      'y2',
      'cx',
      'cy',
      'r',
      'rx',
      'ry',
      'fx',
      'fy',
      'width',
      'height',
      'offset',
      'pathLength',
    ].map((name) => [name, matches(number)]),
  ),
  ...Object.fromEntries(
    ['transform', 'gradientTransform', 'patternTransform'].map((name) => [name, matches(transform)]),
  ),
  ...Object.fromEntries(
    [
      'gradientUnits',
      'patternUnits',
      'patternContentUnits',
      'clipPathUnits',
      'maskUnits',
      'maskContentUnits',
      'spreadMethod',
      'preserveAspectRatio',
      'role',
      'focusable',
    ].map((name) => [name, matches(word)]),
  ),
  lang: matches(word),
  'aria-hidden': matches(word),
  'aria-label': matches(label),
  'aria-labelledby': matches(id),
}

const referring = new Set(['use', 'linearGradient', 'radialGradient', 'pattern'])

/** What drawing programs leave behind and nobody needs. */
export const isIgnored = (attribute: string): boolean =>
  attribute === 'version' ||
  attribute === 'baseProfile' ||
  attribute === 'xml:space' ||
  /^(?:xmlns(?::\w+)?|data-[\w-]+)$/.test(attribute)

function canonicalStyle(value: string): string | null {
  const declarations: string[] = []
  for (const declaration of value.split(';')) {
    if (declaration.trim() === '') continue
    const colon = declaration.indexOf(':')
    const [property, setting] = [declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()]
    const isFine = Object.hasOwn(paint, property) ? paint[property] : undefined
    if (!isFine?.(setting)) return null
    declarations.push(`${property}:${setting}`)
  }
  return declarations.join(';')
}

/** The attribute as it is written again, or null where it is not allowed. */
export function canonicalAttribute(
  element: string,
  attribute: string,
  raw: string,
): { name: string; value: string; refers: boolean } | null {
  const value = raw.trim()
  if (attribute === 'href' || attribute === 'xlink:href') {
    return referring.has(element) && localHref.test(value) ? { name: 'href', value, refers: true } : null
  }
  if (attribute === 'style') {
    const style = canonicalStyle(value)
    return style === null ? null : { name: 'style', value: style, refers: style.includes('url(#') }
  }
  const table = Object.hasOwn(paint, attribute) ? paint : geometry
  const isFine = Object.hasOwn(table, attribute) ? table[attribute] : undefined
  return isFine?.(value) ? { name: attribute, value, refers: value.startsWith('url(#') } : null
}
