/**
 * Sms owns short messages: the built-in templates, what organizations say differently, what they may cost, delivery out
 * of the outbox to a gateway, and none of them where there is no gateway. Has no table: in demo and dev they go into the
 * mailbox of emails. Calls outbox, documents, limits, organizations, texts and emails; called by the server, which starts
 * the delivery, and by whoever proves somebody by a phone.
 */
import { type Running, startWorker } from '#core/outbox'
import { settings } from '#platform/env'
import { registerStatuses } from '#platform/failure'
import { failures } from './contract.ts'
import { deliver, eventPrefix, type SmsPost } from './deliver.ts'
import { intoMailbox, throughGateway } from './gateway.ts'

export { isSmsAvailable, type SmsWish, takeSmsLimits } from './limits.ts'
export { type CodeMessage, type SmsSender, sendCode, sendSecuritySms } from './ordering.ts'
export { checkSmsWords, publishSms } from './overrides.ts'
export { isServed, masked } from './rules.ts'
export { rereadSms } from './templates.ts'

registerStatuses(failures)

const usualPost = (): SmsPost => {
  const { smsGateway } = settings()
  return smsGateway ? throughGateway(smsGateway) : intoMailbox
}

/** Begins to deliver; by default through SMS_GATEWAY_URL, or into the built-in mailbox where there is none. */
export const startSmsDelivery = ({ post = usualPost() }: { post?: SmsPost } = {}): Promise<Running> =>
  startWorker({ events: eventPrefix, called: 'a short message', deliver: (row) => deliver(row, post) })
