// How a short message is ordered: a row of the outbox, in the unit of work of the change. Number and code travel sealed,
// so that a copy of the outbox tells neither, and the delivery log that remains keeps no number.

import type { Address } from '#core/organizations/contract'
import { add } from '#core/outbox'
import { days, fromNow } from '#platform/clock'
import type { Tx } from '#platform/database'
import { seal } from '#platform/secrets'
import type { CodeTemplate, Happening } from './contract.ts'
import { masked, type SealedSms, type SmsOrder } from './rules.ts'

/** An organization and a way to it: all that a message needs to speak for its sender. */
export type SmsSender = { organizationId: string; address: Address; locale?: string | undefined }

export type CodeMessage = {
  /** E.164; null where nobody knows one, of a decoy alone. */
  number: string | null
  code: string
  /** The message is worth nothing after its code. */
  expiresAt: Date
}

const sealed = (secret: SealedSms) => seal('outbox', JSON.stringify(secret)).toString('base64')

const put = (tx: Tx, from: SmsSender, template: string, secret: SealedSms, more: Partial<SmsOrder>, expiresAt: Date) =>
  add(
    tx,
    `sms.${template}`,
    {
      to: masked(secret.number),
      organizationId: from.organizationId,
      address: from.address,
      locale: from.locale,
      sealed: sealed(secret),
      ...more,
    },
    { priority: 0, expiresAt },
  )

/** Sends a code. A decoy costs the same work and reaches nobody. Limits are taken before, by `takeSmsLimits`. */
export const sendCode = (
  tx: Tx,
  from: SmsSender,
  template: CodeTemplate,
  { number, code, expiresAt }: CodeMessage,
  { isDecoy = false } = {},
): Promise<string> =>
  put(tx, from, template, { number: number ?? '', code }, isDecoy || number === null ? { decoy: true } : {}, expiresAt)

/** Tells a phone what happened to the account that it belongs, or belonged, to. */
export const sendSecuritySms = (tx: Tx, from: SmsSender, number: string, happened: Happening): Promise<string> =>
  put(tx, from, 'security-notice', { number }, { happened }, fromNow(days(1)))
