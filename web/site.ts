/**
 * A site: an organization as it is met at one address, in one language and one look. The server in front makes it and
 * hands the pages its key; they draw from the very same object, so no page is half old and half new.
 */

import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { flowFor } from '#core/flows'
import type { Flow } from '#core/flows/contract'
import { entryOf } from '#core/login'
import type { Place } from '#core/login/contract'
import { addressOf } from '#core/organizations'
import type { Address, Organization } from '#core/organizations/contract'
import { textsFor } from '#core/texts'
import type { Texts } from '#core/texts/contract'
import { resolve } from '#core/themes'
import type { ColorScheme, ResolvedTheme } from '#core/themes/contract'
import { settings } from '#platform/env'
import { fail, registerStatuses } from '#platform/failure'
import { processState } from '#platform/process'

registerStatuses({ 'site.unknown': 500 })

export type Site = {
  /** Opaque and complete: whatever changes a byte of a page changes the key, so nothing is ever invalidated. */
  key: string
  organization: Organization
  address: Address
  /** Scheme, host and port, without a trailing slash. */
  origin: string
  /** '' or '/o/<handle>'. */
  base: string
  locale: string
  dir: 'ltr' | 'rtl'
  /** What was asked for, or else what the theme says. */
  scheme: ColorScheme
  theme: ResolvedTheme
  texts: Texts
  /** Where signing in begins: what /sign-in shows to everybody. Null where the published flow leads nowhere. */
  entry: Place | null
  /** The address of a path below this site: '/sign-in' → '/o/alpine/sign-in'. */
  path: (sitePath: string) => string
}

/** Where an organization is met, and what the browser asks for. A scheme counts only where the theme leaves the choice. */
export type Meeting = { organization: Organization; address: Address; locale: string; scheme: ColorScheme | null }

const sites = () => processState('web.sites', () => new LRUCache<string, Site>({ max: 5000 }))

const keyOf = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, 22)

type Look = { theme: ResolvedTheme; texts: Texts; entry: Place | null }

const draw = ({ organization, address, locale, scheme: asked }: Meeting, look: Look): Site => {
  const { theme, texts, entry } = look
  const { origin, base } = addressOf(organization, address)
  const scheme = theme.scheme === 'system' ? (asked ?? 'system') : theme.scheme
  const key = keyOf([organization.id, address.form, origin, base, locale, scheme, theme.version, JSON.stringify(entry)])
  const known = sites().get(key)
  if (known) return known
  const site: Site = {
    key,
    organization,
    address,
    origin,
    base,
    locale,
    dir: texts.dir,
    scheme,
    theme,
    texts,
    entry,
    path: (sitePath) => base + sitePath,
  }
  sites().set(key, site)
  return site
}

type Drawn = { organization: Organization; look: Omit<Look, 'entry'>; flow: Flow; origin: string; site: Site }

/** The site of each meeting as it was drawn last: nothing is hashed as long as all of it is the same. */
const drawn = () => processState('web.meetings', () => new LRUCache<string, Drawn>({ max: 5000 }))

/** The site of a meeting, kept under its key for the pages that are about to be drawn. */
export const makeSite = async (meeting: Meeting): Promise<Site> => {
  const { organization, address, locale, scheme } = meeting
  const theme = await resolve(organization.id)
  const texts = await textsFor(organization.id, locale)
  const { flow } = await flowFor(organization.id, 'sign-in')
  const { origin } = settings()
  const place = address.form === 'domain' ? address.host : address.form
  const name = `${organization.id} ${place} ${locale} ${scheme}`
  const known = drawn().get(name)
  const isSame =
    known?.organization === organization &&
    known.look.theme === theme &&
    known.look.texts === texts &&
    known.flow === flow &&
    known.origin === origin
  // The pages ask for it by its key, so it must not have been pushed out there.
  const kept = isSame ? sites().get(known.site.key) : undefined
  if (kept) return kept
  const look = { theme, texts }
  const entry = await entryOf({ organizationId: organization.id, address, locale })
  const site = draw(meeting, { ...look, entry })
  drawn().set(name, { organization, look, flow, origin, site })
  return site
}

/** The site behind a key that the server in front has just handed out; fails with `site.unknown` for any other. */
export const siteOf = async (key: string): Promise<Site> => sites().get(key) ?? fail('site.unknown')
