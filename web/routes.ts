/**
 * The addresses below a site that exist. The server in front lets only these through to the pages, so that everything
 * else is answered without drawing anything; a test compares the list with the folders of app/.
 */

export type Page = {
  /** Whether it may be kept for everybody: drawn from the site alone when nobody's cookie comes with the request. */
  isShared: boolean
}

export const pages: ReadonlyMap<string, Page> = new Map([
  ['/sign-in', { isShared: true }],
  ['/sign-up', { isShared: true }],
  ['/recover', { isShared: true }],
  ['/reset', { isShared: false }],
  ['/verify', { isShared: false }],
  ['/mfa', { isShared: false }],
  ['/sign-out', { isShared: true }],
  ['/sign-in/return', { isShared: false }],
  ['/sign-in/elsewhere', { isShared: false }],
  ['/sign-in/arrive', { isShared: false }],
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
  '/mfa',
  '/sign-out',
  '/preferences',
  '/account/profile',
  '/account/security/password',
  '/account/security/totp',
])

/** Below a site as the pages know it, never as a browser does. */
export const formRoute = (path: string): string => `/post${path}`
export const problemRoute = (status: number): string => `/problem/${status}`
