import type { Selectable } from 'kysely'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { AttemptKind } from './contract.ts'

type Attempts = {
  org_id: string
  id: string
  secret_hash: Buffer
  kind: AttemptKind
  step: string
  state: unknown
  version: number
  created_at: Date
  expires_at: Date
  finished_at: Date | null
}
export type AttemptRow = Selectable<Attempts>

const tables = (tx: Tx) => tx.sql.withTables<{ attempts: Attempts }>()

export const insertAttempt = async (
  tx: Tx,
  row: Omit<AttemptRow, 'org_id' | 'version' | 'created_at' | 'finished_at'>,
) => {
  await tables(tx)
    .insertInto('attempts')
    .values({ ...row, org_id: tx.organizationId, version: 1, created_at: now(), finished_at: null })
    .execute()
}

export const readAttempt = (tx: Tx, secretHash: Buffer): Promise<AttemptRow | undefined> =>
  tables(tx)
    .selectFrom('attempts')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()

/** Moves an attempt that is still open; false when it has ended or somebody else moved it meanwhile. */
export const moveAttempt = async (
  tx: Tx,
  row: { id: string; version: number; step: string; state: string },
): Promise<boolean> => {
  const moved = await tables(tx)
    .updateTable('attempts')
    .set({ step: row.step, state: row.state, version: row.version + 1 })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('finished_at', 'is', null)
    .where('expires_at', '>', now())
    .returning('id')
    .executeTakeFirst()
  return moved !== undefined
}

/** Ends an attempt; of all who end it at the same moment, one hears true. */
export const endAttempt = async (tx: Tx, id: string): Promise<boolean> => {
  const ended = await tables(tx)
    .updateTable('attempts')
    .set({ finished_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

export const removeAttempts = async (tx: Tx, before: Date): Promise<void> => {
  await tables(tx)
    .deleteFrom('attempts')
    .where('org_id', '=', tx.organizationId)
    .where('expires_at', '<', before)
    .execute()
}

/** What goes with the organization. */
export const belongings = belongingsOf('attempts')
