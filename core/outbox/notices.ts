// Something has happened to an account, and its mailbox hears of it in the unit of work in which it happened. Each of these
// mails carries a way out: a link by which whoever it was not ends what somebody else has got hold of.

import type { Actor } from '#core/authority/contract'
import { issue } from '#core/tickets'
import { days, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { networkCalled } from '#platform/network'
import type { Notice, NoticeData, WayOut } from './contract.ts'
import { wayOutPurpose } from './contract.ts'
import { orderMail } from './mail.ts'

const wayOutMs = days(7)

/** Where it happened, and who did it: the organization met, its address, the language of the page. */
export type NoticeSender = { organizationId: string; address: object; locale: string; by: Actor }

/**
 * Tells somebody who lives in the transaction's organization what has happened to their account: when, on which device, from
 * which network, and with a link "This wasn't me". `data.added` is what the link takes away again. Answers the id under which
 * the delivery is known.
 */
export const noticeWithWayOut = async (
  tx: Tx,
  { organizationId, address, locale, by }: NoticeSender,
  template: Notice,
  personId: string,
  { added, ...told }: NoticeData = {},
): Promise<string> => {
  const homeId = tx.organizationId
  const at = now().toISOString()
  const way: WayOut = { homeId, personId, organizationId, of: template, at, ...(added ? { added } : {}) }
  const { secret, code } = await issue(tx, {
    purpose: wayOutPurpose,
    subject: `${homeId}/${personId}`,
    data: way,
    lifetimeMs: wayOutMs,
  })
  const data = {
    at,
    device: by.userAgent ?? null,
    network: networkCalled(by.address ?? null),
    ...told,
  }
  const to = { home: homeId, person: personId }
  return orderMail(tx, template, { to, organizationId, address, locale, data, link: { secret, code } })
}
