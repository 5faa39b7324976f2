// What somebody reads on a page, out of the HTML as it was sent.

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", nbsp: ' ' }

export const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#x27|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)

const spoken = /\s(?:alt|title|aria-label|placeholder|value|content)="([^"]*)"/g

/** Everything that is shown or read aloud: the text, the title, and the attributes that hold words. */
export const visibleText = (html: string): string => {
  const without = html.replaceAll(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
  const attributes = [...without.matchAll(spoken)].map(([, words = '']) => words)
  return unescaped([without.replaceAll(/<[^>]*>/g, ' '), ...attributes].join(' ')).replaceAll(/\s+/g, ' ')
}

/** An attribute of the document element. */
export const documentAttribute = (html: string, name: string): string | null =>
  new RegExp(`<html\\b[^>]*\\s${name}="([^"]*)"`).exec(html)?.[1] ?? null

export const screenOf = (html: string): string | null => /<main\b[^>]*data-screen="([^"]*)"/.exec(html)?.[1] ?? null

/** What an input is filled with. */
export const filledWith = (html: string, name: string): string | null => {
  const input = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag).find((tag) => tag.includes(` name="${name}"`))
  const value = input === undefined ? undefined : /\svalue="([^"]*)"/.exec(input)?.[1]
  return value === undefined ? null : unescaped(value)
}

/** The code of what went wrong, as the alert carries it; null where nothing did. */
export const failureIn = (html: string): string | null => /\sdata-code="([^"]*)"/.exec(html)?.[1] ?? null

/** Names of the fields that are marked as wrong. */
export const markedIn = (html: string): string[] =>
  [...html.matchAll(/<(?:input|select)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes('aria-invalid="true"'))
    .map((tag) => /\sname="([^"]*)"/.exec(tag)?.[1] ?? '')
