// Cookies are named after the handle of their organization. One that gives its handle up signs nobody out by it: what comes
// under an old name goes on under the present one.

import { directory } from '#core/organizations'
import {
  type CookieSite,
  cookieLine,
  cookieName,
  cookieValue,
  forgetCookie,
  type SiteCookie,
  siteCookies,
} from '#web/session-cookie'
import type { Site } from '#web/site'
import type { Asked } from './asked.ts'

/** Takes the cookies of one name away and sets them under another one. What came under that one already is newer, and stays. */
export const renamed = (before: CookieSite, after: CookieSite, cookie: string | undefined): string[] =>
  siteCookies.flatMap((name) => {
    const value = cookieValue(cookie, cookieName(before, name))
    if (value === null) return []
    const isKnown = cookieValue(cookie, cookieName(after, name)) !== null
    return [forgetCookie(before, name), ...(isKnown ? [] : [cookieLine(after, name, value)])]
  })

/** Which handle a cookie is named after, if it is one of these. */
const handlesIn = (name: string): string[] => {
  const own = name.startsWith('__Host-') ? name.slice('__Host-'.length) : name
  const of = (cookie: SiteCookie): string[] => (own.endsWith(`-${cookie}`) ? [own.slice(0, -cookie.length - 1)] : [])
  return [own, ...siteCookies.flatMap(of)]
}

/** Handles that the organization of a site has given up, and under which something comes with a request. */
const oldHandles = ({ organization }: Site, cookie: string): string[] => {
  const names = cookie.split(';').map((pair) => pair.slice(0, Math.max(pair.indexOf('='), 0)).trim())
  const found = names.flatMap(handlesIn).filter((handle) => directory().byOldHandle(handle)?.id === organization.id)
  return [...new Set(found)]
}

/**
 * A request to a site as if everything had come under the present name, and the lines that make the browser send it so from
 * now on.
 */
export const underPresentName = (site: Site, asked: Asked): string[] => {
  if (asked.cookie === undefined) return []
  const lines = oldHandles(site, asked.cookie).flatMap((handle) =>
    renamed({ organization: { handle }, origin: site.origin }, site, asked.cookie),
  )
  const set = lines.flatMap((line) => (line.includes('Max-Age=0') ? [] : [line.slice(0, line.indexOf(';'))]))
  if (set.length > 0) asked.cookie = [asked.cookie, ...set].join('; ')
  return lines
}
