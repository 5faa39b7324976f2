// How a mail is ordered: to whom, in whose name, at which address, and what it has to say. The secret of a link travels
// sealed, so that a copy of the outbox opens nobody's account.

import type { Tx } from '#platform/database'
import { seal } from '#platform/secrets'
import { add } from './adding.ts'
import type { MailOrder, OutboxOptions } from './contract.ts'

/** Orders a mail as part of the change under way; answers the id under which its delivery is known. */
export const orderMail = (
  tx: Tx,
  template: string,
  { link, ...order }: MailOrder,
  options: OutboxOptions = {},
): Promise<string> => {
  const sealed = link && {
    sealed: seal('outbox', JSON.stringify({ ticket: link.secret, code: link.code })).toString('base64'),
  }
  return add(tx, `email.${template}`, { data: {}, ...order, ...sealed }, options)
}
