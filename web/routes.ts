/**
 * The addresses below a site that exist. The server in front lets only these through to the pages, so that everything
 * else is answered without drawing anything; a test compares the list with the folders of app/. `[name]` stands for one
 * segment: an id, a key or a host.
 */

import type { Organization } from '#core/organizations/contract'

type Opening = Pick<Organization, 'businessSignUp'>

export type Page = {
  /** Whether it may be kept for everybody: drawn from the site alone when nobody's cookie comes with the request. */
  isShared: boolean
  /** Where it depends on the organization: elsewhere the address is one that does not exist. */
  isThere?: (organization: Opening) => boolean
  /** A file to keep, handed on as the type that it says it is, and never drawn. */
  isFile?: true
}

const isStartThere = ({ businessSignUp }: Opening): boolean => businessSignUp !== 'closed'

export const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['/sign-in', { isShared: true }],
  ['/sign-up', { isShared: true }],
  ['/recover', { isShared: true }],
  ['/recover/factor', { isShared: false }],
  ['/recover/cancel', { isShared: false }],
  ['/reset', { isShared: false }],
  ['/secure', { isShared: false }],
  ['/verify', { isShared: false }],
  ['/invitation', { isShared: false }],
  ['/start', { isShared: false, isThere: isStartThere }],
  ['/mfa', { isShared: false }],
  ['/consent', { isShared: false }],
  ['/sign-out', { isShared: true }],
  ['/sign-in/return', { isShared: false }],
  ['/sign-in/elsewhere', { isShared: false }],
  ['/sign-in/arrive', { isShared: false }],
  ['/account', { isShared: false }],
  ['/account/profile', { isShared: false }],
  ['/account/security', { isShared: false }],
  ['/account/security/recovery-codes', { isShared: false }],
  ['/account/security/recovery-codes/file', { isShared: false, isFile: true }],
  ['/account/sessions', { isShared: false }],
  ['/account/confirm', { isShared: false }],
  ['/organization', { isShared: false }],
  ['/organization/people', { isShared: false }],
  ['/organization/invitations', { isShared: false }],
  ['/organization/invitations/new', { isShared: false }],
  ['/organization/invitations/bulk', { isShared: false }],
  ['/organization/invitations/[invitation]', { isShared: false }],
  ['/organization/groups', { isShared: false }],
  ['/organization/groups/new', { isShared: false }],
  ['/organization/groups/[group]', { isShared: false }],
  ['/organization/groups/[group]/edit', { isShared: false }],
  ['/organization/groups/[group]/add', { isShared: false }],
  ['/organization/groups/[group]/give', { isShared: false }],
  ['/organization/groups/[group]/remove', { isShared: false }],
  ['/organization/roles', { isShared: false }],
  ['/organization/roles/new', { isShared: false }],
  ['/organization/roles/[role]', { isShared: false }],
  ['/organization/roles/[role]/edit', { isShared: false }],
  ['/organization/roles/[role]/remove', { isShared: false }],
  ['/organization/organizations', { isShared: false }],
  ['/organization/organizations/new', { isShared: false }],
  ['/organization/organizations/invite', { isShared: false }],
  ['/organization/organizations/businesses', { isShared: false }],
  ['/organization/organizations/businesses/[request]', { isShared: false }],
  ['/organization/organizations/[organization]', { isShared: false }],
  ['/organization/organizations/[organization]/move', { isShared: false }],
  ['/organization/organizations/[organization]/suspend', { isShared: false }],
  ['/organization/organizations/[organization]/delete', { isShared: false }],
  ['/organization/organizations/[organization]/administrator', { isShared: false }],
  ['/organization/people/new', { isShared: false }],
  ['/organization/people/bulk', { isShared: false }],
  ['/organization/people/import', { isShared: false }],
  ['/organization/people/import/template', { isShared: false, isFile: true }],
  ['/organization/people/import/refused', { isShared: false, isFile: true }],
  ['/organization/people/export', { isShared: false, isFile: true }],
  ['/organization/people/recovery', { isShared: false }],
  ['/organization/people/recovery/[request]', { isShared: false }],
  ['/organization/people/[person]', { isShared: false }],
  ['/organization/people/[person]/access', { isShared: false }],
  ['/organization/people/[person]/[act]', { isShared: false }],
  ['/organization/programs', { isShared: false }],
  ['/organization/programs/new', { isShared: false }],
  ['/organization/programs/[program]', { isShared: false }],
  ['/organization/programs/[program]/edit', { isShared: false }],
  ['/organization/programs/[program]/give', { isShared: false }],
  ['/organization/programs/[program]/remove', { isShared: false }],
  ['/organization/programs/[program]/tokens/new', { isShared: false }],
  ['/organization/programs/[program]/tokens/[token]', { isShared: false }],
  ['/organization/audit', { isShared: false }],
  ['/organization/audit/export', { isShared: false, isFile: true }],
  ['/organization/audit/retention', { isShared: false }],
  ['/organization/usage', { isShared: false }],
  ['/organization/settings', { isShared: false }],
  ['/organization/settings/handle', { isShared: false }],
  ['/organization/settings/ownership', { isShared: false }],
  ['/organization/settings/people-from', { isShared: false }],
  ['/organization/flows', { isShared: false }],
  ['/organization/flows/[flow]', { isShared: false }],
  ['/organization/flows/[flow]/history', { isShared: false }],
  ['/organization/flows/[flow]/versions/[version]', { isShared: false }],
  ['/organization/flows/[flow]/[act]', { isShared: false }],
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
  '/recover/factor',
  '/recover/cancel',
  '/reset',
  '/secure',
  '/verify',
  '/invitation',
  '/start',
  '/mfa',
  '/consent',
  '/sign-out',
  '/preferences',
  '/account/profile',
  '/account/security/password',
  '/account/security/passkeys',
  '/account/security/totp',
  '/account/security/phones',
  '/account/security/recovery-codes',
  '/account/sessions',
  '/account/confirm',
  '/organization/do/[operation]',
  '/organization/people/import',
])

/** Forms that send a file, and how many bytes of an answer are read at all: what is too large a file is then said in words. */
const files: ReadonlyMap<string, number> = new Map([['/organization/people/import', 8_000_000]])
/** Every other form sends a few fields. */
export const mostOfForm = 64 * 1024
export const mostBytesOf = (path: string): number => files.get(path) ?? mostOfForm

/** Where the script of passkeys asks what to ask the browser. The server in front answers it itself: there is no page. */
export const passkeyOptionsPath = '/passkey/options'

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

/** The page at a path below a site, whether or not an organization has it. */
export const pageNamed = (path: string): Page | undefined =>
  pages.get(path) ?? pages.get(fitting(patterns.pages, path) ?? '')

/** The page at an address of an organization; null where there is none. */
export const pageAt = (path: string, organization: Opening): Page | null => {
  const page = pageNamed(path)
  return page && (page.isThere?.(organization) ?? true) ? page : null
}

/** Whether a form is sent there, at this organization. */
export const hasForm = (path: string, organization: Opening): boolean =>
  (forms.has(path) || fitting(patterns.forms, path) !== undefined) && (pages.get(path)?.isThere?.(organization) ?? true)

/** Below a site as the pages know it, never as a browser does. */
export const formRoute = (path: string): string => `/post${path}`
export const problemRoute = (status: number): string => `/problem/${status}`
