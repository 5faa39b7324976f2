// A request, read without believing it.

import type { IncomingMessage } from 'node:http'
import { newId } from '#platform/ids'
import { addressOf } from './peer.ts'

export type Asked = {
  /** Ours, never the client's. */
  readonly id: string
  readonly query: URLSearchParams
  method: string
  path: string
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

const timesOf = ({ rawHeaders }: IncomingMessage, name: string): number => {
  let times = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const header = rawHeaders[index] ?? ''
    if (header.length === name.length && header.toLowerCase() === name) times += 1
  }
  return times
}

const forwardedForOf = ({ headers }: IncomingMessage): string | undefined => {
  const said = headers['x-forwarded-for']
  return Array.isArray(said) ? said.join(',') : said
}

/** A request that is answered from memory needs neither an id nor its query: they are made when first asked for. */
const later = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Reads a request line and the headers that decide anything; two hosts, or two lengths, are none. */
export const readAsked = (message: IncomingMessage): Asked | Unreadable => {
  const { url = '', method = 'GET' } = message
  if (url.length > longestTarget) return { status: 414 }
  if (!target.test(url) || timesOf(message, 'host') !== 1) return { status: 400 }
  const at = url.indexOf('?')
  const path = at === -1 ? url : url.slice(0, at)
  const id = later(() => newId('req'))
  const query = later(() => new URLSearchParams(at === -1 ? '' : url.slice(at + 1)))
  return {
    get id() {
      return id()
    },
    get query() {
      return query()
    },
    method,
    path,
    hasQuery: at !== -1,
    host: message.headers.host,
    cookie: message.headers.cookie,
    address: addressOf(message.socket.remoteAddress, forwardedForOf(message)),
    message,
  }
}

export const isReading = ({ method }: Pick<Asked, 'method'>): boolean => method === 'GET' || method === 'HEAD'

/** The query as it goes on elsewhere: empty, or with its question mark. */
export const queryOf = ({ hasQuery, query }: Pick<Asked, 'hasQuery' | 'query'>): string => (hasQuery ? `?${query}` : '')

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
