/** One row of the outbox: from a message that is ordered to what became of it. */
import { chooseLocale, standingAddress } from '#core/emails'
import { addressOf, directory } from '#core/organizations'
import type { OutboxRow, Outcome } from '#core/outbox'
import { minutes, now } from '#platform/clock'
import { settings } from '#platform/env'
import type { Delivery } from '#platform/mail-transport'
import { unseal } from '#platform/secrets'
import { definitions, isSmsTemplate, type OutgoingSms, type SmsTemplate } from './contract.ts'
import { wordsFor } from './overrides.ts'
import { textOf } from './render.ts'
import { SealedSms, SmsOrder } from './rules.ts'

export const eventPrefix = 'sms.'

/** How a message leaves. */
export type SmsPost = (
  message: OutgoingSms,
  about: { organizationId: string; template: SmsTemplate },
) => Promise<Delivery>

const dead = (reason: string): Outcome => ({ status: 'dead', reason })

/** Number and code of an order; null where they cannot be opened, as after a change of the secret. */
function secretOf({ sealed }: SmsOrder): SealedSms | null {
  try {
    return SealedSms.parse(JSON.parse(unseal('outbox', Buffer.from(sealed, 'base64'))))
  } catch {
    return null
  }
}

const minutesUntil = (moment: Date | null): number =>
  moment ? Math.max(1, Math.round((moment.getTime() - now().getTime()) / minutes(1))) : 0

/** Words and posts what a row orders. Throws only where something of ours is broken: then it is tried again. */
export async function deliver(row: OutboxRow, post: SmsPost): Promise<Outcome> {
  const template = row.event.slice(eventPrefix.length)
  if (!isSmsTemplate(template)) return dead('no such message')
  const read = SmsOrder.safeParse(row.payload)
  if (!read.success) return dead('order unreadable')
  const order = read.data
  if (row.expiresAt && row.expiresAt <= now()) return { status: 'expired' }
  const organization = directory().byId(order.organizationId)
  // Another process may have made it a moment ago.
  if (!organization) return { status: 'later', reason: 'organization unknown' }
  if (directory().isSuspended(organization.id)) return dead('organization suspended')
  const secret = secretOf(order)
  if (!secret) return dead('message unreadable')
  if (definitions[template].hasCode && !secret.code) return dead('code missing')
  const isSecurity = order.happened !== undefined
  const { locales: offered } = organization
  const locale = chooseLocale({ offered, stored: null, asked: order.locale, isSecurity })
  const standing = standingAddress(order.address, organization, directory().hostsOf(organization.id))
  const text = textOf(template, await wordsFor(template, organization.id, locale), {
    organization: organization.name,
    host: new URL(addressOf(organization, standing).origin).hostname,
    code: secret.code ?? '',
    minutes: minutesUntil(row.expiresAt),
    happened: order.happened ?? null,
  })
  // The same work as for a real one, so that nothing about it can be told from outside.
  if (order.decoy || secret.number === '') return { status: 'done' }
  const message = { id: row.id, to: secret.number, from: settings().smsFrom ?? '', text }
  const delivery = await post(message, { organizationId: organization.id, template })
  if (delivery.outcome === 'delivered') return { status: 'done' }
  return delivery.outcome === 'refused' ? dead(delivery.reason) : { status: 'later', reason: delivery.reason }
}
