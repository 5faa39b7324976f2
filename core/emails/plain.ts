/** The plain text part, made once from the compiled drawing with its placeholders still in it. In the compiler's thread. */
import { convert, type FormatCallback } from 'html-to-text'

/** A link is its words and its address on a line of its own; an address that says itself is written once. */
const link: FormatCallback = (element, walk, builder) => {
  const address = String(element.attribs?.href ?? '')
  walk(element.children, builder)
  if (wordsOf(element) !== address) {
    builder.addLineBreak()
    builder.addInline(address, { noWordTransform: true })
  }
}

type Element = Parameters<FormatCallback>[0]
const wordsOf = (element: Element): string =>
  (element.children ?? [])
    .map((child) => (child.type === 'text' ? String(child.data ?? '') : wordsOf(child)))
    .join('')
    .trim()

/** "Device: Firefox on Windows": what stands in two columns stands in one line here. */
const label: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  builder.addInline(': ')
}

/** Conditions that stand beside each other, as between two rows, go on lines of their own: such a line leaves nothing behind. */
const conditionsApart = (text: string): string =>
  text.replace(/^(?:[^\S\n]*\{\{[#/][^{}\n]*\}\})+[^\S\n]*$/gm, (line) =>
    line.trim().replace(/\}\}\s*(?=\{\{)/g, '}}\n'),
  )

export function plainTextOf(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    preserveNewlines: false,
    formatters: { link, label },
    selectors: [
      // Every piece of a drawing is a div of the compiler's: one empty line between two of them.
      { selector: 'div', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'img', format: 'skip' },
      { selector: 'td.mail-html', format: 'skip' },
      { selector: 'td.mail-label', format: 'label' },
      { selector: 'td.mail-facts', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'tr.mail-row', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'h1', format: 'heading', options: { uppercase: false, leadingLineBreaks: 2, trailingLineBreaks: 2 } },
      { selector: 'h2', format: 'heading', options: { uppercase: false } },
      { selector: 'h3', format: 'heading', options: { uppercase: false } },
      { selector: 'a', format: 'link' },
      { selector: 'p', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ],
  })
  return conditionsApart(text.trim())
}
