/**
 * The addresses below a site that exist. The server in front lets only these through to the pages, so that everything
 * else is answered without drawing anything; a test compares the list with the folders of app/.
 */

import type { Organization } from '#core/organizations/contract'

type Opening = Pick<Organization, 'businessSignUp'>

export type Page = {
  /** Whether it may be kept for everybody: drawn from the site alone when nobody's cookie comes with the request. */
  isShared: boolean
  /** Where it depends on the organization: elsewhere the address is one that does not exist. */
  isThere?: (organization: Opening) => boolean
}

const isStartThere = ({ businessSignUp }: Opening): boolean => businessSignUp !== 'closed'

export const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['/sign-in', { isShared: true }],
  ['/sign-up', { isShared: true }],
  ['/recover', { isShared: true }],
  ['/reset', { isShared: false }],
  ['/verify', { isShared: false }],
  ['/invitation', { isShared: false }],
  ['/start', { isShared: false, isThere: isStartThere }],
  ['/mfa', { isShared: false }],
  ['/sign-out', { isShared: true }],
  ['/sign-in/return', { isShared: false }],
  ['/account', { isShared: false }],
  ['/account/profile', { isShared: false }],
  ['/account/security', { isShared: false }],
])

/** Where forms are sent. */
export const forms: ReadonlySet<string> = new Set([
  '/sign-in',
  '/sign-up',
  '/recover',
  '/reset',
  '/verify',
  '/invitation',
  '/start',
  '/mfa',
  '/sign-out',
  '/preferences',
  '/account/profile',
  '/account/security/password',
  '/account/security/totp',
])

/** The page at an address of an organization; null where there is none. */
export const pageAt = (path: string, organization: Opening): Page | null => {
  const page = pages.get(path)
  return page && (page.isThere?.(organization) ?? true) ? page : null
}

/** Whether a form is sent there, at this organization. */
export const hasForm = (path: string, organization: Opening): boolean =>
  forms.has(path) && (pages.get(path)?.isThere?.(organization) ?? true)

/** Below a site as the pages know it, never as a browser does. */
export const formRoute = (path: string): string => `/post${path}`
export const problemRoute = (status: number): string => `/problem/${status}`
