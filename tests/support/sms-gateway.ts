// For tests: a gateway for short messages on this machine that answers as it is told, and keeps what it was asked.

import { createServer, type IncomingHttpHeaders } from 'node:http'

export type GatewayRequest = { method: string; url: string; headers: IncomingHttpHeaders; body: string }

/** A status, or what else becomes of a request: nothing ever, or the end of the connection. */
export type Manner = { status: number | 'hang' | 'hang up'; headers?: Record<string, string>; body?: string }

export type TestGateway = { url: string; asked: GatewayRequest[]; manner: Manner; stop: () => Promise<void> }

export const startGateway = async (): Promise<TestGateway> => {
  const gateway: TestGateway = { url: '', asked: [], manner: { status: 200 }, stop: async () => {} }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      gateway.asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
      const { status, headers: more = {}, body = '{"ok":true}' } = gateway.manner
      if (status === 'hang') return
      if (status === 'hang up') return request.socket.destroy()
      response.writeHead(status, { 'content-type': 'application/json', ...more })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  gateway.url = `http://127.0.0.1:${port}/messages`
  gateway.stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return gateway
}
