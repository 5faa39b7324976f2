/** Pure decisions about words: which languages follow each other, who has the word for a key, what is wrong with a file. */
import { type Texts, type TextsProblem, TextsSource, type TextTags, type TextValues } from './contract.ts'
import { compile, type Message, type shapeOf } from './messages.ts'

export type Words = Record<string, string | null>
/** One organization's published texts, by locale. */
export type TextsLayer = { organizationId: string; words: ReadonlyMap<string, Words> }

const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi'])
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'

/** de-AT → de-AT, de, then the organization's default and its base language, and English at the end. */
export function fallbackOf(locale: string, organizationDefault: string): string[] {
  const chain: string[] = []
  for (const start of [locale, organizationDefault, 'en']) {
    const parts = start.split('-')
    for (let length = parts.length; length > 0; length -= 1) {
      const tag = parts.slice(0, length).join('-')
      if (!chain.includes(tag)) chain.push(tag)
    }
  }
  return chain
}

/** What the chain says for a key in one language: the nearest word wins, null takes it back to the built-in one. */
function overrideOf(layers: readonly TextsLayer[], locale: string, key: string): string | null | undefined {
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const words = layers[index]?.words.get(locale)
    if (words && Object.hasOwn(words, key)) return words[key]
  }
  return undefined
}

export type TextsInput = {
  locale: string
  organizationDefault: string
  layers: readonly TextsLayer[]
  base: ReadonlyMap<string, Words>
  version: string
  /** Hears of what should not happen: a key nobody has, a stored message that cannot be read. */
  onProblem?: (code: string, key: string) => void
}

export function textsOf(input: TextsInput): Texts {
  const { locale, layers, base } = input
  const chain = fallbackOf(locale, input.organizationDefault)
  const compiled = new Map<string, Message | null>()

  const candidates = function* (key: string): Generator<{ source: string; from: string }> {
    for (const from of chain) {
      const override = overrideOf(layers, from, key)
      if (typeof override === 'string') yield { source: override, from }
      const words = base.get(from)
      const source = words && Object.hasOwn(words, key) ? words[key] : undefined
      if (typeof source === 'string') yield { source, from }
    }
  }
  const find = (key: string): Message | null => {
    const known = compiled.get(key)
    if (known !== undefined) return known
    let message: Message | null = null
    for (const { source, from } of candidates(key)) {
      try {
        message = compile(
          source,
          from === chain[0] || locale.startsWith(`${from}-`) ? locale : from,
          directionOf(from) === 'rtl',
        )
        break
      } catch {
        input.onProblem?.('texts.unreadable', key)
      }
    }
    if (!message) input.onProblem?.('texts.missing', key)
    // Keys come from our pages; the bound is there for those that are put together from what somebody sent.
    if (compiled.size < 5000) compiled.set(key, message)
    return message
  }
  return {
    locale,
    dir: directionOf(locale),
    version: input.version,
    t: (key: string, values?: TextValues) => find(key)?.plain(values) ?? '',
    rich: <T>(key: string, values: TextValues | undefined, tags: TextTags<T>) => find(key)?.rich(values, tags) ?? [],
    has: (key: string) => !candidates(key).next().done,
  }
}

const problem = (code: string, at: string, message: string): TextsProblem => ({ code, at, message })

/**
 * An organization's file of texts: flat keys that exist, messages that parse, and no placeholder or tag that the page
 * would not fill.
 */
export function checkTexts(value: unknown, at: string, known: Words): { words: Words; problems: TextsProblem[] } {
  const parsed = TextsSource.safeParse(value)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) =>
      problem('texts.field', at, `${at} ${issue.path.join(' ')}: ${issue.message}`),
    )
    return { words: {}, problems }
  }
  const problems: TextsProblem[] = []
  for (const [key, source] of Object.entries(parsed.data)) {
    const original = Object.hasOwn(known, key) ? known[key] : undefined
    if (typeof original !== 'string') problems.push(problem('texts.unknown_key', at, `${at}: nothing is called ${key}`))
    else if (source !== null) problems.push(...checkMessage(source, original, `${at} ${key}`))
  }
  return { words: parsed.data, problems }
}

function checkMessage(source: string, original: string, at: string): TextsProblem[] {
  let shape: ReturnType<typeof shapeOf>
  try {
    shape = compile(source, 'en', false).shape
  } catch (cause) {
    return [problem('texts.syntax', at, `${at} cannot be read: ${cause instanceof Error ? cause.message : 'unknown'}`)]
  }
  const allowed = compile(original, 'en', false).shape
  const strange = [...shape.arguments.keys()].filter((name) => !allowed.arguments.has(name))
  const strangeTags = [...shape.tags].filter((name) => !allowed.tags.has(name))
  const wrongKinds = [...shape.arguments].filter(([name, { kind }]) => {
    const original = allowed.arguments.get(name)
    // Anything can be written as plain words; a text cannot be counted or read from a calendar.
    return original && kind !== 'text' && kind !== original.kind
  })
  return [
    ...wrongKinds.map(([name, { kind }]) => problem('texts.placeholder_kind', at, `${at}: {${name}} is no ${kind}`)),
    ...strange.map((name) => problem('texts.unknown_placeholder', at, `${at}: {${name}} is never filled here`)),
    ...strangeTags.map((name) => problem('texts.unknown_tag', at, `${at}: <${name}> means nothing here`)),
  ]
}
