// Pure decisions: what may be a handle, a name or a host, and where an address is.

import { domainToASCII } from 'node:url'
import { fail } from '#platform/failure'
import { readingWith } from '#platform/reading'
import { type Address, handleShape, type Organization, type Place, reservedHandles } from './contract.ts'

/** A handle in its one spelling. */
export const checkedHandle = (handle: string): string => {
  if (!handleShape.test(handle) || handle.startsWith('xn--')) return fail('organizations.handle_invalid', 'handle')
  return reservedHandles.has(handle) ? fail('organizations.handle_reserved', 'handle') : handle
}

// Directions, invisible characters and markup have no place in what every page and mail shows as its sender.
const noName = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff<>]/u

export const checkedName = (typed: string): string => {
  const name = typed.normalize('NFC').trim()
  return name === '' || name.length > 80 || noName.test(name) ? fail('organizations.name_invalid', 'name') : name
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * A host name in its one spelling: lower case, without port and trailing dot. Null for everything that is no plain name, a
 * bare IP address among it; whoever asks for such a host is answered as if it did not exist.
 */
export const canonicalHost = (given: string): string | null => {
  const host = given.toLowerCase()
  if (host.length > 253) return null
  const labels = host.split('.')
  if (!labels.every((part) => label.test(part))) return null
  // A last label of digits is an IPv4 address to every browser (WHATWG URL, "ends in a number").
  return /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? null : host
}

/** What a parser of addresses would take for the end of a host, or leave out of it. */
const beyondHost = /[\p{Cc}\s/\\?#@:%[\]]/u

/** An own domain as it is kept: in ASCII, with a dot, and not below the root's own host, where names are given out. */
export const checkedHost = (typed: string, rootHost: string): string => {
  const name = typed.trim()
  const host = beyondHost.test(name) ? null : canonicalHost(domainToASCII(name))
  if (host === null || !host.includes('.')) return fail('organizations.host_invalid', 'host')
  const isGivenOut =
    host === rootHost || (host.endsWith(`.${rootHost}`) && !host.slice(0, -rootHost.length - 1).includes('.'))
  return isGivenOut ? fail('organizations.host_reserved', 'host') : host
}

/** Where an organization is met at one of its addresses, below the public origin of the root. */
export const placeOf = (organization: Pick<Organization, 'handle'>, address: Address, rootOrigin: string): Place => {
  const { protocol, host, port } = new URL(rootOrigin)
  switch (address.form) {
    case 'root':
      return { origin: rootOrigin, base: '' }
    case 'path':
      return { origin: rootOrigin, base: `/o/${organization.handle}` }
    case 'name':
      return { origin: `${protocol}//${organization.handle}.${host}`, base: '' }
    case 'domain':
      return { origin: `${protocol}//${address.host}${port === '' ? '' : `:${port}`}`, base: '' }
  }
}

/** Where everybody has an address, nobody owns the domain. */
const publicDomains = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de proton.me protonmail.com mail.com mail.ru yandex.com yandex.ru qq.com 163.com 126.com fastmail.com zoho.com tutanota.com posteo.de orange.fr free.fr laposte.net libero.it sapo.pt uol.com.br terra.com.br'.split(
    ' ',
  ),
)

/** An email domain as it is kept: in ASCII, lower case. */
export const checkedDomain = (typed: string): string => {
  const domain = canonicalHost(domainToASCII(typed.trim().replace(/^@/, '')))
  if (domain === null || !domain.includes('.')) return fail('organizations.domain_invalid', 'domain')
  return publicDomains.has(domain) ? fail('organizations.domain_public', 'domain') : domain
}

export const readWanted = readingWith('organizations.invalid')
