// What the directory keeps in memory, as it reads it: everything at the start, and later what has changed.

import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Host, Organization, SecurityPolicy } from './contract.ts'
import { securityOf } from './security.ts'
import { type Organizations, readOrganization } from './store.ts'

type OrganizationHosts = { host: string; organization_id: string; verified_at: Date | null; created_at: Date }
type OrganizationHandles = { handle: string; organization_id: string }
type Tables = { organization_hosts: OrganizationHosts; organization_handles: OrganizationHandles }

const tables = (tx: Tx) => tx.sql.withTables<Tables>()

const hostOf = (row: Pick<OrganizationHosts, 'host' | 'organization_id' | 'verified_at'>): Host => ({
  host: row.host,
  organizationId: row.organization_id,
  isVerified: row.verified_at !== null,
})

export type OldHandle = { handle: string; organizationId: string }
/** What follows from the others is not read: the start of a process with very many organizations waits for this. */
export type Seed = Omit<Organization, 'ancestors'>
export type Everything = { organizations: Seed[]; hosts: Host[]; oldHandles: OldHandle[] }

const oldHandleOf = (row: Pick<OrganizationHandles, 'handle' | 'organization_id'>): OldHandle => ({
  handle: row.handle,
  organizationId: row.organization_id,
})

type SeedRow = Omit<
  Organizations,
  'ancestors' | 'attributes' | 'locales' | 'security' | 'created_at' | 'updated_at'
> & {
  attributes: string
  locales: string
  security: string
}

/** Most of these say the same in every row: each word, each list of languages and each policy is kept once. */
const seedsOf = (rows: readonly SeedRow[]): Seed[] => {
  const words = new Map<string, string>()
  const word = <Word extends string>(said: Word): Word => {
    const known = words.get(said)
    if (known === undefined) words.set(said, said)
    return (known ?? said) as Word
  }
  const lists = new Map<string, string[]>()
  const list = (said: string): string[] => {
    const known = lists.get(said) ?? said.split(' ')
    lists.set(said, known)
    return known
  }
  const policies = new Map<string, SecurityPolicy>()
  const policy = (said: string): SecurityPolicy => {
    const known = policies.get(said) ?? securityOf(JSON.parse(said) as Partial<SecurityPolicy>)
    policies.set(said, known)
    return known
  }
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    handle: row.handle,
    name: row.name,
    status: word(row.status),
    peopleFrom: word(row.people_from),
    signUp: word(row.sign_up),
    businessSignUp: word(row.business_sign_up),
    secondFactorRequired: row.second_factor_required,
    security: policy(row.security),
    attributes: JSON.parse(row.attributes) as Record<string, string>,
    locales: list(row.locales),
    canonicalAddress: word(row.canonical_address),
    version: row.version,
  }))
}

/** A driver takes five times as long over lists, documents and instants as over their text. */
const readSeeds = async (tx: Tx, below?: string): Promise<Seed[]> => {
  const { rows } = await sql<SeedRow>`
    select id, parent_id, handle, name, status, people_from, sign_up, business_sign_up, second_factor_required,
           security::text, attributes::text, array_to_string(locales, ' ') as locales, canonical_address, version
    from organizations
    ${below === undefined ? sql`` : sql`where ancestors @> array[${below}]::text[]`}`.execute(tx.sql)
  return seedsOf(rows)
}

const hostsIn = (tx: Tx) =>
  tables(tx).selectFrom('organization_hosts').selectAll().orderBy('created_at').orderBy('host')
const oldHandlesIn = (tx: Tx) => tables(tx).selectFrom('organization_handles').selectAll()

export const readAll = async (tx: Tx): Promise<Everything> => ({
  organizations: await readSeeds(tx),
  hosts: (await hostsIn(tx).execute()).map(hostOf),
  oldHandles: (await oldHandlesIn(tx).execute()).map(oldHandleOf),
})

/** An organization whole, and everything below it. */
export const readSubtree = async (tx: Tx, id: string): Promise<{ top: Organization | null; below: Seed[] }> => ({
  top: await readOrganization(tx, id),
  below: (await readSeeds(tx, id)).filter((one) => one.id !== id),
})

export const readOne = async (
  tx: Tx,
  id: string,
): Promise<Omit<Everything, 'organizations'> & { organization: Organization | null }> => ({
  organization: await readOrganization(tx, id),
  hosts: (await hostsIn(tx).where('organization_id', '=', id).execute()).map(hostOf),
  oldHandles: (await oldHandlesIn(tx).where('organization_id', '=', id).execute()).map(oldHandleOf),
})
