// A request, read without believing it.

import type { IncomingMessage } from 'node:http'
import { newId } from '#platform/ids'
import { addressOf } from './peer.ts'

export type Asked = {
  /** Ours, never the client's. */
  id: string
  method: string
  path: string
  query: URLSearchParams
  hasQuery: boolean
  host: string | undefined
  cookie: string | undefined
  address: string
  message: IncomingMessage
}

export type Unreadable = { status: 400 | 414 }

const longestTarget = 4096
/** A path of plain segments: no encoding, no dots alone, no empty segment. No address of ours needs more. */
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~@+-]+)+\/?$|^\/$/
/** What may stand in a request target at all (RFC 9112 §3.2.1, origin form). */
const target = /^\/[!-~]*$/

const timesOf = (message: IncomingMessage, name: string): number =>
  message.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length

/** Reads a request line and the headers that decide anything; two hosts, or two lengths, are none. */
export const readAsked = (message: IncomingMessage): Asked | Unreadable => {
  const { url = '', method = 'GET' } = message
  if (url.length > longestTarget) return { status: 414 }
  if (!target.test(url) || timesOf(message, 'host') !== 1) return { status: 400 }
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  return {
    id: newId('req'),
    method,
    path,
    query: new URLSearchParams(at === -1 ? '' : url.slice(at + 1)),
    hasQuery: at !== -1,
    host: message.headers.host,
    cookie: message.headers.cookie,
    address: addressOf(message.socket.remoteAddress, [message.headers['x-forwarded-for'] ?? []].flat().join(',')),
    message,
  }
}

/** Whether a path is made of nothing but plain segments. */
export const isPlain = (path: string): boolean => plainPath.test(path)

/** The body, or null when it is larger than `limit` bytes. What is too much is not read any further. */
export const readBody = async (message: IncomingMessage, limit: number): Promise<Buffer | null> => {
  if (Number(message.headers['content-length'] ?? 0) > limit) return null
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
