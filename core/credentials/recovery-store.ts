import { sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

type RecoveryCodes = { org_id: string; person_id: string; hash: Buffer; made_at: Date; used_at: Date | null }
type Tables = { recovery_codes: RecoveryCodes }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export const insertCodes = async (tx: Tx, personId: string, hashes: readonly Buffer[]): Promise<void> => {
  const row = { org_id: tx.organizationId, person_id: personId, made_at: now(), used_at: null }
  await tables(tx)
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ ...row, hash })))
    .execute()
}

/** Answers how many of them were still good. */
export const deleteCodes = async (tx: Tx, personId: string): Promise<number> => {
  const gone = await tables(tx)
    .deleteFrom('recovery_codes')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returning('used_at')
    .execute()
  return gone.filter(({ used_at }) => used_at === null).length
}

/** Of all who bring a code at the same moment, one changes its row. */
export const spendCode = async (tx: Tx, personId: string, hash: Buffer): Promise<boolean> => {
  const used = await tables(tx)
    .updateTable('recovery_codes')
    .set({ used_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('person_id')
    .executeTakeFirst()
  return used !== undefined
}

export const countCodes = async (tx: Tx, personId: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recovery_codes
    where org_id = ${tx.organizationId} and person_id = ${personId} and used_at is null`.execute(tx.sql)
  return rows[0]?.count ?? 0
}
