// For tests: a request to the server in front without a socket, and pages that are drawn by nobody.

import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Answer } from '../../server/answer.ts'
import type { Render } from '../../server/next.ts'
import { answer } from '../../server/router.ts'

/** A page that says which inner address it was drawn for, and with which cookies. */
const drawn: Render = async ({ method, path, headers: { cookie = '' } }) => {
  const problem = /\/problem\/(\d+)/.exec(path)?.[1]
  const sent: Record<string, string> = method === 'POST' ? { location: path, 'set-cookie': `seen=${cookie}` } : {}
  const body = Buffer.from(`<!doctype html><html><head><title>${path} ${cookie}</title></head><body></body></html>`)
  return { status: method === 'POST' ? 303 : Number(problem ?? 200), headers: sent, body }
}

type Wish = { method?: string; headers?: Record<string, string>; body?: string }

/** What is answered at a URL, as a browser would write it. */
export const askAt = (url: string, { method = 'GET', headers = {}, body = '' }: Wish = {}): Promise<Answer> => {
  const { host } = new URL(url)
  const target = url.slice(url.indexOf(host) + host.length) || '/'
  const sent: Record<string, string> = { host, ...headers }
  const message = Object.assign(Readable.from(body === '' ? [] : [Buffer.from(body)]), {
    method,
    url: target,
    headers: sent,
    rawHeaders: Object.entries(sent).flat(),
    socket: { remoteAddress: '192.0.2.1' },
    complete: true,
  })
  return answer(drawn, message as unknown as IncomingMessage)
}

/** Where an answer leads; null when it leads nowhere. */
export const locationOf = ({ headers = {} }: Answer): string | null => headers.location?.toString() ?? null
