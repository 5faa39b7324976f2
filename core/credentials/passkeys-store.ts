import { sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

export type PasskeyRow = {
  id: string
  person_id: string
  credential_id: Buffer
  public_key: Buffer
  counter: number
  transports: string[]
  aaguid: string | null
  rp_id: string
  name: string | null
  device_type: 'single' | 'multi'
  is_synced: boolean
  is_verified: boolean
  created_at: Date
  last_used_at: Date | null
}
type Tables = { passkeys: PasskeyRow & { org_id: string } }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

/** Whether the credential was not known in the organization before. */
export const insertPasskey = async (tx: Tx, row: Omit<PasskeyRow, 'created_at' | 'last_used_at'>): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('passkeys')
    .values({ ...row, org_id: tx.organizationId, created_at: now(), last_used_at: null })
    .onConflict((conflict) => conflict.columns(['org_id', 'credential_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const readPasskey = (tx: Tx, credentialId: Buffer): Promise<PasskeyRow | undefined> =>
  tables(tx)
    .selectFrom('passkeys')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()

/** The oldest first. */
export const readPasskeys = (tx: Tx, personId: string): Promise<PasskeyRow[]> =>
  tables(tx)
    .selectFrom('passkeys')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** One statement, so that a copy of the key which is behind the other is refused whoever comes first. */
export const countUse = async (tx: Tx, id: string, counter: number, isSynced: boolean): Promise<boolean> => {
  const { rows } = await sql`
    update passkeys set counter = ${counter}, is_synced = ${isSynced}, last_used_at = ${now()}
    where org_id = ${tx.organizationId} and id = ${id}
      and (counter < ${counter}::bigint or (counter = 0 and ${counter}::bigint = 0))
    returning id`.execute(tx.sql)
  return rows.length > 0
}

export const writePasskeyName = async (tx: Tx, id: string, name: string | null): Promise<void> => {
  await tables(tx)
    .updateTable('passkeys')
    .set({ name })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .execute()
}

/** The one with this id, or all of a person; answers what was there. */
export const deletePasskeys = (tx: Tx, personId: string, id?: string): Promise<PasskeyRow[]> => {
  const all = tables(tx)
    .deleteFrom('passkeys')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returningAll()
  return (id === undefined ? all : all.where('id', '=', id)).execute()
}

export const countByHost = async (tx: Tx): Promise<{ rp_id: string; passkeys: number; people: number }[]> => {
  const { rows } = await sql<{ rp_id: string; passkeys: number; people: number }>`
    select rp_id, count(*)::int as passkeys, count(distinct person_id)::int as people
    from passkeys where org_id = ${tx.organizationId} group by rp_id order by rp_id`.execute(tx.sql)
  return rows
}
