/**
 * How messages leave: an HTTP gateway that the operator has described in the settings, or the built-in mailbox. What a
 * gateway answers is its status alone: some repeat number and text in the body, which belong into no log.
 */
import { keepInMailbox } from '#core/emails'
import { seconds } from '#platform/clock'
import { settings } from '#platform/env'
import { type BodyFormat, fillBody } from '#platform/filled-body'
import type { Delivery } from '#platform/mail-transport'
import { postOut } from '#platform/outbound-http'
import type { OutgoingSms } from './contract.ts'
import type { SmsPost } from './deliver.ts'

export type Gateway = { url: string; headers: Readonly<Record<string, string>>; body: string; format: BodyFormat }

const contentTypes: Record<BodyFormat, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
}

/** Nothing is wrong with the message: the gateway is busy, slow, or wants us to be somebody else. */
const isForLater = (status: number) => status >= 500 || [401, 408, 425, 429].includes(status)

/** What an answer means for the message. */
export const outcomeOf = (status: number): Delivery => {
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  const reason = `the gateway answered ${status}`
  if (status >= 300 && status < 400) return { outcome: 'refused', reason: `${reason}: redirects are not followed` }
  return { outcome: isForLater(status) ? 'later' : 'refused', reason }
}

/** Through a gateway. */
export const throughGateway =
  ({ url, headers, body, format }: Gateway, timeoutMs = seconds(15)): SmsPost =>
  async (message: OutgoingSms) => {
    const answer = await postOut({
      url,
      headers: { 'content-type': contentTypes[format], ...headers },
      body: fillBody(format, body, message),
      timeoutMs,
    })
    return 'failed' in answer
      ? { outcome: 'later', reason: `the gateway was not reached: ${answer.failed}` }
      : outcomeOf(answer.status)
  }

/** Where there is no gateway: into the mailbox that the workbench shows. */
export const intoMailbox: SmsPost = async ({ id, to, from, text }, { organizationId, template }) => {
  if (settings().mode === 'production') return { outcome: 'later', reason: 'no gateway is set' }
  await keepInMailbox({
    kind: 'sms',
    org_id: organizationId,
    message_id: id,
    recipient: to,
    sender: from,
    subject: '',
    html: '',
    text,
    headers: {},
    template,
  })
  return { outcome: 'delivered' }
}
