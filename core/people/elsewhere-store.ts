// Where else the people of a home belong, or have belonged.

import { now } from '#platform/clock'
import type { Tx } from '#platform/database'

type PersonOrganizations = {
  org_id: string
  person_id: string
  organization_id: string
  since: Date
  left_at: Date | null
}

const tables = (tx: Tx) => tx.sql.withTables<{ person_organizations: PersonOrganizations }>()

export const insertElsewhere = async (tx: Tx, personId: string, organizationId: string): Promise<void> => {
  const row = { org_id: tx.organizationId, person_id: personId, organization_id: organizationId }
  await tables(tx)
    .insertInto('person_organizations')
    .values({ ...row, since: now(), left_at: null })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'person_id', 'organization_id']).doUpdateSet({ left_at: null }),
    )
    .execute()
}

/** Where somebody belongs as well, and with `isEver` also where they belonged once. */
export const readElsewhere = async (tx: Tx, personId: string, isEver = false): Promise<string[]> => {
  const query = tables(tx)
    .selectFrom('person_organizations')
    .select('organization_id')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .orderBy('organization_id')
  const rows = await (isEver ? query : query.where('left_at', 'is', null)).execute()
  return rows.map((row) => row.organization_id)
}

/** Somebody does not belong there any more. */
export const leaveElsewhere = async (tx: Tx, personId: string, organizationId: string): Promise<void> => {
  await tables(tx)
    .updateTable('person_organizations')
    .set({ left_at: now() })
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .where('organization_id', '=', organizationId)
    .execute()
}

/** Forgets all of them. */
export const deleteElsewhere = async (tx: Tx, personId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('person_organizations')
    .where('org_id', '=', tx.organizationId)
    .where('person_id', '=', personId)
    .execute()
}
