/**
 * From the host and the path of a request to the organization that is met there, or to why nobody is. Decided by the
 * Host header alone: what a client says in X-Forwarded-Host, Forwarded and their like is never looked at.
 */

import { LRUCache } from 'lru-cache'
import { canonicalHost, directory } from '#core/organizations'
import type { Address, Organization } from '#core/organizations/contract'
import { settings } from '#platform/env'
import { processState } from '#platform/process'

/** `rest` is the path below the site, '/' at its beginning. */
export type Met =
  | { kind: 'site'; organization: Organization; address: Address; rest: string }
  | { kind: 'unknown-host' }
  | { kind: 'unknown-handle' }
  | { kind: 'suspended' }
  /**
   * Met under a name that is not the one in use: the root by its own handle, anybody by one that they gave up. `handle` was
   * asked for, in the form `by`; `address` is the same under the present name.
   */
  | {
      kind: 'elsewhere'
      by: 'path' | 'name'
      handle: string
      organization: Organization
      address: Address
      rest: string
    }

const hostHeader = /^([^:]*)(?::(\d{1,5}))?$/

const readHost = (header: string): string | null => {
  const host = hostHeader.exec(header)?.[1]
  return host === undefined ? null : canonicalHost(host)
}

/** No host name with its port is longer (RFC 1035 §2.3.4); whatever is, is not worth remembering. */
const longestHost = 260
const hosts = () => processState('web.hosts', () => new LRUCache<string, { host: string | null }>({ max: 2000 }))

/** The host of a Host header without its port; null for what is no plain host name. */
export const hostOf = (header: string | undefined): string | null => {
  if (header === undefined || header.length > longestHost) return null
  const known = hosts().get(header)
  if (known) return known.host
  const host = readHost(header)
  hosts().set(header, { host })
  return host
}

/** Settings do not change while a process lives; tests change them. */
let lastOrigin = { origin: '', host: '' }
const hostOfOrigin = (origin: string): string => {
  if (lastOrigin.origin !== origin) lastOrigin = { origin, host: new URL(origin).hostname }
  return lastOrigin.host
}

const byPath = /^\/o\/([^/]*)(\/.*)?$/

const seen = (organization: Organization, address: Address, rest: string): Met =>
  directory().isSuspended(organization.id) ? { kind: 'suspended' } : { kind: 'site', organization, address, rest }

const moved = (organization: Organization, by: 'path' | 'name', handle: string, rest: string): Met => {
  if (directory().isSuspended(organization.id)) return { kind: 'suspended' }
  const address: Address = { form: organization.parentId === null ? 'root' : by }
  return { kind: 'elsewhere', by, handle, organization, address, rest }
}

/** By a handle that its organization gave up and that nobody has taken since; null where there is none such. */
const formerly = (handle: string, by: 'path' | 'name', rest: string): Met | null => {
  const organization = directory().byOldHandle(handle)
  return organization ? moved(organization, by, handle, rest) : null
}

const metAtRoot = (path: string): Met => {
  // On a database that nobody has filled yet, nobody is met anywhere.
  if (!directory().hasRoot()) return { kind: 'unknown-host' }
  const root = directory().root()
  const [, handle, rest = '/'] = byPath.exec(path) ?? []
  if (handle === undefined) return path === '/o' ? { kind: 'unknown-handle' } : seen(root, { form: 'root' }, path)
  const organization = directory().byHandle(handle)
  if (!organization) return formerly(handle, 'path', rest) ?? { kind: 'unknown-handle' }
  if (organization.id === root.id) return moved(root, 'path', handle, rest)
  return seen(organization, { form: 'path' }, rest)
}

const metByName = (name: string, path: string): Met => {
  const organization = directory().byHandle(name)
  if (!organization) return formerly(name, 'name', path) ?? { kind: 'unknown-host' }
  if (organization.parentId === null) return moved(organization, 'name', name, path)
  return seen(organization, { form: 'name' }, path)
}

/** Who is met at a host and a path. */
export const meet = (header: string | undefined, path: string): Met => {
  const host = hostOf(header)
  if (host === null) return { kind: 'unknown-host' }
  const rootHost = hostOfOrigin(settings().origin)
  if (host === rootHost) return metAtRoot(path)
  const own = directory().byHost(host)
  if (own) return seen(own, { form: 'domain', host }, path)
  const name = host.endsWith(`.${rootHost}`) ? host.slice(0, -rootHost.length - 1) : ''
  return name === '' || name.includes('.') ? { kind: 'unknown-host' } : metByName(name, path)
}
