// The last look at a page before it is sent. The framework's scripts are left out: pages are whole without them, and what
// is not there cannot be attacked, loaded or waited for. What remains inline is named in the policy by its hash.

import { createHash } from 'node:crypto'

export type Page = { html: string; status: number | null; styleHashes: string[]; usesPasskeys: boolean }

/** What a page that uses passkeys needs: the address of their script, and where that asks what to ask the browser. */
export type PasskeyPlaces = { script: string; options: string }

/** Our own module carries data-livery; nothing else that runs is ours. */
const foreignScript = /<script\b(?![^>]*\bdata-livery\b)[^>]*>[\s\S]*?<\/script>/g
const scriptPreload = /<link\b[^>]*\bas="script"[^>]*>/g
/** What React writes to find its way back, which nobody will. */
const boundary = /<!--(?:\$|\/\$|&|\/&| )?[!?]?-->/g
const hiddenBoundary = /<div hidden="">\s*<\/div>/g
const statusMark = /<meta name="livery-status" content="(\d{3})"\/?>/g

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Buttons, forms and messages of passkeys carry it; whatever somebody has written into a page has no quotation marks. */
const passkeyHook = /\sdata-passkey(?:-signal)?="/

const withScript = (html: string, { script, options }: PasskeyPlaces): string =>
  html.replace(
    '</head>',
    `<script type="module" src="${script}" data-livery="" data-options="${options}"></script></head>`,
  )

/**
 * The page as it is sent, the status that it asked for, and the hashes of its inline styles. The script of passkeys is in pages
 * that use them, where they are met at all.
 */
export const finishPage = (drawn: string, passkeys: PasskeyPlaces | null = null): Page => {
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
  const usesPasskeys = passkeys !== null && passkeyHook.test(html)
  return {
    html: usesPasskeys ? withScript(html, passkeys) : html,
    status,
    styleHashes: [...new Set(styles)],
    usesPasskeys,
  }
}
