// Next behind our own face: a request is made from what we let through, and its answer is caught whole, so that nothing
// that a client sends reaches the framework unseen and nothing that the framework says reaches a client unread.

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import next from 'next'
import { settings } from '#platform/env'

/** Header names in lower case. */
export type InnerRequest = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: Buffer }

export type InnerResponse = {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

export type Render = (request: InnerRequest) => Promise<InnerResponse>

/** While developing, a page is compiled when it is first asked for. */
const longestMs = () => (settings().mode === 'dev' ? 180_000 : 30_000)

type CaughtResponse = ServerResponse & { readonly chunks: Buffer[] }

/** A response that goes nowhere: what is written to it is kept. */
const catchResponse = (request: IncomingMessage): CaughtResponse => {
  const chunks: Buffer[] = []
  let isBegun = false
  let isOver = false
  const response = new ServerResponse(request)
  const write = (chunk: unknown, ...rest: unknown[]): boolean => {
    isBegun = true
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk as Uint8Array))
    const done = rest.find((part) => typeof part === 'function') as (() => void) | undefined
    if (done) queueMicrotask(done)
    return true
  }
  const writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status
    const headers = rest.find((part) => typeof part === 'object' && part !== null) as Record<string, string> | undefined
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
    isBegun = true
    return response
  }
  const end = (...given: unknown[]) => {
    if (isOver) return response
    const [chunk] = given
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) write(chunk)
    isBegun = true
    isOver = true
    const done = given.find((part) => typeof part === 'function') as (() => void) | undefined
    queueMicrotask(() => {
      response.emit('finish')
      response.emit('close')
      done?.()
    })
    return response
  }
  Object.defineProperties(response, {
    headersSent: { get: () => isBegun },
    writableEnded: { get: () => isOver },
    writableFinished: { get: () => isOver },
  })
  const flushHeaders = () => {
    isBegun = true
  }
  return Object.assign(response, { chunks, write, writeHead, end, flushHeaders }) as CaughtResponse
}

const incoming = ({ method, path, headers, body }: InnerRequest): IncomingMessage => {
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = path
  request.httpVersion = '1.1'
  Object.assign(request.headers, headers, body ? { 'content-length': String(body.length) } : {})
  request.rawHeaders.push(...Object.entries(request.headers).flatMap(([name, value]) => [name, String(value)]))
  if (body) request.push(body)
  request.push(null)
  return request
}

const caught = (response: CaughtResponse): InnerResponse => ({
  status: response.statusCode,
  headers: response.getHeaders() as InnerResponse['headers'],
  body: Buffer.concat(response.chunks),
})

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const renderWith =
  (handler: Handler): Render =>
  (asked) =>
    new Promise((resolve, reject) => {
      const request = incoming(asked)
      const response = catchResponse(request)
      const giveUp = setTimeout(() => reject(new Error('a page took too long')), longestMs())
      response.once('finish', () => {
        clearTimeout(giveUp)
        resolve(caught(response))
      })
      handler(request, response).catch((error) => {
        clearTimeout(giveUp)
        reject(error)
      })
    })

/** Opens Next in this process: what `next build` made, or in dev the sources themselves. */
export const openNext = async (): Promise<{ render: Render; close: () => Promise<void> }> => {
  const { mode, port } = settings()
  const app = next({ dev: mode === 'dev', dir: process.cwd(), hostname: 'localhost', port })
  await app.prepare()
  const handler = app.getRequestHandler() as Handler
  return { render: renderWith(handler), close: () => app.close() }
}
