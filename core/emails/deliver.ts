/** One row of the outbox: from what is ordered to what became of it. */
import { addressOf, directory } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import type { OutboxRow, Outcome } from '#core/outbox'
import { canonicalEmail, find } from '#core/people'
import { minutes, now } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { newId } from '#platform/ids'
import type { Delivery, OutgoingMail } from '#platform/mail-transport'
import { unseal } from '#platform/secrets'
import { definitions, type EmailTemplate, isEmailTemplate, type RenderedEmail } from './contract.ts'
import { type Message, nameOf, renderEmail } from './render.ts'
import { chooseLocale, MailOrder, messageIdOf, oneLine, SealedTicket, standingAddress } from './rules.ts'
import { insertMail } from './store.ts'

export const eventPrefix = 'email.'

export type Post = (mail: OutgoingMail, about: { organizationId: string; template: EmailTemplate }) => Promise<Delivery>

const dead = (reason: string): Outcome => ({ status: 'dead', reason })
const nobody = 'per_nobody'

type Recipient = { email: string; name: string | null; fullName: string | null; locale: string | null }

/** Who gets it; null when there is nobody (any more) who could. A decoy asks the same question of nobody. */
async function recipientOf({ to, organizationId }: MailOrder): Promise<Recipient | null> {
  const [home, id] = 'person' in to ? [to.home, to.person] : [organizationId, nobody]
  const person = await withOrganization(home, (tx) => find(tx, id))
  if ('person' in to) {
    if (person?.status !== 'active') return null
    const { email, givenName, familyName, locale } = person
    return { email, name: givenName, fullName: `${givenName} ${familyName}`, locale }
  }
  return { email: to.email, name: to.name ?? null, fullName: to.name ?? null, locale: null }
}

/** The link and the code of an order; null where they cannot be opened, as after a change of the secret. */
function ticketOf({ sealed }: MailOrder): { ticket: string; code: string } | null {
  if (sealed === undefined) return null
  try {
    return SealedTicket.parse(JSON.parse(unseal('outbox', Buffer.from(sealed, 'base64'))))
  } catch {
    return null
  }
}

function placeOf(organization: Organization, { address }: MailOrder) {
  const standing = standingAddress(address, organization, directory().hostsOf(organization.id))
  return addressOf(organization, standing)
}

const headersOf = (row: OutboxRow): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  // Keeps mail programs from folding one code under the other.
  'X-Entity-Ref-ID': row.id,
})

function letter(
  row: OutboxRow,
  from: Organization,
  to: Recipient,
  address: string,
  { subject, html, text }: RenderedEmail,
): OutgoingMail {
  const { mailFrom } = settings()
  return {
    from: { name: oneLine(from.name, 80), address: mailFrom },
    to: { name: nameOf(to.fullName), address },
    subject,
    html,
    text,
    messageId: messageIdOf(row.id, mailFrom),
    date: now(),
    headers: headersOf(row),
  }
}

/** Renders and posts what a row orders. Throws only where something of ours is broken: then it is tried again. */
export async function deliver(row: OutboxRow, post: Post): Promise<Outcome> {
  const template = row.event.slice(eventPrefix.length)
  if (!isEmailTemplate(template)) return dead('no such email')
  const read = MailOrder.safeParse(row.payload)
  if (!read.success) return dead('order unreadable')
  const order = read.data
  if (row.expiresAt && row.expiresAt <= now()) return { status: 'expired' }
  const organization = directory().byId(order.organizationId)
  // Another process may have made it a moment ago.
  if (!organization) return { status: 'later', reason: 'organization unknown' }
  if (directory().isSuspended(organization.id)) return dead('organization suspended')
  const recipient = await recipientOf(order)
  const address = recipient && canonicalEmail(recipient.email)
  if (!recipient || !address) return dead('recipient unknown')
  const { hasLink, hasCode, isSecurity } = definitions[template]
  const ticket = ticketOf(order)
  if (hasLink && !ticket) return dead('link unreadable')
  const locale = chooseLocale({
    offered: organization.locales,
    stored: recipient.locale,
    asked: order.locale,
    isSecurity,
  })
  const { data } = order
  const message: Message = {
    email: address,
    name: recipient.name,
    ...(hasLink && ticket ? { ticket: ticket.ticket } : {}),
    ...(hasCode && ticket ? { code: ticket.code } : {}),
    ...(row.expiresAt ? { minutes: minutesUntil(row.expiresAt) } : {}),
    at: data.at ? new Date(data.at) : row.createdAt,
    userAgent: data.device ?? null,
    ...toldBy(data),
  }
  const rendered = await renderEmail(template, organization, placeOf(organization, order), locale, message)
  // The same work as for a real one, so that nothing about it can be told from outside.
  if (order.decoy) return { status: 'done' }
  const delivery = await post(letter(row, organization, recipient, address, rendered), {
    organizationId: organization.id,
    template,
  })
  if (delivery.outcome === 'delivered') return { status: 'done' }
  return delivery.outcome === 'refused' ? dead(delivery.reason) : { status: 'later', reason: delivery.reason }
}

/** What was ordered to be told. */
const toldBy = ({
  by,
  inviter,
  kind,
  roles,
  message,
  email,
  usernames,
  expiresAt,
  network,
  methods,
  named,
  left,
}: MailOrder['data']): Partial<Message> => ({
  network: network ?? null,
  methods: methods ?? [],
  named: named ?? null,
  left: left ?? 0,
  by: by ?? null,
  inviter: inviter ?? null,
  isStaff: kind === 'staff',
  roles: roles ?? [],
  words: message ?? '',
  invitee: email ?? '',
  whom: email ?? '',
  usernames: usernames ?? [],
  ...(expiresAt ? { until: new Date(expiresAt) } : {}),
})

const minutesUntil = (moment: Date): number =>
  Math.max(1, Math.round((moment.getTime() - now().getTime()) / minutes(1)))

/** Where there is no mail server: into the mailbox that the workbench shows. */
export const intoMailbox: Post = async (mail, { organizationId, template }) => {
  if (settings().mode === 'production') return { outcome: 'later', reason: 'no mail server is set' }
  const { name, address } = mail.from
  const sender = name === '' ? address : `${name} <${address}>`
  const recipient = mail.to.name === '' ? mail.to.address : `${mail.to.name} <${mail.to.address}>`
  await withPlatform((tx) =>
    insertMail(tx, {
      id: newId('mai'),
      kind: 'email',
      org_id: organizationId,
      message_id: mail.messageId,
      recipient: mail.to.address,
      sender,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: {
        From: sender,
        To: recipient,
        Subject: mail.subject,
        Date: mail.date.toUTCString(),
        'Message-ID': mail.messageId,
        ...mail.headers,
      },
      template,
    }),
  )
  return { outcome: 'delivered' }
}
