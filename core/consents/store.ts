import type { Selectable } from 'kysely'
import type { PersonRef } from '#core/people/contract'
import { belongingsOf } from '#platform/belongings'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { ConsentDocument } from './contract.ts'

type Consents = {
  org_id: string
  home_id: string
  person_id: string
  document: string
  version: number
  agreed_at: Date
}
export type ConsentRow = Selectable<Consents>

/** What goes with an organization that is deleted. */
export const belongings = belongingsOf('consents')

const tables = (tx: Tx) => tx.sql.withTables<{ consents: Consents }>()

/** Answers those that are new: of all who agree to the same at the same moment, one. */
export const insertConsents = (
  tx: Tx,
  { homeId, personId }: PersonRef,
  documents: readonly ConsentDocument[],
): Promise<ConsentDocument[]> =>
  tables(tx)
    .insertInto('consents')
    .values(
      documents.map(({ id, version }) => ({
        org_id: tx.organizationId,
        home_id: homeId,
        person_id: personId,
        document: id,
        version,
        agreed_at: now(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['document as id', 'version'])
    .execute()

/** The newest first. */
export const readConsents = (tx: Tx, { homeId, personId }: PersonRef): Promise<ConsentRow[]> =>
  tables(tx)
    .selectFrom('consents')
    .selectAll()
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .orderBy('agreed_at', 'desc')
    .orderBy('document')
    .orderBy('version', 'desc')
    .execute()

export const deleteConsentsOf = async (tx: Tx, { homeId, personId }: PersonRef): Promise<void> => {
  await tables(tx)
    .deleteFrom('consents')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .where('person_id', '=', personId)
    .execute()
}

/** The same of everybody of one home. */
export const deleteConsentsFrom = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('consents')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .execute()
}
