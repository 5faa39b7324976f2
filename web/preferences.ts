/** Which language and which scheme a request is answered in. Pure, so that the answer may be remembered. */

import { match } from '@formatjs/intl-localematcher'
import { LRUCache } from 'lru-cache'
import Negotiator from 'negotiator'
import { type ColorScheme, colorSchemes } from '#core/themes/contract'
import { processState } from '#platform/process'
import { cookieValue, localeCookie, schemeCookie } from './session-cookie.ts'

const longestHeader = 300

const negotiated = (offered: readonly string[], header: string): string => {
  const wanted = new Negotiator({ headers: { 'accept-language': header } }).languages().filter((tag) => tag !== '*')
  try {
    return match(wanted, [...offered], offered[0] ?? 'en')
  } catch {
    // Something that is no language tag: as good as nothing.
    return offered[0] ?? 'en'
  }
}

const bestOf = (offered: readonly string[], header: string | undefined): string => {
  const first = offered[0] ?? 'en'
  if (!header || header.length > longestHeader || offered.length < 2) return first
  const kept = processState('web.languages', () => new LRUCache<string, string>({ max: 1000 }))
  const key = `${offered.join()}\0${header}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const best = negotiated(offered, header)
  kept.set(key, best)
  return best
}

/** `ui_locales` of OpenID Connect Core §3.1.2.1: tags in order of preference, separated by spaces; null when none fits. */
export const askedLocale = (offered: readonly string[], uiLocales: string | null): string | null => {
  for (const tag of (uiLocales ?? '').slice(0, longestHeader).split(' ')) {
    const language = tag.split('-')[0]
    const found =
      offered.find((one) => one.toLowerCase() === tag.toLowerCase()) ?? offered.find((one) => one === language)
    if (found) return found
  }
  return null
}

/** The language of the page: what the address asks for, what this browser has chosen, what it prefers, the first offered. */
export const localeOf = (
  offered: readonly string[],
  from: { asked: string | null; cookie: string | undefined; acceptLanguage: string | undefined },
): string => {
  if (from.asked !== null) return from.asked
  const chosen = cookieValue(from.cookie, localeCookie)
  return chosen !== null && offered.includes(chosen) ? chosen : bestOf(offered, from.acceptLanguage)
}

/** The scheme that this browser has chosen; null when it has not. */
export const schemeOf = (cookie: string | undefined): ColorScheme | null => {
  const chosen = cookieValue(cookie, schemeCookie)
  return colorSchemes.find((scheme) => scheme === chosen) ?? null
}
