// Ids carry their kind and the moment they were made: `org_` and 26 characters of Crockford's base32 of a uuidv7
// (RFC 9562 §5.7), lower case. They sort by time, select with a double click, and never need escaping in an address.

import { uuidv7obj } from 'uuidv7'

export const idKinds = [
  'org',
  'per',
  'mem',
  'ses',
  'dev',
  'att',
  'tic',
  'aud',
  'out',
  'tot',
  'mai',
  'req',
  'rol',
  'grp',
  'grn',
  'inv',
  'bus',
  'sva',
  'tok',
  'apr',
  'nte',
  'pky',
  'pho',
  'rcv',
] as const
export type IdKind = (typeof idKinds)[number]

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const characters = 26

const base32 = (bytes: Uint8Array): string => {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  let text = ''
  for (let place = characters - 1; place >= 0; place -= 1) text += alphabet[Number((value >> BigInt(place * 5)) & 31n)]
  return text
}

/** A new id of a kind. */
export const newId = (kind: IdKind): string => `${kind}_${base32(uuidv7obj().bytes)}`

/** The lowest id of a kind that can be made at a moment: whatever is made earlier sorts before it. */
export const firstIdAt = (kind: IdKind, at: Date): string => {
  const bytes = new Uint8Array(16)
  let ms = at.getTime()
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = ms % 256
    ms = Math.floor(ms / 256)
  }
  return `${kind}_${base32(bytes)}`
}

const shape = new RegExp(`^[0-7][${alphabet}]{${characters - 1}}$`)

/** Whether a value has the shape of an id of this kind. */
export const isId = (kind: IdKind, value: unknown): value is string =>
  typeof value === 'string' && value.startsWith(`${kind}_`) && shape.test(value.slice(kind.length + 1))
