/** ICU messages, compiled when they are first needed. A message never throws at the person who should read it. */
import { IntlMessageFormat } from 'intl-messageformat'
import { LRUCache } from 'lru-cache'
import type { TextTags, TextValue, TextValues } from './contract.ts'

type Argument = { kind: 'text' | 'number' | 'date' }
export type Shape = { arguments: Map<string, Argument>; tags: Set<string> }
type Ast = ReturnType<IntlMessageFormat['getAst']>
type Node = Ast[number]

/** Where the element types of the parser come from: their numbers are its public enum TYPE. */
const literal = 0
const argument = 1
const numberType = 2
const dateType = 3
const timeType = 4
const select = 5
const plural = 6
const pound = 7

const kindOf = (type: number): Argument['kind'] =>
  type === numberType || type === plural ? 'number' : type === dateType || type === timeType ? 'date' : 'text'

/** The arguments and tags of a message, however deeply they stand. */
export function shapeOf(ast: Ast, shape: Shape = { arguments: new Map(), tags: new Set() }): Shape {
  for (const node of ast as Node[]) {
    const type = node.type as number
    if (type === literal || type === pound) continue
    const { value: name } = node as { value: string }
    if (type === select || type === plural) {
      shape.arguments.set(name, { kind: kindOf(type) })
      for (const option of Object.values((node as { options: Record<string, { value: Ast }> }).options))
        shapeOf(option.value, shape)
    } else if (type >= argument && type <= timeType) {
      if (!shape.arguments.has(name)) shape.arguments.set(name, { kind: kindOf(type) })
    } else {
      shape.tags.add(name)
      shapeOf((node as { children: Ast }).children, shape)
    }
  }
  return shape
}

/** How a language is written here: Arabic with the digits that codes use, English with the day first. */
const formatting: Record<string, string> = { ar: 'ar-u-nu-latn', en: 'en-GB', pt: 'pt-PT' }
export const formattingLocale = (locale: string): string =>
  formatting[locale] ?? (locale.startsWith('ar-') ? `${locale}-u-nu-latn` : locale)

/**
 * Making one of Intl's objects takes a hundred times as long as using it, and every message with a number or a date needs
 * some. Bounded, because organizations write messages: each may ask for a form of its own.
 */
const keptFor = <T extends object>(make: (locales?: string | string[], options?: object) => T) => {
  const kept = new LRUCache<string, T>({ max: 500 })
  return (locales?: string | string[], options?: object): T => {
    const key = `${locales} ${options === undefined ? '' : JSON.stringify(options)}`
    const known = kept.get(key)
    if (known) return known
    const made = make(locales, options)
    kept.set(key, made)
    return made
  }
}

const formatters = {
  getNumberFormat: keptFor((locales, options) => new Intl.NumberFormat(locales, options)),
  // Instants are shown the same wherever the server stands.
  getDateTimeFormat: keptFor((locales, options) => new Intl.DateTimeFormat(locales, { timeZone: 'UTC', ...options })),
  getPluralRules: keptFor((locales, options) => new Intl.PluralRules(locales, options)),
}

export type Message = {
  shape: Shape
  plain(values: TextValues | undefined): string
  rich<T>(values: TextValues | undefined, tags: TextTags<T>): (string | T)[]
}

/** A value of Latin letters inside Arabic keeps its own direction, and so does what follows it. */
const isolate = (value: TextValue): TextValue =>
  typeof value === 'string' && value !== '' ? `\u2068${value}\u2069` : value

function complete(shape: Shape, values: TextValues | undefined, isRightToLeft: boolean): TextValues {
  const all: TextValues = {}
  for (const [name, { kind }] of shape.arguments) {
    const value = values?.[name]
    const missing = kind === 'number' ? 0 : kind === 'date' ? new Date(0) : ''
    const given = value ?? missing
    all[name] = isRightToLeft && kind === 'text' ? isolate(given) : given
  }
  return all
}

/** Parses a message; throws a SyntaxError where it is none. */
export function compile(source: string, locale: string, isRightToLeft: boolean): Message {
  const format = new IntlMessageFormat(source, formattingLocale(locale), undefined, { formatters } as object)
  const shape = shapeOf(format.getAst())
  const run = <T>(values: TextValues | undefined, tags: TextTags<T>): (string | T)[] => {
    // A tag that the caller does not draw disappears, the words in it stay.
    const drawn: Record<string, unknown> = {}
    for (const tag of shape.tags) {
      drawn[tag] = (Object.hasOwn(tags, tag) ? tags[tag] : undefined) ?? ((chunks: (string | T)[]) => chunks)
    }
    let result: unknown
    try {
      result = format.format({ ...complete(shape, values, isRightToLeft), ...drawn } as never)
    } catch {
      // A value of the wrong kind: no words are better than no page.
      return []
    }
    return (Array.isArray(result) ? result.flat(8) : [result]) as (string | T)[]
  }
  return { shape, plain: (values) => run<never>(values, {}).join(''), rich: run }
}
