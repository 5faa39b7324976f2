/** How mail leaves: the outbox's worker, and the mail server or the built-in mailbox. */
import { type Running, startWorker } from '#core/outbox'
import { settings } from '#platform/env'
import { openMailTransport } from '#platform/mail-transport'
import { deliver, eventPrefix, intoMailbox, type Post } from './deliver.ts'

export type DeliveryOptions = {
  /** How mail leaves; by default through SMTP_URL, or into the built-in mailbox where there is none. */
  post?: Post
}

/** Through the mail server, where one is set. */
function usualPost(): { post: Post; close: () => void } {
  const { smtpUrl } = settings()
  if (!smtpUrl) return { post: intoMailbox, close: () => {} }
  const transport = openMailTransport(smtpUrl)
  return { post: transport.deliver, close: transport.close }
}

/** Begins to deliver. */
export const startDelivery = (options: DeliveryOptions = {}): Promise<Running> => {
  const { post, close } = options.post ? { post: options.post, close: () => {} } : usualPost()
  return startWorker({ events: eventPrefix, called: 'an email', deliver: (row) => deliver(row, post), close })
}
