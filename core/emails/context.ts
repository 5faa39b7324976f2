/**
 * Looks at a compiled drawing as a mail program will, before anything is filled in: a value may stand in words and in
 * quoted attributes that hold words; an address may be one value and nothing else; nothing may stand where it could
 * become a tag, a style or a script. What is not on the lists is refused, whoever drew it. Runs in the compiler's thread.
 */
import { Parser } from 'htmlparser2'
import type { CompileProblem } from './job.ts'
import type { Known } from './placeholders.ts'

const elements = new Set(
  'html head title meta style body div table tbody thead tr td th a img p h1 h2 h3 span br b strong i em u ul ol li sup sub small'.split(
    ' ',
  ),
)
const attributes = new Set(
  'align alt aria-label aria-roledescription bgcolor border cellpadding cellspacing class colspan content dir height href http-equiv id lang media name role rowspan src style target title type valign width xmlns xmlns:o xmlns:v'.split(
    ' ',
  ),
)
/** Words that somebody may read or hear; a value in them can break nothing. */
const ofWords = new Set(['alt', 'title', 'aria-label'])
const metaHeaders = new Set(['x-ua-compatible', 'content-type'])
const activeStyle = /url\s*\(|expression|@import|behaviou?r|-moz-binding|javascript|\\|<|position\s*:/i

// A mark of letters: anything else could end a name or hide what comes after it.
const mark = 'zqm'
const block = 'zqbzqb'

type Marked = { html: string; names: string[] }

function withMarks(html: string): Marked {
  const names: string[] = []
  const marked = html.replace(/\{\{([\s\S]*?)\}\}/g, (_, inside: string) => {
    const name = inside.trim()
    if (/^[a-zA-Z][\w.-]*$/.test(name) && name !== 'else') return `${mark}${names.push(name) - 1}${mark}`
    return block
  })
  return { html: marked, names }
}

const isSafeAddress = (value: string) => /^(?:https:\/\/[^\s"'<>\\]+|mailto:[^\s"'<>\\:/]+@[^\s"'<>\\:/]+)$/.test(value)

export function checkContext(html: string, known: Known): CompileProblem[] {
  const problems = new Map<string, CompileProblem>()
  const refuse = (message: string) => problems.set(message, { code: 'emails.unsafe', message })
  const { html: marked, names } = withMarks(html)
  const isFilled = (value: string) => value.includes(mark) || value.includes(block)
  const wholeValue = (value: string) => {
    const [, index] = new RegExp(`^${mark}(\\d+)${mark}$`).exec(value) ?? []
    return index === undefined ? undefined : names[Number(index)]
  }
  const checkAddress = (name: string, value: string) => {
    const whole = wholeValue(value)
    if (whole !== undefined) {
      if (known.get(whole) !== 'url') refuse(`${name}="{{${whole}}}" is no address`)
    } else if (isFilled(value)) refuse(`${name} is one address and nothing else beside it`)
    else if (name === 'src')
      refuse('a picture comes from this organization alone: src="{{image.logo}}" or {{image.art}}')
    else if (!isSafeAddress(value)) refuse(`${name} begins with https:// or mailto:`)
  }
  const checkAttribute = (tag: string, name: string, value: string, quote: string | null | undefined) => {
    if (isFilled(name)) return refuse('a value cannot be the name of an attribute')
    if (!attributes.has(name)) return refuse(`the attribute ${name} is not allowed`)
    if (name === 'href' || name === 'src') return checkAddress(name, value)
    if (name === 'http-equiv' && !metaHeaders.has(value.toLowerCase())) return refuse(`<meta http-equiv="${value}">`)
    if (name === 'style' && activeStyle.test(value)) return refuse('a style holds colours and sizes alone')
    if (!isFilled(value)) return
    if (!quote) return refuse(`${name} needs quotes around its value`)
    if (value.includes(block) || !ofWords.has(name)) return refuse(`no value can stand in ${name} of <${tag}>`)
  }

  let style = 0
  let tag = ''
  const parser = new Parser(
    {
      onopentagname: (name) => {
        tag = name
        if (!elements.has(name)) refuse(isFilled(name) ? 'a value cannot be a tag' : `<${name}> is not allowed`)
        if (name === 'style') style += 1
      },
      onattribute: (name, value, quote) => checkAttribute(tag, name, value, quote),
      ontext: (text) => {
        if (style > 0 && (isFilled(text) || activeStyle.test(text))) refuse('a style holds colours and sizes alone')
      },
      onclosetag: (name) => {
        if (name === 'style') style -= 1
      },
      oncomment: (text) => {
        // Mail programs of one family read these as part of the page.
        if (isFilled(text)) refuse('no value can stand in a comment')
        if (!/^\[if [a-zA-Z0-9 |!]+\]>|^<!\[endif\]$/.test(text)) refuse('comments are not allowed')
        if (/<script|javascript:|\bon[a-z]+\s*=/i.test(text)) refuse('comments are not allowed')
      },
      onprocessinginstruction: (name, text) => {
        if (name !== '!doctype' && text !== '![endif]--') refuse('instructions are not allowed')
      },
    },
    { lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true },
  )
  parser.end(marked)
  for (const name of names) if (!known.has(name)) refuse(`{{${name}}} is nothing that this email knows`)
  return [...problems.values()]
}
