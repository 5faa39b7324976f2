/**
 * Emails owns what people are written: the built-in templates, what organizations say and draw differently, rendering,
 * delivery out of the outbox, and the built-in mailbox, in which short messages lie as well. Calls outbox, documents, organizations, people, texts and
 * themes; called by sms, by the server, which starts the delivery, by the gallery, and by whoever pushes a brand's folder.
 */
import { directory } from '#core/organizations'
import { canonicalEmail } from '#core/people'
import { days, fromNow } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { failures, type ReceivedMail } from './contract.ts'
import { insertMail, type MailboxRow, type NewMail, readMail, removeMail } from './store.ts'

export { emailTemplates } from './contract.ts'
export { type DeliveryOptions, startDelivery } from './delivery.ts'
export { checkEmailDrawing, checkEmailWords, type PreparedEmails, prepareEmails, pushEmails } from './folder.ts'
export { chooseLocale, standingAddress } from './rules.ts'
export { renderSample } from './sample.ts'
export { belongings } from './store.ts'
export { rereadEmails } from './templates.ts'

registerStatuses(failures)

const received = (row: MailboxRow): ReceivedMail => ({
  id: row.id,
  kind: row.kind,
  to: row.recipient,
  from: row.sender,
  subject: row.subject,
  text: row.text,
  html: row.html,
  headers: row.headers,
  organization: directory().byId(row.org_id)?.handle ?? '',
  template: row.template,
  at: row.received_at.toISOString(),
})

const most = 500

/** As a number is written: in an address of a page, a plus is a space. */
const dialled = /^[+ ]?\d[\d ()./-]{5,}$/

const recipientKey = (to: string): string => {
  if (dialled.test(to)) return `+${to.replace(/\D/g, '')}`
  return canonicalEmail(to.trim()) ?? to
}

/** Puts something that somebody else would deliver into the built-in mailbox: a short message. */
export const keepInMailbox = (mail: Omit<NewMail, 'id'>): Promise<void> =>
  withPlatform((tx) => insertMail(tx, { id: newId('mai'), ...mail }))

/** What the built-in mailbox has received, the newest first. */
export async function listMail({ to, limit = 50 }: { to?: string; limit?: number } = {}): Promise<ReceivedMail[]> {
  const key = to === undefined ? undefined : recipientKey(to)
  const rows = await withPlatform((tx) => readMail(tx, key, Math.min(Math.max(Math.trunc(limit), 1), most)))
  return rows.map(received)
}

/** Forgets what the built-in mailbox received more than a week ago. */
export const tidy = (): Promise<void> => withPlatform((tx) => removeMail(tx, fromNow(-days(7))))
