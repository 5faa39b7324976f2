import { sql } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

export type TicketRow = {
  id: string
  purpose: string
  subject: string
  attempt_id: string | null
  data: Record<string, unknown>
  expires_at: Date
  used_at: Date | null
  tries_left: number
  ended_by: string | null
}

const columns = sql`id, purpose, subject, attempt_id, data, expires_at, used_at, tries_left, data ->> 'endedBy' as ended_by`

type NewTicket = {
  id: string
  purpose: string
  secretHash: Buffer
  codeHash: Buffer
  subject: string
  attemptId: string | null
  data: string
  expiresAt: Date
}

export const insertTicket = async (tx: Tx, ticket: NewTicket): Promise<void> => {
  await sql`
    insert into tickets (org_id, id, purpose, secret_hash, code_hash, subject, attempt_id, data, created_at, expires_at)
    values (${tx.organizationId}, ${ticket.id}, ${ticket.purpose}, ${ticket.secretHash}, ${ticket.codeHash}, ${ticket.subject},
            ${ticket.attemptId}, ${ticket.data}::jsonb, ${now()}, ${ticket.expiresAt})`.execute(tx.sql)
}

/** Ends what nobody has used yet, and says why: a newer one took its place, or a colleague of it was used. */
export const endUnused = async (
  tx: Tx,
  purpose: string,
  subject: string,
  why: 'superseded' | 'used',
): Promise<void> => {
  await sql`
    update tickets set used_at = ${now()}, data = data || jsonb_build_object('endedBy', ${why}::text)
    where org_id = ${tx.organizationId} and purpose = ${purpose} and subject = ${subject} and used_at is null`.execute(
    tx.sql,
  )
}

export const findTicket = async (tx: Tx, purpose: string, secretHash: Buffer): Promise<TicketRow | null> => {
  const { rows } = await sql<TicketRow>`
    select ${columns} from tickets
    where org_id = ${tx.organizationId} and purpose = ${purpose} and secret_hash = ${secretHash}`.execute(tx.sql)
  return rows[0] ?? null
}

/** One statement decides who was first; everybody else gets no row. */
export const spendTicket = async (tx: Tx, purpose: string, secretHash: Buffer): Promise<TicketRow | null> => {
  const { rows } = await sql<TicketRow>`
    update tickets set used_at = ${now()}
    where org_id = ${tx.organizationId} and purpose = ${purpose} and secret_hash = ${secretHash}
      and used_at is null and expires_at > ${now()}
    returning ${columns}`.execute(tx.sql)
  return rows[0] ?? null
}

/** The newest ticket of an attempt that still takes a code, and one try of it spent, in one statement. */
export const spendTry = async (
  tx: Tx,
  purpose: string,
  attemptId: string,
): Promise<(TicketRow & { code_hash: Buffer }) | null> => {
  const { rows } = await sql<TicketRow & { code_hash: Buffer }>`
    update tickets set tries_left = tries_left - 1
    where org_id = ${tx.organizationId} and id = (
        select id from tickets
        where org_id = ${tx.organizationId} and purpose = ${purpose} and attempt_id = ${attemptId}
          and used_at is null and expires_at > ${now()}
        order by created_at desc, id desc limit 1)
      and tries_left > 0 and used_at is null
    returning ${columns}, code_hash`.execute(tx.sql)
  return rows[0] ?? null
}

export const spendTicketById = async (tx: Tx, id: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update tickets set used_at = ${now()}
    where org_id = ${tx.organizationId} and id = ${id} and used_at is null and expires_at > ${now()} returning id`.execute(
    tx.sql,
  )
  return rows.length === 1
}

export const removeOld = async (tx: Tx, before: Date): Promise<void> => {
  await sql`delete from tickets where org_id = ${tx.organizationId} and expires_at < ${before}`.execute(tx.sql)
}

/** What goes with the organization. */
export const belongings = belongingsOf('tickets')
