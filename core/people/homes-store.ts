// What ties whole homes to organizations, for when one of them is deleted.

import type { Tx } from '#platform/database'

type Tables = {
  memberships: { org_id: string; id: string; home_id: string }
  listed_people: { org_id: string; home_id: string }
  person_organizations: { org_id: string; organization_id: string }
}

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

/** Where the people who live here belong as well, all together. */
export const readOrganizationsElsewhere = async (tx: Tx): Promise<string[]> =>
  (
    await tables(tx)
      .selectFrom('person_organizations')
      .select('organization_id')
      .distinct()
      .where('org_id', '=', tx.organizationId)
      .orderBy('organization_id')
      .execute()
  ).map((row) => row.organization_id)

/** Forgets an organization where people who live here belonged. */
export const deleteNotesOf = async (tx: Tx, organizationId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('person_organizations')
    .where('org_id', '=', tx.organizationId)
    .where('organization_id', '=', organizationId)
    .execute()
}

/** Takes everybody off the list who lives there. */
const dropListedOf = async (tx: Tx, homeId: string): Promise<void> => {
  await tables(tx)
    .deleteFrom('listed_people')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .execute()
}

/** Homes of those who belong here and live elsewhere. */
export const readHomes = async (tx: Tx): Promise<string[]> =>
  (
    await tables(tx)
      .selectFrom('memberships')
      .select('home_id')
      .distinct()
      .where('org_id', '=', tx.organizationId)
      .where('home_id', '<>', tx.organizationId)
      .orderBy('home_id')
      .execute()
  ).map((row) => row.home_id)

/** Ends every membership of people of one home, who live elsewhere; answers how many there were. */
export const deleteMembershipsOf = async (tx: Tx, homeId: string): Promise<number> => {
  const deleted = await tables(tx)
    .deleteFrom('memberships')
    .where('org_id', '=', tx.organizationId)
    .where('home_id', '=', homeId)
    .returning('id')
    .execute()
  await dropListedOf(tx, homeId)
  return deleted.length
}
