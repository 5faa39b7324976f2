import { sql } from 'kysely'
import { fromNow, now } from '#platform/clock'
import type { Tx } from '#platform/database'

type Row = { count: number; resets_at: Date }

/** One statement, so that tries made at the same moment are all counted. */
export const countUp = async (tx: Tx, key: Buffer, windowMs: number, times: number): Promise<Row> => {
  const { rows } = await sql<Row>`
    insert into limits (key, count, resets_at) values (${key}, ${times}, ${fromNow(windowMs)})
    on conflict (key) do update set
      count = case when limits.resets_at <= ${now()} then ${times}::int else limits.count + ${times}::int end,
      resets_at = case when limits.resets_at <= ${now()} then excluded.resets_at else limits.resets_at end
    returning count, resets_at`.execute(tx.sql)
  return rows[0] as Row
}

export const readKey = async (tx: Tx, key: Buffer): Promise<Row | null> => {
  const { rows } = await sql<Row>`
    select count, resets_at from limits where key = ${key} and resets_at > ${now()}`.execute(tx.sql)
  return rows[0] ?? null
}

export const clearKey = async (tx: Tx, key: Buffer): Promise<void> => {
  await sql`delete from limits where key = ${key}`.execute(tx.sql)
}

export const removeElapsed = async (tx: Tx): Promise<void> => {
  await sql`delete from limits where resets_at <= ${now()}`.execute(tx.sql)
}
