import { cookies } from 'next/headers'
import { localeCookie, preferenceAttributes, schemeCookie } from '#web/session-cookie'
import { answering } from '../../../_doors/form.ts'

const schemes = ['system', 'light', 'dark']
/** A page of this site: nothing that a browser could read as another host. */
const page = /^(?:\/[a-z][a-z-]*)+$/

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
  return { next: typeof back === 'string' && page.test(back) ? back : '/sign-in' }
})
