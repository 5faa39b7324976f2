import { type Selectable, sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Host, Organization } from './contract.ts'

type Organizations = {
  id: string
  parent_id: string | null
  ancestors: string[]
  handle: string
  name: string
  status: Organization['status']
  people_from: Organization['peopleFrom']
  sign_up: Organization['signUp']
  second_factor_required: boolean
  locales: string[]
  canonical_address: string
  version: number
  created_at: Date
  updated_at: Date
}
type OrganizationHosts = { host: string; organization_id: string; verified_at: Date | null; created_at: Date }
type Tables = { organizations: Organizations; organization_hosts: OrganizationHosts }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const organizationOf = (row: Selectable<Organizations>): Organization => ({
  id: row.id,
  parentId: row.parent_id,
  ancestors: row.ancestors,
  handle: row.handle,
  name: row.name,
  status: row.status,
  peopleFrom: row.people_from,
  signUp: row.sign_up,
  secondFactorRequired: row.second_factor_required,
  locales: row.locales,
  canonicalAddress: row.canonical_address,
  version: row.version,
})

const hostOf = (row: Selectable<OrganizationHosts>): Host => ({
  host: row.host,
  organizationId: row.organization_id,
  isVerified: row.verified_at !== null,
})

export const readAll = async (tx: Tx): Promise<{ organizations: Organization[]; hosts: Host[] }> => ({
  organizations: (await tables(tx).selectFrom('organizations').selectAll().execute()).map(organizationOf),
  hosts: (await tables(tx).selectFrom('organization_hosts').selectAll().execute()).map(hostOf),
})

export const readOne = async (tx: Tx, id: string): Promise<{ organization: Organization | null; hosts: Host[] }> => {
  const row = await tables(tx).selectFrom('organizations').selectAll().where('id', '=', id).executeTakeFirst()
  const hosts = await tables(tx)
    .selectFrom('organization_hosts')
    .selectAll()
    .where('organization_id', '=', id)
    .execute()
  return { organization: row ? organizationOf(row) : null, hosts: hosts.map(hostOf) }
}

/** Inserts unless the handle is taken, or a root exists already; says whether it did. */
export const insertOrganization = async (tx: Tx, one: Organization): Promise<boolean> => {
  const at = now()
  const inserted = await tables(tx)
    .insertInto('organizations')
    .values({
      id: one.id,
      parent_id: one.parentId,
      ancestors: one.ancestors,
      handle: one.handle,
      name: one.name,
      status: one.status,
      people_from: one.peopleFrom,
      sign_up: one.signUp,
      second_factor_required: one.secondFactorRequired,
      locales: one.locales,
      canonical_address: one.canonicalAddress,
      version: one.version,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export const setStatus = async (tx: Tx, id: string, status: Organization['status']): Promise<boolean> => {
  const changed = await tables(tx)
    .updateTable('organizations')
    .set({ status, version: sql<number>`version + 1`, updated_at: now() })
    .where('id', '=', id)
    .where('status', '!=', status)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

export const insertHost = async (tx: Tx, { host, organizationId, isVerified }: Host): Promise<boolean> => {
  const at = now()
  const inserted = await tables(tx)
    .insertInto('organization_hosts')
    .values({ host, organization_id: organizationId, verified_at: isVerified ? at : null, created_at: at })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .returning('host')
    .executeTakeFirst()
  return inserted !== undefined
}
