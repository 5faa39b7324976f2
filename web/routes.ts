/**
 * The addresses below a site that exist. The server in front lets only these through to the pages, so that everything
 * else is answered without drawing anything; a test compares the list with the folders of app/. `[name]` stands for one
 * segment: an id, a key or a host.
 */

export type Page = {
  /** Whether it may be kept for everybody: drawn from the site alone when nobody's cookie comes with the request. */
  isShared: boolean
  /** A file to keep, handed on as the type that it says it is, and never drawn. */
  isFile?: true
}

export const pages: ReadonlyMap<string, Page> = new Map([
  ['/sign-in', { isShared: true }],
  ['/sign-up', { isShared: true }],
  ['/recover', { isShared: true }],
  ['/reset', { isShared: false }],
  ['/verify', { isShared: false }],
  ['/invitation', { isShared: false }],
  ['/mfa', { isShared: false }],
  ['/sign-out', { isShared: true }],
  ['/sign-in/return', { isShared: false }],
  ['/sign-in/elsewhere', { isShared: false }],
  ['/sign-in/arrive', { isShared: false }],
  ['/account', { isShared: false }],
  ['/account/profile', { isShared: false }],
  ['/account/security', { isShared: false }],
  ['/organization', { isShared: false }],
  ['/organization/people', { isShared: false }],
  ['/organization/organizations', { isShared: false }],
  ['/organization/organizations/new', { isShared: false }],
  ['/organization/organizations/[organization]', { isShared: false }],
  ['/organization/organizations/[organization]/move', { isShared: false }],
  ['/organization/organizations/[organization]/suspend', { isShared: false }],
  ['/organization/organizations/[organization]/delete', { isShared: false }],
  ['/organization/organizations/[organization]/administrator', { isShared: false }],
  ['/organization/audit', { isShared: false }],
  ['/organization/audit/export', { isShared: false, isFile: true }],
  ['/organization/audit/retention', { isShared: false }],
  ['/organization/usage', { isShared: false }],
  ['/organization/settings', { isShared: false }],
  ['/organization/settings/handle', { isShared: false }],
  ['/organization/settings/people-from', { isShared: false }],
  ['/organization/domains', { isShared: false }],
  ['/organization/domains/hosts/[host]', { isShared: false }],
  ['/organization/domains/hosts/[host]/remove', { isShared: false }],
  ['/organization/domains/emails/[domain]', { isShared: false }],
  ['/organization/domains/emails/[domain]/remove', { isShared: false }],
])

/** Where forms are sent. */
export const forms: ReadonlySet<string> = new Set([
  '/sign-in',
  '/sign-up',
  '/recover',
  '/reset',
  '/verify',
  '/invitation',
  '/mfa',
  '/sign-out',
  '/preferences',
  '/account/profile',
  '/account/security/password',
  '/account/security/totp',
  '/organization/do/[operation]',
])

type Pattern = { name: string; segments: readonly string[] }

/** What may stand in the place of `[name]`: ids, handles, hosts and names of operations. */
const segment = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,252}$/

const patternsOf = (names: Iterable<string>): Pattern[] =>
  [...names].flatMap((name) => (name.includes('[') ? [{ name, segments: name.split('/') }] : []))

const fits = ({ segments }: Pattern, asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((one, index) => {
    const given = asked[index] ?? ''
    return one.startsWith('[') ? segment.test(given) : one === given
  })

const patterns = { pages: patternsOf(pages.keys()), forms: patternsOf(forms) }

const fitting = (among: readonly Pattern[], path: string): string | undefined => {
  if (!path.startsWith('/organization/')) return undefined
  const asked = path.split('/')
  return among.find((pattern) => fits(pattern, asked))?.name
}

/** The page at a path below a site. */
export const pageAt = (path: string): Page | undefined =>
  pages.get(path) ?? pages.get(fitting(patterns.pages, path) ?? '')

/** Whether a form may be sent to a path below a site. */
export const isForm = (path: string): boolean => forms.has(path) || fitting(patterns.forms, path) !== undefined

/** Below a site as the pages know it, never as a browser does. */
export const formRoute = (path: string): string => `/post${path}`
export const problemRoute = (status: number): string => `/problem/${status}`
