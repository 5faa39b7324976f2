import { belongingsOf } from '#platform/belongings'
import type { Tx } from '#platform/database'

type Notes = { org_id: string; id: string; person_id: string; content: Buffer; expires_at: Date }
type Tables = { notes: Notes }

/** What goes with an organization that is deleted. */
export const belongings = belongingsOf('notes')

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export type StoredNote = { id: string; personId: string; content: Buffer; expiresAt: Date }

export const insertNote = async (tx: Tx, { id, personId, content, expiresAt }: StoredNote): Promise<void> => {
  const row = { org_id: tx.organizationId, id, person_id: personId, content, expires_at: expiresAt }
  await tables(tx).insertInto('notes').values(row).execute()
}

/** All but the newest `kept` of somebody. */
export const dropOlder = async (tx: Tx, personId: string, kept: number): Promise<void> => {
  const newest = tables(tx)
    .selectFrom('notes')
    .select('id')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .limit(kept)
  await tables(tx)
    .deleteFrom('notes')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('id', 'not in', newest)
    .execute()
}

export const selectNote = async (tx: Tx, id: string, personId: string, at: Date): Promise<Buffer | null> => {
  const row = await tables(tx)
    .selectFrom('notes')
    .select('content')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return row?.content ?? null
}

/** Of several who ask for it at the same moment one gets it. */
export const takeStored = async (tx: Tx, id: string, personId: string, at: Date): Promise<Buffer | null> => {
  const row = await tables(tx)
    .deleteFrom('notes')
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('expires_at', '>', at)
    .returning('content')
    .executeTakeFirst()
  return row?.content ?? null
}

export const deleteNote = async (tx: Tx, id: string): Promise<void> => {
  await tables(tx).deleteFrom('notes').where('org_id', '=', tx.organizationId).where('id', '=', id).execute()
}

export const deleteNotesOf = async (tx: Tx, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('notes')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}

export const deleteExpired = async (tx: Tx, at: Date): Promise<void> => {
  await tables(tx).deleteFrom('notes').where('org_id', '=', tx.organizationId).where('expires_at', '<=', at).execute()
}
