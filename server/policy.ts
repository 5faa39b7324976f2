// The headers that every answer carries, and the content security policy of pages.

import { settings } from '#platform/env'
import { processState } from '#platform/process'

const year = 365 * 24 * 60 * 60

const common: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: browsers would send forms with the origin `null`, which is refused.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'x-robots-tag': 'noindex',
  'x-frame-options': 'DENY',
}

/** Headers of every answer. Strict-Transport-Security (RFC 6797) only where the origin is https. */
export const securityHeaders = (): Record<string, string> =>
  processState('server.headers', () =>
    settings().origin.startsWith('https:') ? { ...common, 'strict-transport-security': `max-age=${year}` } : common,
  )

/**
 * `frames`: whether pages of this origin may show the page in a frame, as the gallery does. `asks`: whether a script of the page
 * asks this origin for something.
 */
export type PolicyWish = {
  styleHashes?: readonly string[]
  frames?: 'nobody' | 'own'
  showsFrames?: boolean
  asks?: boolean
}

/** Content-Security-Policy (Level 3) of a page: its own files and the inline styles named by hash. */
export const pagePolicy = ({
  styleHashes = [],
  frames = 'nobody',
  showsFrames = false,
  asks = false,
}: PolicyWish): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleHashes.map((hash) => ` ${hash}`).join('')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "form-action 'self'",
    ...(asks ? ["connect-src 'self'"] : []),
    ...(showsFrames ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    `frame-ancestors ${frames === 'own' ? "'self'" : "'none'"}`,
  ].join('; ')

/** Of a mail that is shown as a page: drawn with inline styles, its pictures at whatever address it names; nothing runs. */
export const mailPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src http: https:',
  'font-src http: https:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** Of everything that is no page: nothing in it runs, loads or is framed. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
