import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import { now } from '#platform/clock'
import type { Tx } from '#platform/database'
import type { Organization, OrganizationQuery, SecurityPolicy } from './contract.ts'
import { keptOf, securityOf } from './security.ts'

export type Organizations = {
  id: string
  parent_id: string | null
  ancestors: string[]
  handle: string
  name: string
  status: Organization['status']
  people_from: Organization['peopleFrom']
  sign_up: Organization['signUp']
  business_sign_up: Organization['businessSignUp']
  second_factor_required: boolean
  security: Partial<SecurityPolicy> | string
  attributes: Record<string, string> | string
  locales: string[]
  canonical_address: string
  version: number
  created_at: Date
  updated_at: Date
}
type OrganizationHandles = { handle: string; organization_id: string; until: Date }
type Tables = {
  organizations: Organizations
  organization_handles: OrganizationHandles
}

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
  businessSignUp: row.business_sign_up,
  secondFactorRequired: row.second_factor_required,
  security: securityOf(row.security as Partial<SecurityPolicy>),
  attributes: row.attributes as Record<string, string>,
  locales: row.locales,
  canonicalAddress: row.canonical_address,
  version: row.version,
})

export const readOrganization = async (tx: Tx, id: string): Promise<Organization | null> => {
  const row = await tables(tx).selectFrom('organizations').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? organizationOf(row) : null
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
      business_sign_up: one.businessSignUp,
      second_factor_required: one.secondFactorRequired,
      security: JSON.stringify(keptOf(one.security)),
      attributes: JSON.stringify(one.attributes),
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

export type Columns = Partial<
  Pick<
    Organizations,
    | 'handle'
    | 'name'
    | 'people_from'
    | 'sign_up'
    | 'business_sign_up'
    | 'second_factor_required'
    | 'locales'
    | 'canonical_address'
  > & { attributes: string; security: string }
>

/** Changes the version that was looked at, or whichever there is; null when there is none such. */
export const changeOrganization = async (
  tx: Tx,
  id: string,
  columns: Columns,
  version?: number,
): Promise<Organization | null> => {
  const query = tables(tx)
    .updateTable('organizations')
    .set({ ...columns, version: sql<number>`version + 1`, updated_at: now() })
    .where('id', '=', id)
  const row = await (version === undefined ? query : query.where('version', '=', version))
    .returningAll()
    .executeTakeFirst()
  return row ? organizationOf(row) : null
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

/** Whether a handle is taken: by an organization, or by the memory of one. */
export const isHandleTaken = async (tx: Tx, handle: string, exceptOf?: string): Promise<boolean> => {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from organizations where handle = ${handle} and id is distinct from ${exceptOf ?? null})
        or exists (select from organization_handles where handle = ${handle}
                   and organization_id is distinct from ${exceptOf ?? null}) as taken`.execute(tx.sql)
  return rows[0]?.taken === true
}

export const rememberHandle = async (tx: Tx, handle: string, organizationId: string): Promise<void> => {
  await tables(tx)
    .insertInto('organization_handles')
    .values({ handle, organization_id: organizationId, until: now() })
    .onConflict((conflict) => conflict.column('handle').doNothing())
    .execute()
}

/** What led to one organization leads to another one from now on. */
export const passHandlesOn = async (tx: Tx, from: string, to: string): Promise<void> => {
  await tables(tx)
    .updateTable('organization_handles')
    .set({ organization_id: to })
    .where('organization_id', '=', from)
    .execute()
}

export const forgetHandle = async (tx: Tx, handle: string): Promise<void> => {
  await tables(tx).deleteFrom('organization_handles').where('handle', '=', handle).execute()
}

/** One at a time moves anything: two moves that are each allowed could make a circle together. */
export const lockTree = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(7201503165)`.execute(tx.sql)
}

/** Any number may add to the tree at once, but not while something is moved or removed: what they read would be old. */
export const shareTree = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock_shared(7201503165)`.execute(tx.sql)
}

/** One at a time asks for this name, until the end of the transaction. */
export const lockName = async (tx: Tx, name: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 7201503165))`.execute(tx.sql)
}

/** Everything below an organization and itself gets new ancestors; answers whose changed. */
export const moveSubtree = async (tx: Tx, id: string, parentId: string, above: string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    update organizations
    set ancestors = ${above}::text[] || ancestors[array_position(ancestors, ${id}):],
        parent_id = case when id = ${id} then ${parentId} else parent_id end,
        version = version + 1, updated_at = ${now()}
    where ancestors @> array[${id}]::text[]
    returning id`.execute(tx.sql)
  return rows.map((row) => row.id)
}

/** The longest way down from an organization, itself counted. */
export const depthBelow = async (tx: Tx, id: string): Promise<number> => {
  const { rows } = await sql<{ depth: number }>`
    select max(cardinality(ancestors) - array_position(ancestors, ${id}) + 1)::int as depth
    from organizations where ancestors @> array[${id}]::text[]`.execute(tx.sql)
  return rows[0]?.depth ?? 1
}

export const countBelow = async (tx: Tx, id: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from organizations where ancestors @> array[${id}]::text[] and id <> ${id}`.execute(
    tx.sql,
  )
  return rows[0]?.count ?? 0
}

/** Deletes the version that was looked at; false when somebody was faster. */
export const deleteOrganization = async (tx: Tx, id: string, version: number): Promise<boolean> => {
  const deleted = await tables(tx)
    .deleteFrom('organizations')
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return deleted !== undefined
}

const pattern = (search: string) => `%${search.toLowerCase().replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`

/** A page of organizations by name; one more than asked for says that there are more. */
export const readPage = async (tx: Tx, query: OrganizationQuery): Promise<Organization[]> => {
  const { below, isDeep = false, search, attribute, status, limit, after } = query
  const conditions: Expression<SqlBool>[] = [
    isDeep ? sql<SqlBool>`ancestors @> array[${below}]::text[] and id <> ${below}` : sql<SqlBool>`parent_id = ${below}`,
  ]
  if (search) conditions.push(sql<SqlBool>`(lower(name) like ${pattern(search)} or handle like ${pattern(search)})`)
  if (attribute) {
    conditions.push(sql<SqlBool>`attributes @> ${JSON.stringify({ [attribute.name]: attribute.value })}::jsonb`)
  }
  if (status) conditions.push(sql<SqlBool>`status = ${status}`)
  if (after) conditions.push(sql<SqlBool>`(name, id) > (${after.name}, ${after.id})`)
  const rows = await tables(tx)
    .selectFrom('organizations')
    .selectAll()
    .where((row) => row.and(conditions))
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return rows.map(organizationOf)
}
