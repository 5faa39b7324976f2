// The links of a recovery, and the mails that carry them. A link is kept where it is opened: at the organization where somebody
// asked, which need not be their home. What it is worth is decided by the request, at home.

import { phonesOf } from '#core/credentials'
import { canonicalAddressOf, directory } from '#core/organizations'
import type { Address } from '#core/organizations/contract'
import { orderMail } from '#core/outbox'
import type { OutboxOptions } from '#core/outbox/contract'
import type { Person } from '#core/people/contract'
import { sendSecuritySms } from '#core/sms'
import type { Happening } from '#core/sms/contract'
import { issue, look } from '#core/tickets'
import type { IssuedTicket } from '#core/tickets/contract'
import { now } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import type { RecoveryRequest } from './contract.ts'
import { readRequest } from './store.ts'

export const cancelPurpose = 'cancel-recovery'
export const factorPurpose = 'recover-second-step'
export type Purpose = typeof cancelPurpose | typeof factorPurpose

type Letter = { data?: Readonly<Record<string, unknown>>; link?: IssuedTicket }
type Asked = Pick<RecoveryRequest, 'id' | 'homeId' | 'metId' | 'address' | 'locale'>

export const subjectOf = ({ homeId, id }: Pick<Asked, 'homeId' | 'id'>): string => `${homeId}/${id}`

/** Where somebody asked; their home, where that organization is gone by now. */
export const senderOf = ({ metId, homeId, address, locale }: Asked) => {
  if (directory().byId(metId)) return { organizationId: metId, address, locale }
  const home = directory().byId(homeId)
  const canonical: Address = home ? canonicalAddressOf(home) : { form: 'path' }
  return { organizationId: homeId, address: canonical, locale }
}

/** Makes a link, in a unit of work of its own. Until it is mailed nobody knows it. */
export const issueLink = (request: Asked, purpose: Purpose, lifetimeMs: number): Promise<IssuedTicket> =>
  withOrganization(senderOf(request).organizationId, (tx) =>
    issue(tx, {
      purpose,
      subject: subjectOf(request),
      data: { homeId: request.homeId, requestId: request.id },
      lifetimeMs,
    }),
  )

/** What a link is about, whatever has become of it; null when nobody ever made it here. */
export const requestFor = async (
  organizationId: string,
  purpose: Purpose,
  secret: string,
): Promise<{ request: RecoveryRequest; isInTime: boolean } | null> => {
  const ticket = await withOrganization(organizationId, (tx) => look(tx, purpose, secret))
  if (!ticket) return null
  const { homeId, requestId } = ticket.data as { homeId: string; requestId: string }
  const request = await withOrganization(homeId, (tx) => readRequest(tx, requestId))
  return request && { request, isInTime: ticket.expiresAt > now() }
}

/** Tells every phone that is known to be theirs: a mailbox alone may be in somebody else's hands by now. */
export const textTo = async (tx: Tx, request: RecoveryRequest, person: Person, happened: Happening): Promise<void> => {
  const proven = person.phoneVerifiedAt && person.phone ? [person.phone] : []
  const factors = (await phonesOf(tx, person.id)).map(({ number }) => number)
  for (const number of new Set([...proven, ...factors])) {
    await sendSecuritySms(tx, senderOf(request), number, happened)
  }
}

/** Writes to whoever asked, in the name of the organization where they did. In a unit of work of their home. */
export const writeTo = (
  tx: Tx,
  request: RecoveryRequest,
  template: string,
  { data, link }: Letter = {},
  options: OutboxOptions = {},
): Promise<string> =>
  orderMail(
    tx,
    template,
    {
      ...senderOf(request),
      to: { home: request.homeId, person: request.personId },
      data: { at: now().toISOString(), ...data },
      ...(link ? { link: { secret: link.secret, code: link.code } } : {}),
    },
    { priority: 0, ...options },
  )
