/**
 * Names and attributes of the cookies of a site. Pure, because two callers need the same answer: the pages, which set
 * and read them, and the server in front, which has to know whether a request is anonymous.
 *
 * Every organization has names of its own. A cookie of one is therefore never even offered as a cookie of another, also
 * where they share a host (path addresses). That the row behind it belongs to the organization is checked as well.
 */

export const siteCookies = [
  'session',
  'attempt',
  'ticket',
  'flash',
  'enrolment',
  'return',
  'device',
  'passkey',
] as const
export type SiteCookie = (typeof siteCookies)[number]

/** What the names and attributes depend on. */
export type CookieSite = { organization: { handle: string }; origin: string }

export type CookieAttributes = {
  httpOnly: true
  secure: boolean
  sameSite: 'lax'
  path: '/'
  /** Seconds. */
  maxAge: number
}

const minute = 60
const day = 24 * 60 * minute

/** How long a browser keeps each of them; the rows behind them decide for themselves, and earlier. */
const lifetimes: Record<SiteCookie, number> = {
  session: 365 * day,
  attempt: 60 * minute,
  ticket: 60 * minute,
  flash: 2 * minute,
  enrolment: 15 * minute,
  return: 15 * minute,
  // As long as browsers keep anything.
  device: 400 * day,
  // As long as the challenge that is bound to it.
  passkey: 10 * minute,
}

/**
 * Browsers take Secure cookies over https, and over http from the machine itself. Elsewhere a Secure cookie would be
 * dropped without a word, and nobody could sign in.
 */
export const takesSecureCookies = (origin: string): boolean => {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** `__Host-alpine` for the session, `__Host-alpine-attempt` and so on for the others. */
export const cookieName = (site: CookieSite, cookie: SiteCookie): string => {
  const own = cookie === 'session' ? site.organization.handle : `${site.organization.handle}-${cookie}`
  return takesSecureCookies(site.origin) ? `__Host-${own}` : own
}

export const cookieAttributes = (site: CookieSite, cookie: SiteCookie): CookieAttributes => ({
  httpOnly: true,
  secure: takesSecureCookies(site.origin),
  sameSite: 'lax',
  path: '/',
  maxAge: lifetimes[cookie],
})

/** That somebody has been here before, or that a page has asked what to ask the browser, is nothing that they are in the middle of. */
const besides: readonly SiteCookie[] = ['device', 'passkey']
export const cookiesUnderWay: readonly SiteCookie[] = siteCookies.filter((cookie) => !besides.includes(cookie))

/** The cookies whose presence makes a page personal: such a page comes from no cache. */
const personal: readonly SiteCookie[] = ['session', 'attempt', 'ticket', 'flash']

/** Whether a request with this Cookie header is one that anybody could have sent. */
export const isAnonymous = (site: CookieSite, cookieHeader: string | undefined): boolean => {
  if (!cookieHeader) return true
  const names = new Set(personal.map((cookie) => cookieName(site, cookie)))
  return !cookieHeader.split(';').some((pair) => names.has(pair.slice(0, Math.max(pair.indexOf('='), 0)).trim()))
}

/** The value of a cookie in a Cookie header, or null. The first one counts, as browsers send the closest first. */
export const cookieValue = (cookieHeader: string | undefined, name: string): string | null => {
  for (const pair of cookieHeader?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

/** The Set-Cookie line of one of them. */
export const cookieLine = (site: CookieSite, cookie: SiteCookie, value: string): string => {
  const { maxAge, secure } = cookieAttributes(site, cookie)
  return `${cookieName(site, cookie)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}

/** The Set-Cookie line that makes a browser forget one of them: the flash, once it has been shown. */
export const forgetCookie = (site: CookieSite, cookie: SiteCookie): string =>
  `${cookieName(site, cookie)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${takesSecureCookies(site.origin) ? '; Secure' : ''}`

/** Choices of a browser, not of a person, and nothing secret: one name for every organization of a host. */
export const localeCookie = 'livery-locale'
export const schemeCookie = 'livery-scheme'

export const preferenceAttributes = (site: CookieSite) =>
  ({
    httpOnly: true,
    secure: takesSecureCookies(site.origin),
    sameSite: 'lax',
    path: '/',
    maxAge: 365 * day,
  }) as const
