// For tests: an authenticator and the browser before it, as a phone or a security key would answer. What it signs is real; each
// part of an answer can be made wrong on purpose.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { fail } from '#platform/failure'

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>

/** What stands before everything in CBOR: its kind, and its size or value (RFC 8949 §3). */
const head = (kind: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(kind << 5) | value])
  if (value < 256) return Buffer.from([(kind << 5) | 24, value])
  return Buffer.from([(kind << 5) | 25, value >> 8, value & 255])
}

const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, inner]) => [cbor(key), cbor(inner)])])
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest()
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const bytesOf = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url')

type Algorithm = -7 | -8 | -257

const pairOf = (algorithm: Algorithm): { publicKey: KeyObject; privateKey: KeyObject } => {
  if (algorithm === -8) return generateKeyPairSync('ed25519')
  if (algorithm === -257) return generateKeyPairSync('rsa', { modulusLength: 2048 })
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** The public half as a COSE key (RFC 9053 §7, RFC 8230). */
const coseOf = (algorithm: Algorithm, key: KeyObject): Buffer => {
  const { x, y, n, e } = key.export({ format: 'jwk' })
  if (algorithm === -8)
    return cbor(
      new Map<number, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytesOf(x)],
      ]),
    )
  if (algorithm === -257)
    return cbor(
      new Map<number, Cbor>([
        [1, 3],
        [3, -257],
        [-1, bytesOf(n)],
        [-2, bytesOf(e)],
      ]),
    )
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytesOf(x)],
      [-3, bytesOf(y)],
    ]),
  )
}

const signed = (algorithm: Algorithm, key: KeyObject, bytes: Uint8Array): Buffer =>
  sign(algorithm === -8 ? null : 'sha256', bytes, key)

/** What is said wrongly. */
export type Twist = {
  origin?: string
  rpId?: string
  challenge?: string
  type?: string
  crossOrigin?: boolean
  isVerified?: boolean
  isPresent?: boolean
  counter?: number
  userHandle?: string | null
  credentialId?: string
  /** `'claimed'`: none, but with something in it. `'forged'`: of itself, signed by another key. `'certified'`: by a maker. */
  attestation?: 'none' | 'own' | 'forged' | 'claimed' | 'certified'
}

export type AuthenticatorShape = {
  algorithm?: Algorithm
  aaguid?: string
  /** It counts how often it was used, as security keys do. */
  isCounting?: boolean
  isSynced?: boolean
  /** It asks for a PIN or a fingerprint. */
  isVerifying?: boolean
}

type Kept = {
  id: Buffer
  rpId: string
  userHandle: string
  privateKey: KeyObject
  publicKey: KeyObject
  counter: number
}

const flags = { present: 1, verified: 4, eligible: 8, backedUp: 16, attested: 64 }

/** An authenticator with nothing in it yet, and somebody who says yes. */
export const authenticator = (shape: AuthenticatorShape = {}) => {
  const { algorithm = -7, aaguid = '00000000-0000-0000-0000-000000000000', isCounting = false } = shape
  const { isSynced = !isCounting, isVerifying = true } = shape
  const passkeys: Kept[] = []

  const flagsOf = (twist: Twist, isAttested: boolean): number =>
    (twist.isPresent === false ? 0 : flags.present) |
    ((twist.isVerified ?? isVerifying) ? flags.verified : 0) |
    (isSynced ? flags.eligible | flags.backedUp : 0) |
    (isAttested ? flags.attested : 0)

  const clientData = (type: string, challenge: string, origin: string, twist: Twist): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: twist.type ?? type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? origin,
        crossOrigin: twist.crossOrigin ?? false,
      }),
    )

  const data = (rpId: string, counter: number, twist: Twist, attested: Buffer | null): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(twist.counter ?? counter)
    const start = [sha256(twist.rpId ?? rpId), Buffer.from([flagsOf(twist, attested !== null)]), count]
    return Buffer.concat(attested ? [...start, attested] : start)
  }

  const attestation = (twist: Twist, kept: Kept, authData: Buffer, client: Buffer): Buffer => {
    const { attestation: kind = 'none' } = twist
    const key = kind === 'forged' ? pairOf(algorithm).privateKey : kept.privateKey
    const own = new Map<string, Cbor>([
      ['alg', algorithm],
      ['sig', signed(algorithm, key, Buffer.concat([authData, sha256(client)]))],
    ])
    if (kind === 'certified') own.set('x5c', new Map())
    const fmt = kind === 'none' || kind === 'claimed' ? 'none' : 'packed'
    const attStmt: Cbor = kind === 'none' ? new Map() : own
    return cbor(
      new Map<string, Cbor>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    )
  }

  /** What `navigator.credentials.create` answers at an origin. */
  const register = (options: PublicKeyCredentialCreationOptionsJSON, origin: string, twist: Twist = {}) => {
    if (!options.pubKeyCredParams.some(({ alg }) => alg === algorithm)) return fail('test.no_algorithm')
    const rpId = options.rp.id ?? new URL(origin).hostname
    const had = new Set((options.excludeCredentials ?? []).map(({ id }) => id))
    if (passkeys.some(({ id }) => had.has(base64url(id)))) return fail('test.excluded')
    const kept: Kept = { id: randomBytes(32), rpId, userHandle: options.user.id, counter: 0, ...pairOf(algorithm) }
    passkeys.push(kept)
    const client = clientData('webauthn.create', options.challenge, origin, twist)
    const length = Buffer.from([0, kept.id.length])
    const make = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
    const attested = Buffer.concat([make, length, kept.id, coseOf(algorithm, kept.publicKey)])
    const authData = data(rpId, 0, twist, attested)
    const id = base64url(kept.id)
    return {
      id,
      rawId: id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: base64url(client),
        attestationObject: base64url(attestation(twist, kept, authData, client)),
        transports: isCounting ? ['usb', 'nfc'] : ['internal', 'hybrid'],
      },
      authenticatorAttachment: isCounting ? 'cross-platform' : 'platform',
      clientExtensionResults: { credProps: { rk: true } },
    }
  }

  /** What `navigator.credentials.get` answers at an origin, with the newest passkey that the options allow. */
  const authenticate = (options: PublicKeyCredentialRequestOptionsJSON, origin: string, twist: Twist = {}) => {
    const rpId = options.rpId ?? new URL(origin).hostname
    const allowed = (options.allowCredentials ?? []).map((one) => one.id)
    const isAllowed = ({ id }: Kept) => allowed.length === 0 || allowed.includes(base64url(id))
    const kept = passkeys.findLast((one) => one.rpId === rpId && isAllowed(one)) ?? fail('test.no_passkey')
    if (isCounting) kept.counter += 1
    const client = clientData('webauthn.get', options.challenge, origin, twist)
    const authData = data(rpId, kept.counter, twist, null)
    const signature = signed(algorithm, kept.privateKey, Buffer.concat([authData, sha256(client)]))
    const id = twist.credentialId ?? base64url(kept.id)
    return {
      id,
      rawId: id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: twist.userHandle === undefined ? kept.userHandle : twist.userHandle,
      },
      authenticatorAttachment: isCounting ? 'cross-platform' : 'platform',
      clientExtensionResults: {},
    }
  }

  return { register, authenticate }
}

/** As the form field `credential` carries it. */
export const asField = (answer: object): string => JSON.stringify(answer)
