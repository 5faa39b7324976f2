// The way to a mail server: a pool of connections, and what became of each message in one of three words.

import { createTransport } from 'nodemailer'
import { minutes, seconds } from './clock.ts'

/** Addresses come as name and address, never as text: a mail library would parse text, and find more recipients in it. */
export type Mailbox = { name: string; address: string }

export type OutgoingMail = {
  from: Mailbox
  to: Mailbox
  subject: string
  text: string
  html: string
  /** With its angle brackets. */
  messageId: string
  date: Date
  headers: Record<string, string>
}

/**
 * `refused` is the server's last word on this message; `later` is everything that may be different next time: a busy or
 * silent server, no server at all, credentials that are being changed.
 */
export type Delivery =
  | { outcome: 'delivered' }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'later'; reason: string }

export type MailTransport = { deliver: (mail: OutgoingMail) => Promise<Delivery>; close: () => void }

/** Milliseconds. */
export type MailTimeouts = { connection: number; greeting: number; socket: number; whole: number }

const usualTimeouts: MailTimeouts = {
  connection: seconds(10),
  greeting: seconds(10),
  socket: seconds(20),
  // Also the time in the queue, and a server that sends a byte every now and then.
  whole: minutes(3),
}

const connections = 5

type Thrown = { code?: string; responseCode?: number; response?: string; message?: string; command?: string }

/** Codes of a server that wants us to be somebody else first (RFC 4954): nothing is wrong with the message. */
const isAboutUs = (status: number) => status === 530 || status === 534 || status === 535 || status === 538

/** What an error of the mail library means for the message. */
export const outcomeOf = (thrown: Thrown): Exclude<Delivery, { outcome: 'delivered' }> => {
  const { code = 'unknown', responseCode, response, message = '' } = thrown
  const said = (response ?? message).replace(/\s+/g, ' ').trim()
  const reason = `${code}${thrown.command ? ` at ${thrown.command}` : ''}: ${said}`.slice(0, 400)
  const isAboutTheMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isForGood = responseCode === undefined ? true : responseCode >= 500 && !isAboutUs(responseCode)
  return { outcome: isAboutTheMessage && isForGood ? 'refused' : 'later', reason }
}

/** One address and nothing else: the library would find several in anything longer, also in an envelope. */
const plainAddress = /^[^\s,;:<>()[\]"\\@]{1,64}@[^\s,;:<>()[\]"\\@]{1,255}$/

/** Opens a pool to the server of an SMTP address; connections are made when there is something to send. */
export const openMailTransport = (smtpUrl: string, timeouts: MailTimeouts = usualTimeouts): MailTransport => {
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: 100,
    // Enough for a connection that the server had closed while it was idle; the rest is the business of the outbox.
    maxRequeues: 1,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    dnsTimeout: timeouts.connection,
    // What a message is made of never comes from a file or an address, whatever somebody managed to put into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    deliver: async (mail) => {
      const isPlain = [mail.from, mail.to].every(({ address }) => plainAddress.test(address))
      if (!isPlain) return { outcome: 'refused', reason: 'an address is not one plain address' }
      try {
        await pool.sendMail({
          ...mail,
          // One recipient, whatever else the message may have come to say.
          envelope: { from: mail.from.address, to: [mail.to.address] },
          signal: AbortSignal.timeout(timeouts.whole),
        })
        return { outcome: 'delivered' }
      } catch (error) {
        return outcomeOf(error as Thrown)
      }
    },
    close: () => pool.close(),
  }
}
