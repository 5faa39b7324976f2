// What the engine has to say by mail. Rows commit with the change; the secret of a link travels sealed, so that a copy
// of the outbox opens nobody's account.

import { add, orderMail } from '#core/outbox'
import type { PersonRef } from '#core/people/contract'
import type { IssuedTicket } from '#core/tickets'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { seal } from '#platform/secrets'
import type { LoginContext } from './contract.ts'

export type Recipient = { home: string; person: string } | { email: string; name?: string }

/** An organization and a way to it: all that a mail needs to look like its sender. */
export type Sender = Pick<LoginContext, 'organizationId' | 'address' | 'locale'>

const urgent = 0
const notice = 5

export const toPerson = ({ homeId, personId }: PersonRef): Recipient => ({ home: homeId, person: personId })

/** A link with its code. A decoy costs the same work and reaches nobody. */
export const sendLink = (
  tx: Tx,
  from: Sender,
  template: 'verify-email' | 'recover-password' | 'account-exists' | 'sign-in-code',
  to: Recipient,
  { secret, code, expiresAt }: Pick<IssuedTicket, 'secret' | 'code' | 'expiresAt'>,
  { isDecoy = false } = {},
) =>
  add(
    tx,
    `email.${template}`,
    {
      to,
      organizationId: from.organizationId,
      address: from.address,
      locale: from.locale,
      data: {},
      sealed: seal('outbox', JSON.stringify({ ticket: secret, code })).toString('base64'),
      ...(isDecoy ? { decoy: true } : {}),
    },
    { priority: urgent, expiresAt },
  )

/** An account is ready. */
export const sendWelcome = (tx: Tx, from: Sender, to: PersonRef) =>
  orderMail(
    tx,
    'welcome',
    {
      to: toPerson(to),
      organizationId: from.organizationId,
      address: from.address,
      locale: from.locale,
      data: { at: now().toISOString() },
    },
    { priority: notice },
  )
