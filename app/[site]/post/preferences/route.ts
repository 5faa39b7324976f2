import { cookies } from 'next/headers'
import { pageNamed } from '#web/routes'
import { localeCookie, preferenceAttributes, schemeCookie } from '#web/session-cookie'
import { answering } from '../../../_doors/form.ts'

const schemes = ['system', 'light', 'dark']

/** Language and appearance of this browser, here and on every other page of the host. */
export const POST = answering(async ({ site, answer }) => {
  const { ui_locales: locale, color_scheme: scheme, return_to: back } = answer
  const kept = await cookies()
  if (typeof locale === 'string' && site.organization.locales.includes(locale)) {
    kept.set(localeCookie, locale, preferenceAttributes(site))
  }
  if (typeof scheme === 'string' && schemes.includes(scheme)) {
    kept.set(schemeCookie, scheme, preferenceAttributes(site))
  }
  // A page of this very site: below the root's host, other organizations are only a path away.
  return { next: typeof back === 'string' && pageNamed(back) ? back : '/sign-in' }
})
