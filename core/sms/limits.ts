// What a message may cost: each has a price, and whoever rents numbers in a country with high ones earns by having codes
// sent there. Counted before anything is written, in the same way whether there is anybody or not.

import { takeAll } from '#core/limits'
import type { Limit } from '#core/limits/contract'
import { days, hours } from '#platform/clock'
import { settings } from '#platform/env'
import { fail } from '#platform/failure'
import { isServed, prefixOf } from './rules.ts'

/** Codes of one person, codes to one number. */
export const mostAnHour = 5
export const mostADay = 10
/** Codes of one organization to numbers that begin alike. */
export const mostAlikeAnHour = 30
/** Codes of one organization. */
export const mostOfOrganizationADay = 500

/** Whether messages can be sent at all: production needs a gateway, elsewhere there is the built-in mailbox. */
export const isSmsAvailable = (): boolean => {
  const { mode, smsGateway } = settings()
  return smsGateway !== null || mode !== 'production'
}

export type SmsWish = {
  organizationId: string
  /** Whose messages are counted: '<home>/<person>', or what stands for somebody who does not exist. */
  subject: string
  /** Null where nobody knows one: of somebody who does not exist. Costs the same and is counted under the subject. */
  number: string | null
}

const oneAndTen = (name: string, subject: string): Limit[] => [
  { name: `sms ${name} hour`, subject, max: mostAnHour, windowMs: hours(1) },
  { name: `sms ${name} day`, subject, max: mostADay, windowMs: days(1) },
]

const bound = async (limits: Limit[]): Promise<void> => {
  const exceeded = await takeAll(limits)
  if (exceeded) fail('sms.too_many', undefined, { retryAt: exceeded.resetsAt.toISOString() })
}

/**
 * Counts one message, outside of any unit of work and before the one in which it is ordered. Fails with
 * `sms.not_available`, `sms.country_not_served` or `sms.too_many`.
 */
export const takeSmsLimits = async ({ organizationId, subject, number }: SmsWish): Promise<void> => {
  if (!isSmsAvailable()) fail('sms.not_available')
  if (number !== null && !isServed(number, settings().smsCountries)) fail('sms.country_not_served')
  // Whoever is refused here takes nothing away from the others of the organization.
  await bound([...oneAndTen('subject', subject), ...oneAndTen('number', number ?? `none ${subject}`)])
  const prefix = number === null ? `none ${subject}` : prefixOf(number)
  await bound([
    { name: 'sms prefix', subject: `${organizationId} ${prefix}`, max: mostAlikeAnHour, windowMs: hours(1) },
    { name: 'sms organization', subject: organizationId, max: mostOfOrganizationADay, windowMs: days(1) },
  ])
}
