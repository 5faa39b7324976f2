import { type Selectable, type SqlBool, sql } from 'kysely'
import type { PersonRef } from '#core/people/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Invitation, InvitationState, InvitedRole, Inviter } from './contract.ts'

type Invitations = {
  org_id: string
  id: string
  email: string
  kind: Invitation['kind']
  roles: InvitedRole[] | string
  groups: string[]
  message: string
  locale: string | null
  inviter_kind: Inviter['kind']
  inviter_home: string | null
  inviter_id: string | null
  status: Invitation['status']
  created_at: Date
  lifetime_days: number
  expires_at: Date
  last_sent_at: Date
  sends: number
  outbox_id: string | null
  requested_at: Date | null
  accepted_at: Date | null
  accepted_home: string | null
  accepted_person: string | null
}

const tables = (tx: Tx) => tx.sql.withTables<{ invitations: Invitations }>()

const invitationOf = (row: Selectable<Invitations>): Invitation => ({
  id: row.id,
  organizationId: row.org_id,
  email: row.email,
  kind: row.kind,
  roles: row.roles as InvitedRole[],
  groups: row.groups,
  message: row.message,
  locale: row.locale,
  inviter: { kind: row.inviter_kind, homeId: row.inviter_home, id: row.inviter_id },
  status: row.status,
  createdAt: row.created_at,
  lifetimeDays: row.lifetime_days,
  expiresAt: row.expires_at,
  lastSentAt: row.last_sent_at,
  sends: row.sends,
  outboxId: row.outbox_id,
  requestedAt: row.requested_at,
  acceptedAt: row.accepted_at,
  acceptedBy:
    row.accepted_home !== null && row.accepted_person !== null
      ? { homeId: row.accepted_home, personId: row.accepted_person }
      : null,
})

const columnsOf = ({ roles, inviter, ...one }: Invitation) => ({
  kind: one.kind,
  roles: JSON.stringify(roles),
  groups: one.groups,
  message: one.message,
  locale: one.locale,
  inviter_kind: inviter.kind,
  inviter_home: inviter.homeId,
  inviter_id: inviter.id,
  lifetime_days: one.lifetimeDays,
  expires_at: one.expiresAt,
  last_sent_at: one.lastSentAt,
  sends: one.sends,
  outbox_id: one.outboxId,
})

/** Inserts unless the address waits already; says whether it did. */
export const insertInvitation = async (tx: Tx, one: Invitation): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('invitations')
    .values({
      ...columnsOf(one),
      org_id: tx.organizationId,
      id: one.id,
      email: one.email,
      status: one.status,
      created_at: one.createdAt,
      requested_at: null,
      accepted_at: null,
      accepted_home: null,
      accepted_person: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Renews one that waits, if nobody has sent it in the meantime. */
export const renewInvitation = async (tx: Tx, before: Invitation, after: Invitation): Promise<boolean> => {
  const renewed = await tables(tx)
    .updateTable('invitations')
    .set(columnsOf(after))
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', before.id)
    .where('status', '=', 'pending')
    .where('last_sent_at', '=', before.lastSentAt)
    .where('sends', '=', before.sends)
    .returning('id')
    .executeTakeFirst()
  return renewed !== undefined
}

const here = (tx: Tx) => tables(tx).selectFrom('invitations').selectAll().where('org_id', '=', tx.organizationId)

export const readInvitation = async (tx: Tx, id: string): Promise<Invitation | null> => {
  const row = await here(tx).where('id', '=', id).executeTakeFirst()
  return row ? invitationOf(row) : null
}

export const readPending = async (tx: Tx, emails: readonly string[]): Promise<Invitation[]> =>
  (
    await here(tx)
      .where('status', '=', 'pending')
      .where(sql<SqlBool>`email = any(${[...emails]}::text[])`)
      .execute()
  ).map(invitationOf)

/** How many mails have gone out since a moment, at least. */
export const countSentSince = async (tx: Tx, since: Date): Promise<number> => {
  const row = await tables(tx)
    .selectFrom('invitations')
    .select((all) => all.fn.countAll<number>().as('count'))
    .where('org_id', '=', tx.organizationId)
    .where('last_sent_at', '>', since)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** How many wait, and how many are over without an answer. */
export const countWaiting = async (tx: Tx): Promise<{ pending: number; expired: number }> => {
  const row = await tables(tx)
    .selectFrom('invitations')
    .select([
      sql<string>`count(*) filter (where expires_at > ${now()})`.as('pending'),
      sql<string>`count(*) filter (where expires_at <= ${now()})`.as('expired'),
    ])
    .where('org_id', '=', tx.organizationId)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  return { pending: Number(row?.pending ?? 0), expired: Number(row?.expired ?? 0) }
}

/** Ends one that waits; null when it does not, or no longer. Of all who end it at the same moment, one is answered. */
export const endPending = async (
  tx: Tx,
  id: string,
  end: { status: 'revoked' } | { status: 'accepted'; by: PersonRef },
): Promise<Invitation | null> => {
  const query = tables(tx)
    .updateTable('invitations')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('status', '=', 'pending')
  const row = await (end.status === 'revoked'
    ? query.set({ status: 'revoked' })
    : query
        .set({
          status: 'accepted',
          accepted_at: now(),
          accepted_home: end.by.homeId,
          accepted_person: end.by.personId,
        })
        .where('expires_at', '>', now())
  )
    .returningAll()
    .executeTakeFirst()
  return row ? invitationOf(row) : null
}

/** Notes that a new one was asked for, unless that was so a while ago; says whether it is the first time since. */
export const noteRequest = async (tx: Tx, id: string, since: Date): Promise<boolean> => {
  const noted = await tables(tx)
    .updateTable('invitations')
    .set({ requested_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where((row) => row.or([row('requested_at', 'is', null), row('requested_at', '<', since)]))
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}

type Asked = {
  state?: InvitationState | undefined
  search?: string | undefined
  limit: number
  after?: { at: string; id: string } | null | undefined
}

const last = '\u{10ffff}'

/** A page, the newest first; one more than asked for says that there are more. */
export const readPage = async (tx: Tx, { state, search, limit, after }: Asked): Promise<Invitation[]> => {
  let query = here(tx)
  if (state === 'expired') query = query.where('status', '=', 'pending').where('expires_at', '<=', now())
  if (state === 'pending') query = query.where('status', '=', 'pending').where('expires_at', '>', now())
  if (state === 'accepted' || state === 'revoked') query = query.where('status', '=', state)
  if (search) query = query.where('email', '>=', search).where('email', '<', search + last)
  if (after) query = query.where(sql<SqlBool>`(created_at, id) < (${new Date(after.at)}, ${after.id})`)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(invitationOf)
}

/** What goes with the organization. */
export const belongings = belongingsOf('invitations')
