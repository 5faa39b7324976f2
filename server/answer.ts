// An answer, and how it is sent.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Encoding, encodingOf, type Packed, packOnce } from './encoding.ts'
import { securityHeaders } from './policy.ts'

export type Answer = {
  status: number
  /** Lower case; over the headers that every answer carries. */
  headers?: Record<string, string | string[]>
  /** Kept bytes, or bytes for this request alone with their type in the headers. */
  body?: Packed | Buffer
}

/** 303 unless told otherwise: whatever was asked, the next thing is a GET. */
export const redirect = (location: string, status: 303 | 307 | 308 = 303, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'cache-control': 'no-store', ...headers, location },
})

/** Words for people and programs that is no page of anybody's. */
export const plainText = (status: number, text: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: Buffer.from(text),
})

export const json = (status: number, value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', ...headers },
  body: Buffer.from(JSON.stringify(value)),
})

type Ready = { body: Buffer; encoding: Encoding; type: string | undefined; etag: string | undefined }

const nothing = Buffer.alloc(0)

const ready = (answer: Answer, accepted: Encoding): Ready => {
  const { body } = answer
  const type = answer.headers?.['content-type']?.toString()
  if (body === undefined) return { body: nothing, encoding: 'identity', type, etag: undefined }
  if (Buffer.isBuffer(body)) return { ...packOnce(body, type ?? '', accepted), type, etag: undefined }
  const packed = body.bodies[accepted]
  return {
    body: packed ?? body.bodies.identity,
    encoding: packed ? accepted : 'identity',
    type: body.type,
    etag: accepted === 'identity' || !packed ? body.etag : `${body.etag.slice(0, -1)}-${accepted}"`,
  }
}

const isKnown = (request: IncomingMessage, etag: string | undefined): boolean => {
  const known = request.headers['if-none-match']
  if (etag === undefined || known === undefined) return false
  return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

/** Sends an answer; a HEAD gets its headers, a client that has the bytes already gets 304 (RFC 9110 §13.1.2). */
export const send = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  const { body, encoding, type, etag } = ready(answer, encodingOf(request.headers['accept-encoding']))
  if (response.destroyed || response.headersSent) return
  const isSame = answer.status === 200 && isKnown(request, etag)
  const headers: Record<string, string | string[]> = { ...securityHeaders(), ...answer.headers }
  if (type !== undefined) headers['content-type'] = type
  if (etag !== undefined) headers.etag = etag
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  headers.vary = headers.vary ?? 'Accept-Encoding'
  if (isSame) {
    delete headers['content-type']
    delete headers['content-encoding']
    response.writeHead(304, headers)
    response.end()
    return
  }
  headers['content-length'] = String(body.length)
  response.writeHead(answer.status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}
