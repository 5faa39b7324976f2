/**
 * What an organization may draw: an allow-list of elements, attributes and values, with limits that hold before anything
 * is compiled, since the compiler cleans nothing and is easily kept busy. Runs in the compiler's thread.
 */
import { Parser } from 'htmlparser2'
import { brandValues, fillIn } from './compose.ts'
import type { CompileJob, CompileProblem } from './job.ts'
import { type Known, readPlaceholders } from './placeholders.ts'

export const markupLimits = { bytes: 64 * 1024, elements: 400, depth: 12 } as const

const list = (words: string) => new Set(words.split(' '))

const box =
  'align background-color border border-bottom border-left border-radius border-right border-top css-class direction height mj-class padding padding-bottom padding-left padding-right padding-top text-align vertical-align width'
const type =
  'color container-background-color font-size font-style font-weight letter-spacing line-height text-decoration text-transform'
/** The elements of a drawing: their attributes, and what may stand in them. */
const drawing: Record<string, { attributes: Set<string>; inside: Set<string> | 'words' | 'nothing' }> = {
  'mj-body': { attributes: list('background-color width'), inside: list('mj-section mj-wrapper part') },
  'mj-wrapper': { attributes: list(box), inside: list('mj-section part') },
  'mj-section': { attributes: list(box), inside: list('mj-column mj-group part') },
  'mj-group': { attributes: list(box), inside: list('mj-column') },
  'mj-column': {
    attributes: list(`${box} inner-background-color inner-border inner-border-radius`),
    inside: list('mj-text mj-button mj-divider mj-spacer mj-table part'),
  },
  'mj-text': { attributes: list(`${box} ${type}`), inside: 'words' },
  'mj-button': {
    attributes: list(`${box} ${type} href inner-padding title`),
    inside: 'words',
  },
  'mj-table': { attributes: list(`${box} ${type} cellpadding cellspacing table-layout`), inside: 'words' },
  'mj-divider': {
    attributes: list(`${box} border-color border-style border-width container-background-color`),
    inside: 'nothing',
  },
  'mj-spacer': { attributes: list(`${box} container-background-color`), inside: 'nothing' },
  part: { attributes: list('name'), inside: 'nothing' },
}
const plain = list('')
/** The elements of words, inside text, buttons and tables. */
const words: Record<string, Set<string>> = {
  a: list('href title'),
  b: plain,
  br: plain,
  em: plain,
  h1: plain,
  h2: plain,
  h3: plain,
  i: plain,
  li: plain,
  ol: plain,
  p: plain,
  small: plain,
  span: list('dir lang'),
  strong: plain,
  sub: plain,
  sup: plain,
  tbody: plain,
  td: list('align colspan rowspan valign width'),
  th: list('align colspan rowspan valign width'),
  tr: plain,
  u: plain,
  ul: plain,
}
/** What stands in the slot of the layout is in a column. */
const inSlot = list('mj-text mj-button mj-divider mj-spacer mj-table part')
const classNames = list('card content lead paragraph subtitle quiet')
const cssClasses = list('mail-head mail-content mail-card mail-gap mail-html mail-button')

