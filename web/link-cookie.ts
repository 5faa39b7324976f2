/**
 * Links of mails carry a secret in their address. The first answer moves it into a cookie that no script reads and sends
 * the browser to the clean address: nothing is left in the address bar, in the history or for a Referer. Nothing is
 * consumed by it, so programs that open links in mails do no harm.
 *
 * Pure, because the server in front answers such a request itself, and the pages read the cookie.
 */

import { type CookieSite, cookieLine } from './session-cookie.ts'

export const linkPaths = {
  '/sign-in': 'sign-in',
  '/verify': 'verify',
  '/reset': 'reset',
  '/invitation': 'invitation',
  '/start': 'start',
  '/secure': 'secure',
  '/recover/cancel': 'cancel',
  '/recover/factor': 'factor',
} as const
export type LinkKind = (typeof linkPaths)[keyof typeof linkPaths]

/** 256 bits in base64url. Anything else was cut off or made up; it is kept all the same, so that the page can say so. */
const longest = 128

/** What the cookie holds: the kind says which page it is for. */
export const linkValue = (kind: LinkKind, secret: string): string => `${kind}.${secret}`

/** The secret of a link of this kind, out of the cookie's value. */
export const linkSecret = (kind: LinkKind, value: string | null | undefined): string | null =>
  value?.startsWith(`${kind}.`) ? value.slice(kind.length + 1) : null

/**
 * The answer to a GET of one of these pages with `?ticket=…`: where to go, and the Set-Cookie line. Null for every other
 * request. `rest` is the path below the site.
 */
export const takeLink = (
  site: CookieSite & { base: string },
  rest: string,
  query: URLSearchParams,
): { location: string; setCookie: string } | null => {
  const kind = Object.hasOwn(linkPaths, rest) ? linkPaths[rest as keyof typeof linkPaths] : null
  const secret = query.get('ticket')
  if (kind === null || secret === null) return null
  const kept = secret.replace(/[^A-Za-z0-9_-]/g, '').slice(0, longest)
  return {
    location: `${site.base}${rest}`,
    setCookie: cookieLine(site, 'ticket', linkValue(kind, kept)),
  }
}
