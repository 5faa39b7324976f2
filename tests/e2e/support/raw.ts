// HTTP without a browser: what is sent is exactly what is written here, and nothing that is answered is acted upon.

import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { newNetwork } from './newcomers.ts'
import { port } from './world.ts'

export type Sent = {
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  /** The request target as it stands in the first line; by default the path and query of the address. */
  target?: string
  /** The network address that the proxy in front of the server claims to have seen. */
  from?: string
}

export type Reply = {
  status: number
  headers: IncomingHttpHeaders
  /** Name, value, name, value: as they came. */
  rawHeaders: string[]
  cookies: string[]
  body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** Asks the server at the address's port on this machine, whatever host it names: names are not looked up anywhere. */
export const ask = (url: string, { method = 'GET', headers = {}, body, target, from }: Sent = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { host, port: at, pathname, search } = new URL(url)
    const asked = request(
      {
        agent,
        host: '127.0.0.1',
        port: at,
        method,
        path: target ?? pathname + search,
        headers: {
          host,
          'x-forwarded-for': from ?? newNetwork(),
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            cookies: response.headers['set-cookie'] ?? [],
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })

/** Bytes on a wire, and everything that comes back until the server closes the connection. */
export const wire = (bytes: string | Buffer, { thenEnd = false } = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? undefined : reject(error),
    )
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
    socket.write(bytes, () => thenEnd && socket.end())
  })

/** One answer of a wire, taken apart. */
export const parsed = (answer: string): Pick<Reply, 'status' | 'body'> & { headers: Record<string, string> } => {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}
