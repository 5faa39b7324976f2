// Bytes ready to be sent: once as they are, and compressed where that makes them smaller.

import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

export type Packed = {
  etag: string
  type: string
  bodies: { identity: Buffer; br?: Buffer; gzip?: Buffer }
}

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const leastBytes = 860

/** Kept bytes are packed as tightly as may be, once; bytes for one person as quickly as may be. */
const levels = { kept: { br: 11, gzip: 9 }, passing: { br: 4, gzip: 4 } } as const

const brotliOf = (body: Buffer, quality: number) =>
  brotli(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })

export const etagOf = (body: Buffer): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`

const isText = (type: string) =>
  /^(?:text\/|application\/(?:json|javascript|manifest\+json)|image\/svg\+xml)/.test(type)

/** Bytes that will be sent many times. */
export const pack = async (body: Buffer, type: string): Promise<Packed> => {
  const etag = etagOf(body)
  if (!isText(type) || body.length < leastBytes) return { etag, type, bodies: { identity: body } }
  const [br, gz] = await Promise.all([brotliOf(body, levels.kept.br), gzipped(body, { level: levels.kept.gzip })])
  return { etag, type, bodies: { identity: body, br, gzip: gz } }
}

/** The best that a client says it reads. A quality of zero is a refusal (RFC 9110 §12.5.3). */
export const encodingOf = (header: string | undefined): Encoding => {
  const accepts = (name: string) =>
    new RegExp(`(?:^|,)\\s*${name}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$))|,|$)`, 'i').test(header ?? '')
  if (accepts('br')) return 'br'
  return accepts('gzip') ? 'gzip' : 'identity'
}

/** Bytes for one request, compressed if the client reads that. */
export const packOnce = async (
  body: Buffer,
  type: string,
  accepted: Encoding,
): Promise<{ body: Buffer; encoding: Encoding }> => {
  if (accepted === 'identity' || !isText(type) || body.length < leastBytes) return { body, encoding: 'identity' }
  const packed =
    accepted === 'br' ? await brotliOf(body, levels.passing.br) : await gzipped(body, { level: levels.passing.gzip })
  return { body: packed, encoding: accepted }
}
