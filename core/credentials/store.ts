import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

type Passwords = { org_id: string; person_id: string; hash: string; changed_at: Date; must_change: boolean }
type TotpFactors = {
  org_id: string
  id: string
  person_id: string
  secret: Buffer
  last_step: number
  name: string | null
  created_at: Date
  last_used_at: Date | null
}
type Tables = { passwords: Passwords; totp_factors: TotpFactors }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

export const readPassword = (tx: Tx, personId: string) =>
  tables(tx)
    .selectFrom('passwords')
    .select(['hash', 'changed_at', 'must_change'])
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .executeTakeFirst()

export const writePassword = async (tx: Tx, personId: string, hash: string): Promise<void> => {
  const kept = { hash, changed_at: now(), must_change: false }
  await tables(tx)
    .insertInto('passwords')
    .values({ org_id: tx.organizationId, person_id: personId, ...kept })
    .onConflict((conflict) => conflict.columns(['org_id', 'person_id']).doUpdateSet(kept))
    .execute()
}

/** Another password in the place of this one: of all who replace it at the same moment, one hears true. */
export const exchangePassword = async (tx: Tx, personId: string, old: string, hash: string): Promise<boolean> => {
  const exchanged = await tables(tx)
    .updateTable('passwords')
    .set({ hash, changed_at: now(), must_change: false })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('hash', '=', old)
    .returning('person_id')
    .executeTakeFirst()
  return exchanged !== undefined
}

/** The first one of somebody who has none yet. */
export const insertPassword = async (tx: Tx, personId: string, hash: string): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('passwords')
    .values({ org_id: tx.organizationId, person_id: personId, hash, changed_at: now(), must_change: false })
    .onConflict((conflict) => conflict.columns(['org_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** From the next sign-in on another one has to be chosen; false for somebody without a password. */
export const markToChange = async (tx: Tx, personId: string): Promise<boolean> => {
  const marked = await tables(tx)
    .updateTable('passwords')
    .set({ must_change: true })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst()
  return marked !== undefined
}

export const deletePassword = async (tx: Tx, personId: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('passwords')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirst()
  return deleted !== undefined
}

/** The same password under today's parameters: nothing has changed, unless somebody changed it meanwhile. */
export const replaceHash = async (tx: Tx, personId: string, old: string, hash: string): Promise<void> => {
  await tables(tx)
    .updateTable('passwords')
    .set({ hash })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('hash', '=', old)
    .execute()
}

export const readTotp = (tx: Tx, personId: string) =>
  tables(tx)
    .selectFrom('totp_factors')
    .select(['id', 'secret', 'name', 'created_at', 'last_used_at'])
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .executeTakeFirst()

export const insertTotp = async (
  tx: Tx,
  row: Omit<TotpFactors, 'org_id' | 'created_at' | 'last_used_at'>,
): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('totp_factors')
    .values({ ...row, org_id: tx.organizationId, created_at: now(), last_used_at: null })
    .onConflict((conflict) => conflict.columns(['org_id', 'person_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Accepts a step once: of all who bring it at the same moment, one changes the row. */
export const takeStep = async (tx: Tx, id: string, step: number): Promise<boolean> => {
  const used = await tables(tx)
    .updateTable('totp_factors')
    .set({ last_step: step, last_used_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .where('last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

export const writeTotpName = async (tx: Tx, id: string, name: string | null): Promise<boolean> => {
  const renamed = await tables(tx)
    .updateTable('totp_factors')
    .set({ name })
    .where('org_id', '=', tx.organizationId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return renamed !== undefined
}

export const deleteTotp = async (tx: Tx, personId: string): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('totp_factors')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}
