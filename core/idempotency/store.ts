import { sql } from 'kysely'
import { fromNow, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Hold } from './contract.ts'

type Row = { fingerprint: Buffer; answer: Buffer | null }

/** Takes a key that is free, expired, or left behind by a request that died. One statement, so that one of many gets it. */
export const hold = async (
  tx: Tx,
  { keyHash, holder }: Hold,
  fingerprint: Buffer,
  { heldMs, keptMs }: { heldMs: number; keptMs: number },
): Promise<boolean> => {
  const { rows } = await sql`
    insert into idempotency_keys (key, fingerprint, holder, held_until, expires_at)
    values (${keyHash}, ${fingerprint}, ${holder}, ${fromNow(heldMs)}, ${fromNow(keptMs)})
    on conflict (key) do update set
      fingerprint = excluded.fingerprint, holder = excluded.holder, held_until = excluded.held_until,
      expires_at = excluded.expires_at, answer = null
    where idempotency_keys.expires_at <= ${now()}
       or (idempotency_keys.answer is null and idempotency_keys.held_until <= ${now()})
    returning key`.execute(tx.sql)
  return rows.length === 1
}

export const read = async (tx: Tx, keyHash: Buffer): Promise<Row | null> => {
  const { rows } = await sql<Row>`select fingerprint, answer from idempotency_keys where key = ${keyHash}`.execute(
    tx.sql,
  )
  return rows[0] ?? null
}

/** False when somebody else holds the key by now. */
export const writeAnswer = async (tx: Tx, { keyHash, holder }: Hold, answer: Buffer): Promise<boolean> => {
  const { rows } = await sql`
    update idempotency_keys set answer = ${answer}
    where key = ${keyHash} and holder = ${holder} and answer is null returning key`.execute(tx.sql)
  return rows.length === 1
}

export const letGo = async (tx: Tx, { keyHash, holder }: Hold): Promise<void> => {
  await sql`
    delete from idempotency_keys where key = ${keyHash} and holder = ${holder} and answer is null`.execute(tx.sql)
}

export const removeExpired = async (tx: Tx): Promise<void> => {
  await sql`delete from idempotency_keys where expires_at <= ${now()}`.execute(tx.sql)
}
