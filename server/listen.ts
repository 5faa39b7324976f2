// The listening socket, and how it is left.

import { createServer } from 'node:http'
import { log } from '#platform/log'
import { send } from './answer.ts'
import type { Render } from './next.ts'
import { answer } from './router.ts'

const headersMs = 10_000
const requestMs = 30_000
const keepAliveMs = 65_000
const graceMs = 10_000

/** Serves on a port; answers how to stop: requests under way are finished, for a while. */
export const listenOn = async (port: number, render: Render): Promise<() => Promise<void>> => {
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, keepAliveTimeout: keepAliveMs, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      answer(render, request)
        .then((said) => send(request, response, said))
        .catch((error: Error) => {
          log.error({ reason: error.message }, 'an answer could not be sent')
          response.destroy()
        })
    },
  )
  // What is no HTTP gets a short answer and no reason; an upgrade to anything else is not spoken here.
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  server.on('upgrade', (_, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, resolve)
  })
  return () =>
    new Promise<void>((resolve) => {
      const giveUp = setTimeout(() => server.closeAllConnections(), graceMs)
      server.close(() => {
        clearTimeout(giveUp)
        resolve()
      })
      server.closeIdleConnections()
    })
}
