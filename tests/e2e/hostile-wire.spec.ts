// A connection that is cut, slow or endless costs the server little and nobody else anything.

import { connect, type Socket } from 'node:net'
import { expect, test } from '@playwright/test'
import { hidesTheMachinery } from './support/ours.ts'
import { ask, parsed, wire } from './support/raw.ts'
import { addressIn, origin, port } from './support/world.ts'

const host = () => `Host: localhost:${port()}`

const opened = (bytes: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1')
    socket.once('error', reject)
    socket.write(bytes, () => resolve(socket))
  })

/** Everybody else is served meanwhile. */
const isServing = async (): Promise<void> => {
  const { status } = await ask(`${addressIn('alpine', 'name').url}/sign-in`)
  expect(status).toBe(200)
}

test('a hundred connections that never say what they want keep nobody waiting', async () => {
  const beginnings = ['', 'G', 'GET /sign-in HTTP/1.1\r\n', `GET /sign-in HTTP/1.1\r\n${host()}\r\nX-Slow: `]
  const sockets = await Promise.all(
    Array.from({ length: 100 }, (_, index) => opened(beginnings[index % beginnings.length] ?? '')),
  )
  for (const socket of sockets) socket.on('error', () => {})
  await isServing()
  for (const socket of sockets) socket.destroy()
  await isServing()
})

test('a hundred forms whose end never comes keep nobody waiting', async () => {
  const head = `POST /sign-in HTTP/1.1\r\n${host()}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nusername=`
  const sockets = await Promise.all(Array.from({ length: 100 }, () => opened(head)))
  for (const socket of sockets) socket.on('error', () => {})
  await isServing()
  for (const socket of sockets) socket.destroy()
  await isServing()
})

test.describe('a request that is cut off does no harm:', () => {
  const whole = () =>
    `POST /sign-in HTTP/1.1\r\n${host()}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 31\r\n\r\nusername=a%40b.example&password`
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
    test(`after ${share * 100} % of it`, async () => {
      const bytes = whole()
      const answer = await wire(bytes.slice(0, Math.floor(bytes.length * share)), { thenEnd: true })
      // Either nothing at all or that it could not be read.
      expect(['', '400']).toContain(answer === '' ? '' : String(parsed(answer).status))
      await isServing()
    })
  }

  test('in the middle of an answer', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => opened(`GET /sign-in HTTP/1.1\r\n${host()}\r\n\r\n`)),
    )
    for (const socket of sockets) socket.destroy()
    await isServing()
  })
})

test.describe('refused by its size:', () => {
  test('headers of a megabyte', async () => {
    const { status, body } = parsed(
      await wire(`GET /sign-in HTTP/1.1\r\n${host()}\r\nX-Large: ${'a'.repeat(1024 * 1024)}\r\n\r\n`),
    )
    expect([0, 400, 431]).toContain(status)
    expect(body).toBe('')
  })

  test('ten thousand headers', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `X-${index}: a`).join('\r\n')
    expect([0, 400, 431]).toContain(parsed(await wire(`GET / HTTP/1.1\r\n${host()}\r\n${many}\r\n\r\n`)).status)
  })

  test('an address of many kilobytes', async () => {
    for (const target of [`/${'a'.repeat(5000)}`, `/sign-in?${'a'.repeat(5000)}`]) {
      const reply = await ask(origin(), { target })
      expect(reply.status).toBe(414)
      hidesTheMachinery(reply)
      expect(reply.headers['content-security-policy']).toBeDefined()
    }
  })

  test('a cookie of many kilobytes, though it is nobody’s', async () => {
    const reply = await ask(`${origin()}/sign-in`, { headers: { cookie: `a=${'b'.repeat(12_000)}` } })
    expect(reply.status).toBe(200)
  })
})

test('two requests in one breath get two answers, each its own', async () => {
  const two = `GET /healthz HTTP/1.1\r\n${host()}\r\n\r\nGET /nothing-here HTTP/1.1\r\n${host()}\r\nConnection: close\r\n\r\n`
  const answer = await wire(two)
  expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual(['200', '404'])
})

test('a second request that hides in the body of a first is never answered', async () => {
  const hidden = `GET /dev/mail.json HTTP/1.1\r\n${host()}\r\n\r\n`
  const tricks = [
    `Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n${hidden}`,
    `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
    `Content-Length: ${hidden.length}\r\nContent-Length: 0\r\n\r\n${hidden}`,
    `Content-Length: +5\r\n\r\n0\r\n\r\n${hidden}`,
    `Content-Length: 0x5\r\n\r\n0\r\n\r\n${hidden}`,
  ]
  for (const trick of tricks) {
    const answer = await wire(`POST /sign-in HTTP/1.1\r\n${host()}\r\n${trick}`, { thenEnd: true })
    expect([trick, answer.includes('[{"id"')]).toEqual([trick, false])
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).not.toContain('200')
  }
})
