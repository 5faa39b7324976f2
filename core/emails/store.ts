/** The built-in mailbox, a global table: demo, dev and tests read everybody's mail in one place. */
import { sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

export type MailboxRow = {
  id: string
  kind: 'email' | 'sms'
  org_id: string
  message_id: string
  recipient: string
  sender: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  template: string
  received_at: Date
}
export type NewMail = Omit<MailboxRow, 'received_at'>

/** Puts a mail into the mailbox; one that is there already stays as it is. */
export const insertMail = async (tx: Tx, mail: NewMail): Promise<void> => {
  await sql`
    insert into mailbox (id, kind, org_id, message_id, recipient, sender, subject, html, text, headers, template, received_at)
    values (${mail.id}, ${mail.kind}, ${mail.org_id}, ${mail.message_id}, ${mail.recipient}, ${mail.sender}, ${mail.subject}, ${mail.html},
            ${mail.text}, ${JSON.stringify(mail.headers)}::jsonb, ${mail.template}, ${now()})
    on conflict (message_id) do nothing`.execute(tx.sql)
}

/** The newest first. */
export const readMail = async (tx: Tx, to: string | undefined, limit: number): Promise<MailboxRow[]> => {
  const { rows } = await sql<MailboxRow>`
    select * from mailbox
    ${to === undefined ? sql`` : sql`where recipient = ${to}`}
    order by received_at desc, id desc
    limit ${limit}`.execute(tx.sql)
  return rows
}

export const removeMail = async (tx: Tx, before: Date): Promise<void> => {
  await sql`delete from mailbox where received_at < ${before}`.execute(tx.sql)
}

/** What goes with the organization. */
export const belongings = belongingsOf('mailbox')
