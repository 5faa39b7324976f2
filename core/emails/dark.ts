/**
 * From the stand-ins of the colours to the colours themselves, in both schemes: every element that shows one gets a class
 * for it, and a media query says what it is where a device is dark. So a drawing needs no rules of its own, and none of
 * its colours can be forgotten. Runs in the compiler's thread.
 */
import { Parser } from 'htmlparser2'
import { colorNames, standInShape } from './compose.ts'
import type { Look, Scheme } from './job.ts'

/** What a colour is used for, by the property that names it. */
const uses = [
  { kind: 'c', property: /^color$/, rule: (color: string) => `color:${color}!important` },
  { kind: 'b', property: /^background(?:-color)?$/, rule: (color: string) => `background:${color}!important` },
  { kind: 'l', property: /^border(?:-|$)/, rule: (color: string) => `border-color:${color}!important` },
] as const

const indexesIn = (value: string) => [...value.matchAll(standInShape)].map(([, hex = '0']) => Number.parseInt(hex, 16))

/** The classes for what an element shows: 'mail-c3' is the third colour as a text. */
function classesOf(attributes: Record<string, string>): string[] {
  const found = new Set<string>()
  for (const declaration of (attributes.style ?? '').split(';')) {
    const at = declaration.indexOf(':')
    const property = declaration.slice(0, at).trim()
    const use = uses.find((one) => one.property.test(property))
    if (use) for (const index of indexesIn(declaration.slice(at))) found.add(`mail-${use.kind}${index}`)
  }
  for (const index of indexesIn(attributes.bgcolor ?? '')) found.add(`mail-b${index}`)
  return [...found]
}

const withClasses = (tag: string, classes: string[]): string =>
  / class="/.test(tag)
    ? tag.replace(/ class="/, ` class="${classes.join(' ')} `)
    : tag.replace(/^<[a-z0-9]+/i, (start) => `${start} class="${classes.join(' ')}"`)

/** Writes the classes into the tags; answers which ones there are. */
function mark(html: string): { html: string; used: Set<string> } {
  const used = new Set<string>()
  const changes: { start: number; end: number; classes: string[] }[] = []
  const parser = new Parser({
    onopentag: (_, attributes) => {
      const classes = classesOf(attributes)
      if (classes.length > 0) changes.push({ start: parser.startIndex, end: parser.endIndex + 1, classes })
      for (const name of classes) used.add(name)
    },
  })
  parser.end(html)
  let marked = ''
  let last = 0
  for (const { start, end, classes } of changes) {
    marked += html.slice(last, start) + withClasses(html.slice(start, end), classes)
    last = end
  }
  return { html: marked + html.slice(last), used }
}

function rulesOf(used: Set<string>, look: Look, scheme: Scheme): { selector: string; rule: string; kind: string }[] {
  const names = colorNames(look)
  return [...used].sort().flatMap((selector) => {
    const [, kind = '', index = ''] = /^mail-([cbl])(\d+)$/.exec(selector) ?? []
    const color = look.colors[names[Number(index)] ?? '']?.[scheme]
    const use = uses.find((one) => one.kind === kind)
    return color && use ? [{ selector: `.${selector}`, rule: use.rule(color), kind }] : []
  })
}

const pictures = '.mail-light{display:none!important}.mail-dark{display:inline-block!important}'

/** The rules of the dark scheme: for programs that ask the device, and for those of Outlook that rewrite colours. */
function darkStyles(used: Set<string>, look: Look): string {
  const rules = rulesOf(used, look, 'dark')
  const asked = rules.map(({ selector, rule }) => `${selector}{${rule}}`).join('')
  const rewritten = rules
    .map(({ selector, rule, kind }) => `[data-ogs${kind === 'b' ? 'b' : 'c'}] ${selector}{${rule}}`)
    .join('')
  // Two sheets: a program that does not understand the second one drops it whole.
  return (
    `<style>:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${asked}${pictures}}</style>` +
    `<style>${rewritten}</style>`
  )
}

const schemesOf = (scheme: Look['scheme']) => (scheme === 'system' ? 'light dark' : scheme)

/** Outlook draws an unknown typeface as Times: it is given one that it has. */
const forOutlook = ({ isSerif }: Look) =>
  `<!--[if mso]><style>body,table,td,div,p,a,span{font-family:Arial,sans-serif!important}h1{font-family:${isSerif ? 'Georgia,serif' : 'Arial,sans-serif'}!important}</style><![endif]-->`

/** The finished page of a mail, its placeholders still in it. */
export function paint(html: string, look: Look): string {
  const names = colorNames(look)
  const base: Scheme = look.scheme === 'dark' ? 'dark' : 'light'
  const { html: marked, used } = mark(html)
  const head = [
    `<meta name="color-scheme" content="${schemesOf(look.scheme)}">`,
    `<meta name="supported-color-schemes" content="${schemesOf(look.scheme)}">`,
    '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">',
    '<meta name="x-apple-disable-message-reformatting">',
    look.faces === '' ? '' : `<style>${look.faces}</style>`,
    look.scheme === 'system' ? darkStyles(used, look) : '',
    forOutlook(look),
  ].join('\n')
  return marked
    .replace('</head>', () => `${head}\n</head>`)
    .replace(standInShape, (_, hex: string) => look.colors[names[Number.parseInt(hex, 16)] ?? '']?.[base] ?? '#000000')
}
