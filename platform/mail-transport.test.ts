import { afterEach, describe, expect, it } from 'vitest'
import {
  dropInTheMiddle,
  type MailServer,
  type RawServer,
  sayNothing,
  startMailServer,
  startRawServer,
} from '#support/mail-server'
import { type MailTransport, type OutgoingMail, openMailTransport, outcomeOf } from './mail-transport.ts'

const quick = { connection: 1000, greeting: 300, socket: 300, whole: 2000 }
const mail: OutgoingMail = {
  from: { name: 'Alpine Air', address: 'no-reply@alpine.example' },
  to: { name: 'Ada Keller', address: 'ada@example.com' },
  subject: 'Willkommen, Ada',
  text: 'Grüezi\n',
  html: '<p>Grüezi</p>',
  messageId: '<out_1@alpine.example>',
  date: new Date('2026-05-14T12:00:00Z'),
  headers: { 'Auto-Submitted': 'auto-generated' },
}

const opened: { close: () => void }[] = []
const servers: { stop: () => Promise<void> }[] = []
const open = (url: string, timeouts?: typeof quick): MailTransport => {
  const transport = openMailTransport(url, timeouts)
  opened.push(transport)
  return transport
}
const serve = async (): Promise<MailServer> => {
  const server = await startMailServer()
  servers.push(server)
  return server
}
const serveRaw = async (talk: Parameters<typeof startRawServer>[0]): Promise<RawServer> => {
  const server = await startRawServer(talk)
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const transport of opened.splice(0)) transport.close()
  for (const server of servers.splice(0)) await server.stop()
})

describe('a message', () => {
  it('arrives as it was given, in two parts, the plain one first', async () => {
    const server = await serve()
    expect(await open(server.url).deliver(mail)).toEqual({ outcome: 'delivered' })
    const [{ mail: parsed, from, recipients, raw }] = server.accepted as [(typeof server.accepted)[0]]
    expect({ from, recipients }).toEqual({ from: 'no-reply@alpine.example', recipients: ['ada@example.com'] })
    expect(parsed).toMatchObject({
      subject: mail.subject,
      text: 'Grüezi\n',
      html: mail.html,
      messageId: mail.messageId,
    })
    expect(parsed.date).toEqual(mail.date)
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
    expect(parsed.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' })
    expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  })

  it('goes through one connection after another', async () => {
    const server = await serve()
    const { deliver } = open(server.url)
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, number) => deliver({ ...mail, messageId: `<${number}@alpine.example>` })),
    )
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['delivered']))
    expect(new Set(server.accepted.map(({ mail: { messageId } }) => messageId)).size).toBe(12)
  })

  it.each([
    ['a name', { to: { name: 'Ada\r\nBcc: evil@example.com', address: 'ada@example.com' } }],
    ['a name with an address in it', { to: { name: 'evil@example.com, Ada', address: 'ada@example.com' } }],
    ['a name in quotes', { to: { name: 'Ada" <evil@example.com>, "', address: 'ada@example.com' } }],
    ['a sender', { from: { name: 'Alpine\nReply-To: evil@example.com', address: 'no-reply@alpine.example' } }],
    ['a subject', { subject: 'Hi\r\nBcc: evil@example.com\r\n\r\n<b>body</b>' }],
    ['a header', { headers: { 'X-Entity-Ref-ID': 'x\r\nBcc: evil@example.com' } }],
    ['an address', { to: { name: '', address: 'ada@example.com\r\nBcc: evil@example.com' } }],
    ['two addresses', { to: { name: '', address: 'ada@example.com, evil@example.com' } }],
    ['an encoded word', { subject: '=?utf-8?Q?=0D=0ABcc=3A_evil=40example.com?=' }],
  ])('never reaches anybody else through %s', async (_, change) => {
    const server = await serve()
    const { outcome } = await open(server.url).deliver({ ...mail, ...change })
    expect(outcome).toBe('to' in change && !change.to.name ? 'refused' : 'delivered')
    expect(server.accepted).toHaveLength(outcome === 'delivered' ? 1 : 0)
    for (const { recipients, mail: parsed } of server.accepted) {
      expect(recipients).toEqual(['ada@example.com'])
      for (const name of ['bcc', 'cc', 'reply-to']) expect(parsed.headers.has(name)).toBe(false)
      expect(parsed.html).toBe(mail.html)
    }
  })

  it('is never made of a file', async () => {
    const server = await serve()
    const { deliver } = open(server.url)
    const delivery = await deliver({ ...mail, html: { path: '/etc/hostname' } as unknown as string })
    expect(delivery.outcome).not.toBe('delivered')
    expect(server.accepted).toEqual([])
  })
})

describe('what became of it', () => {
  it.each([
    [550, 'refused'],
    [552, 'refused'],
    [421, 'later'],
    [450, 'later'],
    [451, 'later'],
  ])('%i for the recipient: %s', async (status, outcome) => {
    const server = await serve()
    server.manner.recipient = { status, message: 'because' }
    const delivery = await open(server.url).deliver(mail)
    expect(delivery).toMatchObject({ outcome, reason: expect.stringContaining(`${status}`) })
  })

  it.each([
    [554, 'refused'],
    [451, 'later'],
  ])('%i for the message: %s', async (status, outcome) => {
    const server = await serve()
    server.manner.message = { status, message: 'because' }
    expect(await open(server.url).deliver(mail)).toMatchObject({ outcome })
  })

  it('nobody listens: later', async () => {
    const server = await startMailServer()
    await server.stop()
    expect(await open(server.url).deliver(mail)).toMatchObject({ outcome: 'later' })
  })

  it('silence: later, and soon', async () => {
    const server = await serveRaw(sayNothing)
    expect(await open(server.url, quick).deliver(mail)).toMatchObject({ outcome: 'later' })
  })

  it('a byte every now and then: later, and soon enough', async () => {
    const server = await serveRaw((socket) => {
      const timer = setInterval(() => socket.write('2'), 50)
      socket.on('close', () => clearInterval(timer))
      socket.resume()
    })
    expect(await open(server.url, quick).deliver(mail)).toMatchObject({ outcome: 'later' })
  })

  it('a connection that breaks in the middle: later', async () => {
    const server = await serveRaw(dropInTheMiddle)
    expect(await open(server.url, quick).deliver(mail)).toMatchObject({ outcome: 'later' })
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  it.each([
    ['credentials that are not taken', { code: 'EAUTH', responseCode: 535 }, 'later'],
    ['a server that wants credentials', { code: 'EENVELOPE', responseCode: 530 }, 'later'],
    ['no such host', { code: 'EDNS' }, 'later'],
    ['an address that no server could take', { code: 'EENVELOPE' }, 'refused'],
    ['a greeting of refusal', { code: 'EPROTOCOL', responseCode: 554 }, 'later'],
  ])('%s', (_, thrown, outcome) => expect(outcomeOf(thrown).outcome).toBe(outcome))
})
