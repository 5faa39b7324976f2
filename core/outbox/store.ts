import { sql } from 'kysely'
import { fromNow, now, seconds } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { OutboxOptions, OutboxRow } from './contract.ts'

const leaseMs = seconds(60)

type NewRow = OutboxOptions & { id: string; organizationId: string; event: string; payload: string }

export const insertRow = async (tx: Tx, row: NewRow): Promise<void> => {
  await sql`
    insert into outbox (id, org_id, event, payload, priority, run_at, expires_at, created_at)
    values (${row.id}, ${row.organizationId}, ${row.event}, ${row.payload}::jsonb, ${row.priority ?? 5}, ${row.runAt ?? now()},
            ${row.expiresAt ?? null}, ${now()})`.execute(tx.sql)
}

/** A claimed row whose lease ran out belongs to a worker that died: it is due again. */
export const claimDue = async (tx: Tx, limit: number): Promise<OutboxRow[]> => {
  await sql`
    update outbox set status = 'expired', finished_at = ${now()}
    where status in ('waiting', 'claimed') and expires_at <= ${now()} and (lease_until is null or lease_until <= ${now()})`.execute(tx.sql)
  const { rows } = await sql<OutboxRow>`
    with due as (
      select id, priority, run_at, row_number() over (partition by org_id order by priority, run_at, id) as turn
      from outbox
      where (status = 'waiting' and run_at <= ${now()}) or (status = 'claimed' and lease_until <= ${now()})
    ), chosen as (
      select o.id from outbox o join due d on d.id = o.id
      where (o.status = 'waiting' and o.run_at <= ${now()}) or (o.status = 'claimed' and o.lease_until <= ${now()})
      order by d.priority, d.turn, d.run_at, d.id
      limit ${limit}
      for update of o skip locked
    )
    update outbox set status = 'claimed', attempts = attempts + 1, lease_until = ${fromNow(leaseMs)}
    from chosen where outbox.id = chosen.id
    returning outbox.id, outbox.org_id as "organizationId", outbox.event, outbox.payload, outbox.attempts, outbox.created_at as "createdAt"`.execute(tx.sql)
  return rows
}

type Settlement = { status: 'done' | 'waiting' | 'dead' | 'expired'; error?: string; delayMs?: number }

export const settle = async (tx: Tx, id: string, { status, error, delayMs }: Settlement): Promise<void> => {
  const isOver = status !== 'waiting'
  await sql`
    update outbox set status = ${status}, lease_until = null, last_error = ${error?.slice(0, 500) ?? null},
      run_at = ${isOver ? sql`run_at` : fromNow(delayMs ?? 0)}, finished_at = ${isOver ? now() : null}
    where id = ${id}`.execute(tx.sql)
}
