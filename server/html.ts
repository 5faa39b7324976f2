// The last look at a page before it is sent. The framework's scripts are left out: pages are whole without them, and what
// is not there cannot be attacked, loaded or waited for. What remains inline is named in the policy by its hash.

import { createHash } from 'node:crypto'

export type Page = { html: string; status: number | null; styleHashes: string[] }

/** Our own module carries data-livery; nothing else that runs is ours. */
const foreignScript = /<script\b(?![^>]*\bdata-livery\b)[^>]*>[\s\S]*?<\/script>/g
const scriptPreload = /<link\b[^>]*\bas="script"[^>]*>/g
/** What React writes to find its way back, which nobody will. */
const boundary = /<!--(?:\$|\/\$|&|\/&| )?[!?]?-->/g
const hiddenBoundary = /<div hidden="">\s*<\/div>/g
const statusMark = /<meta name="livery-status" content="(\d{3})"\/?>/g

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The page as it is sent, the status that it asked for, and the hashes of its inline styles. */
export const finishPage = (drawn: string): Page => {
  let status: number | null = null
  const html = drawn
    .replace(foreignScript, '')
    .replace(scriptPreload, '')
    .replace(boundary, '')
    .replace(hiddenBoundary, '')
    .replace(statusMark, (_, wanted: string) => {
      status = Number(wanted)
      return ''
    })
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].map(([, text = '']) => hashOf(text))
  return { html, status, styleHashes: [...new Set(styles)] }
}
