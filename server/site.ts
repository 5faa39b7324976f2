// What is met below one address of an organization.

import { type Arrival, ledFrom } from '#web/canonical'
import { linkPaths, takeLink } from '#web/link-cookie'
import type { Met } from '#web/meet'
import { askedLocale, localeOf, schemeOf } from '#web/preferences'
import { pageAt, passkeyOptionsPath } from '#web/routes'
import { cookieName, cookieValue, localeCookie, preferenceAttributes } from '#web/session-cookie'
import { makeSite, type Site } from '#web/site'
import { type Answer, plainText, redirect } from './answer.ts'
import { type Asked, isPlain, isReading, queryOf } from './asked.ts'
import { brandFile, favicon } from './files.ts'
import { form } from './forms.ts'
import type { Render } from './next.ts'
import { page, problem } from './pages.ts'
import { passkeyOptions } from './passkey-options.ts'
import { underPresentName } from './renamed.ts'
import { wellKnown } from './well-known.ts'

type MetSite = Extract<Met, { kind: 'site' }>

/** The site of a request, in the language and the scheme that it asks for. */
const siteFor = async (met: MetSite, asked: Asked): Promise<{ site: Site; askedFor: string | null }> => {
  const { organization, address } = met
  const { locales } = organization
  const askedFor = asked.hasQuery ? askedLocale(locales, asked.query.get('ui_locales')) : null
  const acceptLanguage = asked.message.headers['accept-language']
  const locale = localeOf(locales, { asked: askedFor, cookie: asked.cookie, acceptLanguage })
  return { site: await makeSite({ organization, address, locale, scheme: schemeOf(asked.cookie) }), askedFor }
}

/** Addresses that belong to a whole origin, not to one of several organizations on it. */
const ofOrigin: Record<string, (site: Site) => Promise<Answer | null> | Answer> = {
  '/favicon.ico': favicon,
  '/robots.txt': () => plainText(200, 'User-agent: *\nDisallow: /\n'),
  ...wellKnown,
}

/** An address that is meant for the whole origin is answered for its root alone. */
const originAnswer = async (site: Site, rest: string): Promise<Answer | null> =>
  site.base === '' && Object.hasOwn(ofOrigin, rest) ? (ofOrigin[rest]?.(site) ?? null) : null

/** Files and redirects, which need no page. */
const withoutPage = async (site: Site, asked: Asked, rest: string): Promise<Answer | null> => {
  if (rest.startsWith('/assets/')) return brandFile(site, rest)
  const ofWhole = await originAnswer(site, rest)
  if (ofWhole) return ofWhole
  if (rest === '/') {
    const isSignedIn = cookieValue(asked.cookie, cookieName(site, 'session')) !== null
    return redirect(site.path(isSignedIn ? '/account' : '/sign-in'))
  }
  if (rest.endsWith('/') && pageAt(rest.slice(0, -1), site.organization))
    return redirect(site.path(rest.slice(0, -1)), 308)
  const link =
    Object.hasOwn(linkPaths, rest) && pageAt(rest, site.organization) ? takeLink(site, rest, asked.query) : null
  return link && redirect(link.location, 303, { 'set-cookie': link.setCookie })
}

const withCookies = (answer: Answer, lines: readonly string[]): Answer =>
  lines.length === 0
    ? answer
    : {
        ...answer,
        headers: { ...answer.headers, 'set-cookie': [...lines, answer.headers?.['set-cookie'] ?? []].flat() },
      }

/** A language that the address asks for is kept, so that the pages after it speak it too. */
const localeLine = (site: Site, locale: string): string => {
  const { maxAge, secure } = preferenceAttributes(site)
  return `${localeCookie}=${locale}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}

const arrivalOf = (asked: Asked): Arrival => {
  const { referer, 'sec-fetch-site': fetchSite } = asked.message.headers
  const hasTicket = asked.hasQuery && asked.query.has('ticket')
  return { query: queryOf(asked), hasTicket, cookie: asked.cookie, referer, fetchSite: fetchSite?.toString() }
}

/** To the address that the organization has chosen. Another one may be chosen tomorrow, so nobody remembers the way. */
const led = (site: Site, asked: Asked, rest: string): Answer | null => {
  if (site.organization.canonicalAddress === 'path') return null
  const location = ledFrom(site, rest, arrivalOf(asked))
  return location === null ? null : redirect(location, 307)
}

const seen = async (render: Render, site: Site, asked: Asked, rest: string): Promise<Answer> => {
  if (!isPlain(rest)) return problem(render, site, 404)
  const answer = led(site, asked, rest) ?? (await withoutPage(site, asked, rest))
  if (answer) return answer
  const known = pageAt(rest, site.organization)
  return known ? page(render, site, asked, rest, known) : problem(render, site, 404)
}

const answered = (render: Render, site: Site, asked: Asked, rest: string): Promise<Answer> => {
  switch (asked.method) {
    case 'GET':
    case 'HEAD':
      return seen(render, site, asked, rest)
    case 'POST':
      return rest === passkeyOptionsPath ? passkeyOptions(site, asked) : form(render, site, asked, rest)
    default:
      return problem(render, site, 405, { allow: 'GET, HEAD, POST' })
  }
}

/** Answers a request to a site. */
export const siteAnswer = async (render: Render, met: MetSite, asked: Asked): Promise<Answer> => {
  const { site, askedFor } = await siteFor(met, asked)
  const kept = askedFor !== null && isReading(asked) ? [localeLine(site, askedFor)] : []
  const lines = [...underPresentName(site, asked), ...kept]
  return withCookies(await answered(render, site, asked, met.rest), lines)
}
