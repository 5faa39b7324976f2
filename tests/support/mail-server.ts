// For tests: a mail server on this machine that behaves as it is told, and keeps what it has accepted.

import { createServer, type Server, type Socket } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Accepted = { from: string; recipients: string[]; mail: ParsedMail; raw: string }

/** An answer with a status of its own. */
const answer = (status: number, message: string) => Object.assign(new Error(message), { responseCode: status })

export type Manner = {
  /** Status and words with which a recipient is refused; null takes them. */
  recipient?: { status: number; message: string } | null
  /** The same for the message, after it was sent. */
  message?: { status: number; message: string } | null
}

export type MailServer = {
  url: string
  port: number
  accepted: Accepted[]
  manner: Manner
  stop: () => Promise<void>
}

const listening = (server: Server | SMTPServer['server'], port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })

/** A server that speaks SMTP; `port` 0 takes any. */
export const startMailServer = async (port = 0): Promise<MailServer> => {
  const accepted: Accepted[] = []
  const manner: Manner = {}
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: (_, __, callback) => {
      const refusal = manner.recipient
      callback(refusal ? answer(refusal.status, refusal.message) : null)
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (manner.message) return callback(answer(manner.message.status, manner.message.message))
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        accepted.push({
          from: mailFrom ? mailFrom.address : '',
          recipients: rcptTo.map(({ address }) => address),
          mail: await simpleParser(raw),
          raw: raw.toString(),
        })
        callback(null)
      })
    },
  }
  const server = new SMTPServer(options)
  server.on('error', () => {})
  const taken = await listening(server.server, port)
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    accepted,
    manner,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

export type RawServer = { url: string; connections: () => number; stop: () => Promise<void> }

/** A server that does not quite speak SMTP: what it says and when is the caller's. */
export const startRawServer = async (talk: (socket: Socket) => void): Promise<RawServer> => {
  const sockets = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    count += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    talk(socket)
  })
  const port = await listening(server, 0)
  return {
    url: `smtp://127.0.0.1:${port}`,
    connections: () => count,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Takes a message until half of it has come, and is gone. */
export const dropInTheMiddle = (socket: Socket): void => {
  let isInData = false
  socket.write('220 here\r\n')
  socket.on('data', (chunk: Buffer) => {
    const line = chunk.toString()
    if (isInData) socket.destroy()
    else if (/^DATA/i.test(line)) {
      isInData = true
      socket.write('354 go on\r\n')
    } else socket.write('250 fine\r\n')
  })
}

/** Takes everything, and never says a word. */
export const sayNothing = (socket: Socket): void => {
  socket.resume()
}
