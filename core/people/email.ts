// One strict grammar of email addresses, at one place: what is stored, what is compared and where mail goes are the
// same string, so that no two spellings can mean two people, nor one spelling reach another mailbox.

import { domainToASCII, domainToUnicode } from 'node:url'
import { fail } from '#platform/failure'

const longest = 254
const longestLocal = 64
// RFC 5321 dot-atom. Quoted local parts, comments, routes and address literals are legal there and a trap everywhere.
const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

/** Punycode drops and folds characters in silence: a name that does not come back as it went is refused. */
const ascii = (name: string): string => {
  if (/^[\x20-\x7e]*$/.test(name)) return name
  const encoded = domainToASCII(name)
  return domainToUnicode(encoded) === name.toLowerCase() ? encoded : ''
}

/** The canonical form of an address, or null when it is none. */
export const canonicalEmail = (typed: string): string | null => {
  // Full-width letters and their like turn into others when they are normalised: refused, not mended. What is the same by
  // Unicode itself (the Kelvin sign is a K) has been made one where a form was read, before anything was compared.
  if (typed.length > longest || typed.normalize('NFKC') !== typed) return null
  const at = typed.lastIndexOf('@')
  const name = typed.slice(0, at)
  if (at < 1 || name.length > longestLocal || !/^[\x21-\x7e]+$/.test(name)) return null
  const canonical = `${name.toLowerCase()}@${ascii(typed.slice(at + 1)).toLowerCase()}`
  if (canonical.length > longest) return null
  return local.test(name.toLowerCase()) && domain.test(canonical.slice(name.length + 1)) ? canonical : null
}

/** The canonical form of an address, by which people are found; `email.invalid` when it is none. */
export const emailKey = (typed: string, field = 'email'): string =>
  canonicalEmail(typed) ?? fail('email.invalid', field)

/** Enough to recognise an address of one's own, and not enough to learn one: `b••@a•••••.example`. */
export const maskedEmail = (email: string): string => {
  const [name = '', host = ''] = email.split('@')
  const labels = host.split('.')
  const hidden = (text: string) => `${text.slice(0, 1)}${'•'.repeat(Math.min(Math.max(text.length - 1, 2), 6))}`
  return `${hidden(name)}@${[...labels.slice(0, -1).map(hidden), labels.at(-1)].join('.')}`
}
