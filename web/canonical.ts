/**
 * The one address that an organization has chosen to be shown at, and who is led there. Whoever has begun something where
 * they are stays: cookies are the host's, so that leading them away would lose it.
 */

import { addressOf, canonicalAddressOf, directory } from '#core/organizations'
import type { Address, Organization } from '#core/organizations/contract'
import { pages } from './routes.ts'
import { type CookieSite, cookieName, cookiesUnderWay, cookieValue } from './session-cookie.ts'

/**
 * The chosen address. Null where none was chosen: then every address is as good as the other. A domain counts only as long
 * as it is met, whatever was chosen once.
 */
export const chosenAddress = (organization: Organization): Address | null => {
  const address = canonicalAddressOf(organization)
  if (address.form === 'root' || address.form === 'path') return null
  if (address.form === 'domain' && directory().byHost(address.host)?.id !== organization.id) return null
  return address
}

/** Where an organization is shown: the chosen address, or else the one that always exists. */
export const shownAt = (organization: Organization): Address =>
  chosenAddress(organization) ?? (organization.parentId === null ? { form: 'root' } : { form: 'path' })

const isSame = (one: Address, other: Address): boolean =>
  one.form === 'domain' || other.form === 'domain'
    ? one.form === other.form && 'host' in one && 'host' in other && one.host === other.host
    : one.form === other.form

/** What is asked, as far as it decides whether somebody is led on. `query` is empty or begins with its question mark. */
export type Arrival = {
  query: string
  hasTicket: boolean
  cookie: string | undefined
  referer: string | undefined
  fetchSite: string | undefined
}

type Place = CookieSite & { base: string }

/** Whether any cookie of an organization comes with a request: somebody is signed in here, or has begun something. */
export const hasBegun = (site: CookieSite, cookie: string | undefined): boolean =>
  cookie !== undefined && cookiesUnderWay.some((name) => cookieValue(cookie, cookieName(site, name)) !== null)

/** From one page of this address to another, a form in between or not. Our own pages always say where they lead from. */
const isMovingHere = ({ origin, base }: Place, { referer, fetchSite }: Arrival): boolean =>
  referer === undefined ? fetchSite === 'same-origin' : referer.startsWith(`${origin}${base}/`)

const isPage = (rest: string): boolean => rest === '/' || pages.has(rest.endsWith('/') ? rest.slice(0, -1) : rest)

/**
 * Where somebody who arrives at this address of an organization is led instead; null where they stay. The secret of a mail's
 * link stays at the host that it was sent for.
 */
export const ledFrom = (
  place: Place & { organization: Organization; address: Address },
  rest: string,
  arrival: Arrival,
): string | null => {
  const chosen = chosenAddress(place.organization)
  if (chosen === null || isSame(chosen, place.address) || !isPage(rest)) return null
  if (arrival.hasTicket || hasBegun(place, arrival.cookie) || isMovingHere(place, arrival)) return null
  const { origin, base } = addressOf(place.organization, chosen)
  return `${origin}${base}${rest}${arrival.query}`
}