const value = /^[\w .,#%'-]*$/
const readable = /^[^<>"`\\]*$/
const address = /^(?:https:\/\/[^\s"'<>\\{}]+|mailto:[^\s"'<>\\:/{}]+@[^\s"'<>\\:/{}]+)$/
const oneValue = /^\{\{([a-zA-Z][\w.-]*)\}\}$/

const problem = (message: string, code = 'emails.markup'): CompileProblem => ({ code, message })

type Refuse = (message: string) => void

function checkValue(tag: string, name: string, text: string, known: Known, refuse: Refuse): void {
  const where = `<${tag} ${name}>`
  if (name === 'href') {
    const [, placeholder] = oneValue.exec(text) ?? []
    if (placeholder !== undefined) {
      if (known.get(placeholder) !== 'url') refuse(`${where}: {{${placeholder}}} is no address`)
    } else if (!address.test(text)) refuse(`${where} begins with https:// or mailto:, or is one placeholder`)
  } else if (name === 'mj-class') {
    if (!text.split(' ').every((one) => classNames.has(one))) refuse(`${where} is one of ${[...classNames].join(', ')}`)
  } else if (name === 'css-class') {
    if (!text.split(' ').every((one) => cssClasses.has(one))) refuse(`${where} is one of ${[...cssClasses].join(', ')}`)
  } else if (name === 'title') {
    if (!readable.test(text)) refuse(`${where} is plain words`)
  } else if (!value.test(text)) refuse(`${where} is a plain value such as 16px, left or {{color.primary}}`)
}

type Open = { name: string; isWords: boolean }

function checkPlace(name: string, open: Open[], isBody: boolean, refuse: Refuse): boolean {
  const above = open.at(-1)
  if (above?.isWords || (above && drawing[above.name]?.inside === 'words')) {
    if (!Object.hasOwn(words, name)) refuse(`<${name}> is not allowed in words`)
    return true
  }
  if (!Object.hasOwn(drawing, name)) {
    refuse(
      Object.hasOwn(words, name)
        ? `<${name}> stands inside of mj-text, mj-button or mj-table`
        : `<${name}> is not allowed`,
    )
    return false
  }
  const allowed = above ? drawing[above.name]?.inside : isBody ? list('mj-body') : inSlot
  if (!(allowed instanceof Set) || !allowed.has(name))
    refuse(`<${name}> cannot stand ${above ? `in <${above.name}>` : 'here'}`)
  return false
}

function walk(source: string, known: Known, refuse: Refuse): void {
  const open: Open[] = []
  const isBody = /^\s*<mj-body\b/.test(source)
  let count = 0
  const isTooMuch = () => count > markupLimits.elements || open.length > markupLimits.depth
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        count += 1
        if (isTooMuch()) return
        const isWords = checkPlace(name, open, isBody, refuse)
        const allowed = isWords ? words[name] : drawing[name]?.attributes
        for (const [attribute, text] of Object.entries(attributes)) {
          if (!allowed?.has(attribute)) refuse(`<${name}> has no ${attribute} here`)
          else checkValue(name, attribute, text, known, refuse)
        }
        open.push({ name, isWords })
      },
      onclosetag: () => {
        open.pop()
      },
      ontext: (text) => {
        const above = open.at(-1)
        const isInWords = above && (above.isWords || drawing[above.name]?.inside === 'words')
        if (text.trim() !== '' && !isInWords)
          refuse('words and conditions stand inside of mj-text, mj-button or mj-table')
      },
    },
    { recognizeSelfClosing: true, lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true },
  )
  parser.end(source)
  if (count > markupLimits.elements) refuse(`more than ${markupLimits.elements} elements`)
}

/** How deep elements stand in each other, counted without a parser that could be led astray. */
function depthOf(source: string): number {
  let depth = 0
  let deepest = 0
  for (const [tag] of source.matchAll(/<\/?[a-z][^>]*>/gi)) {
    if (tag.startsWith('</')) depth -= 1
    else if (!tag.endsWith('/>') && !/^<br\b/i.test(tag)) depth += 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** What is wrong with an organization's drawing; nothing when it may be compiled. */
export function checkMarkup({ source, known: names, look, locale, dir }: CompileJob): CompileProblem[] {
  const known: Known = new Map(names)
  if (source.length > markupLimits.bytes)
    return [problem(`larger than ${markupLimits.bytes / 1024} KB`, 'emails.too_large')]
  if (source.split('<').length > markupLimits.elements * 2)
    return [problem(`more than ${markupLimits.elements} elements`, 'emails.too_large')]
  if (depthOf(source) > markupLimits.depth)
    return [problem(`more than ${markupLimits.depth} elements inside each other`, 'emails.too_large')]
  if (/<[!?]|--|\]\]>/.test(source)) return [problem('comments and instructions are not allowed')]
  // Pictures are drawn by our parts, which know what to do where a brand has none.
  if (/\{\{\s*image\./.test(source)) return [problem('pictures come by <part name="logo" /> and <part name="art" />')]
  // Colours, sizes and sides are filled in by the brand: what is left are the values of a message.
  const filled = fillIn(source, brandValues(look, locale, dir))
  const asked = readPlaceholders(filled, known).problems
  if (asked.length > 0) return asked.map((message) => problem(message, 'emails.placeholder'))
  const found = new Set<string>()
  walk(filled, known, (message) => found.add(message))
  if (/^\s*<mj-body\b/.test(source) && !/<part\s+name="footer"\s*\/>/.test(source))
    found.add('a drawing of its own ends with <part name="footer" />: who writes, and why')
  return [...found].map((message) => problem(message))
}
