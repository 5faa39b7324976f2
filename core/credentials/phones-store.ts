import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

export type PhoneRow = { id: string; number: string; verified_at: Date; last_used_at: Date | null }
type Tables = { phone_factors: PhoneRow & { org_id: string; person_id: string } }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export const readPhones = (tx: Tx, personId: string): Promise<PhoneRow[]> =>
  tables(tx)
    .selectFrom('phone_factors')
    .select(['id', 'number', 'verified_at', 'last_used_at'])
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .orderBy('verified_at')
    .orderBy('id')
    .execute()

export const insertPhone = async (tx: Tx, personId: string, id: string, number: string): Promise<PhoneRow> => {
  const row = { id, number, verified_at: now(), last_used_at: null }
  await tables(tx)
    .insertInto('phone_factors')
    .values({ ...row, org_id: tx.organizationId, person_id: personId })
    .execute()
  return row
}

export const stampPhone = async (tx: Tx, personId: string, id: string): Promise<void> => {
  await tables(tx)
    .updateTable('phone_factors')
    .set({ last_used_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()
}

/** The one with this id, or all of a person; answers what was there. */
export const deletePhones = (tx: Tx, personId: string, id?: string): Promise<PhoneRow[]> => {
  const all = tables(tx)
    .deleteFrom('phone_factors')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returning(['id', 'number', 'verified_at', 'last_used_at'])
  return (id === undefined ? all : all.where('id', '=', id)).execute()
}
