// What every page and every answer of a site starts from: who knocks, where, and with which cookies.

import { cookies, headers } from 'next/headers'
import { visitor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import type { LoginContext } from '#core/login/contract'
import { linkSecret } from '#web/link-cookie'
import { cookieAttributes, cookieName, localeCookie, preferenceAttributes, type SiteCookie } from '#web/session-cookie'
import type { Site } from '#web/site'

/** Whoever sent this request. The address and the request's id come from the server in front, never from the browser. */
export const actor = async (): Promise<Actor> => {
  const sent = await headers()
  return visitor({
    address: sent.get('x-livery-address') ?? undefined,
    userAgent: sent.get('user-agent') ?? undefined,
    requestId: sent.get('x-livery-request') ?? undefined,
  })
}

export const loginContext = async (site: Site): Promise<LoginContext> => ({
  organizationId: site.organization.id,
  address: site.address,
  locale: site.locale,
  by: await actor(),
  browser: {
    device: await readCookie(site, 'device'),
    link: linkSecret('sign-in', await readCookie(site, 'ticket')),
    passkey: await readCookie(site, 'passkey'),
  },
})

export const readCookie = async (site: Site, cookie: SiteCookie): Promise<string | null> =>
  (await cookies()).get(cookieName(site, cookie))?.value || null

/** Sets a cookie of the site, or takes it away. Only while answering a form. */
export const writeCookie = async (site: Site, cookie: SiteCookie, value: string | null): Promise<void> => {
  const attributes = cookieAttributes(site, cookie)
  const kept = await cookies()
  const name = cookieName(site, cookie)
  if (value !== null) kept.set(name, value, attributes)
  // Taking away what the browser never sent would only make the answer longer.
  else if (kept.has(name)) kept.set(name, '', { ...attributes, maxAge: 0 })
}

/** Whoever has chosen a language for themselves is spoken to in it from here on, where it is offered. */
export const speakTo = async (site: Site, locale: string | null): Promise<void> => {
  if (locale === null || !site.organization.locales.includes(locale)) return
  ;(await cookies()).set(localeCookie, locale, preferenceAttributes(site))
}
