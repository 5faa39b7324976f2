import { sql } from 'kysely'
import type { Belongings } from '#platform/belongings'
import { fromNow, now, seconds } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { ClaimWish, Delivery, OutboxOptions, OutboxRow } from './contract.ts'

/** How long a claimed row belongs to its worker. */
export const leaseMs = seconds(60)

type NewRow = OutboxOptions & { id: string; organizationId: string; event: string; payload: string }

export const insertRow = async (tx: Tx, row: NewRow): Promise<void> => {
  await sql`
    insert into outbox (id, org_id, event, payload, priority, run_at, expires_at, created_at)
    values (${row.id}, ${row.organizationId}, ${row.event}, ${row.payload}::jsonb, ${row.priority ?? 5}, ${row.runAt ?? now()},
            ${row.expiresAt ?? null}, ${now()})`.execute(tx.sql)
}

/** What travels sealed is of use until it is delivered: the log that remains holds no secret. */
const withoutSecret = sql`payload - 'sealed'`

const expireOverdue = (tx: Tx) =>
  sql`
    update outbox set status = 'expired', finished_at = ${now()}, lease_until = null, payload = ${withoutSecret}
    where status in ('waiting', 'claimed') and expires_at <= ${now()} and (lease_until is null or lease_until <= ${now()})`.execute(
    tx.sql,
  )

/**
 * A claimed row whose lease ran out belongs to a worker that died: it is due again.
 *
 * Goes from organization to organization by the index (each step finds the next one that has anything waiting) and looks
 * at a few rows of each, so that a backlog costs no more than an empty outbox. The candidates are more than are taken,
 * because other workers hold some of them.
 */
export const claimDue = async (tx: Tx, { limit, events = '' }: ClaimWish): Promise<OutboxRow[]> => {
  await expireOverdue(tx)
  const isDue = sql`((o.status = 'waiting' and o.run_at <= ${now()}) or (o.status = 'claimed' and o.lease_until <= ${now()}))`
  const { rows } = await sql<OutboxRow & { place: number }>`
    with recursive organizations as (
      (select org_id from outbox where status in ('waiting', 'claimed') order by org_id, priority limit 1)
      union all
      select (select o.org_id from outbox o
              where o.status in ('waiting', 'claimed') and o.org_id > organizations.org_id
              order by o.org_id, o.priority limit 1)
      from organizations where organizations.org_id is not null
    ), due as (
      select found.id, found.priority, found.run_at,
             row_number() over (partition by organizations.org_id, found.priority order by found.run_at, found.id) as turn
      from organizations cross join lateral (
        select o.id, o.priority, o.run_at from outbox o
        where o.org_id = organizations.org_id and o.status in ('waiting', 'claimed') and starts_with(o.event, ${events}) and ${isDue}
        order by o.priority, o.run_at, o.id limit ${limit}
      ) found
    ), candidates as (
      select id, row_number() over (order by priority, turn, run_at, id) as place from due order by place limit ${limit * 3}
    ), chosen as (
      select o.id, candidates.place from candidates join outbox o on o.id = candidates.id
      where ${isDue}
      order by candidates.place
      limit ${limit}
      for update of o skip locked
    )
    update outbox set status = 'claimed', attempts = attempts + 1, lease_until = ${fromNow(leaseMs)}
    from chosen where outbox.id = chosen.id
    returning outbox.id, outbox.org_id as "organizationId", outbox.event, outbox.payload, outbox.attempts,
              outbox.created_at as "createdAt", outbox.expires_at as "expiresAt", chosen.place`.execute(tx.sql)
  return rows.sort((a, b) => a.place - b.place).map(({ place: _, ...row }) => row)
}

export const extendLease = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await sql`
    update outbox set lease_until = ${fromNow(leaseMs)}
    where status = 'claimed' and id = any(${[...ids]}::text[])`.execute(tx.sql)
}

type Settlement = { status: 'done' | 'waiting' | 'dead' | 'expired'; error?: string; delayMs?: number }

/** Only what is claimed is settled: a worker that comes late brings nothing back that another one has finished. */
export const settle = async (tx: Tx, id: string, { status, error, delayMs }: Settlement): Promise<void> => {
  const isOver = status !== 'waiting'
  await sql`
    update outbox set status = ${status}, lease_until = null, last_error = ${error?.slice(0, 500) ?? null},
      run_at = ${isOver ? sql`run_at` : fromNow(delayMs ?? 0)}, finished_at = ${isOver ? now() : null},
      payload = ${isOver ? withoutSecret : sql`payload`}
    where id = ${id} and status = 'claimed'`.execute(tx.sql)
}

/** Mails delivered in the name of the transaction's organization since a moment, by day (UTC). */
export const countDelivered = async (tx: Tx, from: Date): Promise<{ day: string; count: number }[]> => {
  const { rows } = await sql<{ day: string; count: number }>`
    select to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as count
    from outbox
    where payload ->> 'organizationId' = ${tx.organizationId} and status = 'done' and finished_at >= ${from}
      and starts_with(event, 'email.') and not (payload ? 'decoy')
    group by 1 order by 1`.execute(tx.sql)
  return rows
}

/** The table belongs to no single organization, so whose rows these are is asked here. */
export const readDeliveries = async (tx: Tx, ids: readonly string[]): Promise<(Delivery & { id: string })[]> => {
  const { rows } = await sql<Delivery & { id: string }>`
    select id, status, attempts, last_error as error, finished_at as "finishedAt"
    from outbox where id = any(${[...ids]}::text[]) and org_id = ${tx.organizationId}`.execute(tx.sql)
  return rows
}

export const removeFinished = async (tx: Tx, before: Date): Promise<void> => {
  await sql`delete from outbox where finished_at < ${before}`.execute(tx.sql)
}

/** Ordered by the organization, or in its name by the home of somebody. */
const isOf = (organizationId: string) =>
  sql`(org_id = ${organizationId} or payload ->> 'organizationId' = ${organizationId})`

const outboxCount = async (query: ReturnType<typeof sql<{ count: number }>>, tx: Tx) => ({
  outbox: (await query.execute(tx.sql)).rows[0]?.count ?? 0,
})

/** What goes with the organization: nothing leaves in its name any more. */
export const belongings: Belongings = {
  tables: ['outbox'],
  count: (tx) =>
    outboxCount(sql<{ count: number }>`select count(*)::int as count from outbox where ${isOf(tx.organizationId)}`, tx),
  erase: (tx) =>
    outboxCount(
      sql<{ count: number }>`
        with gone as (delete from outbox where ${isOf(tx.organizationId)} returning 1)
        select count(*)::int as count from gone`,
      tx,
    ),
}
