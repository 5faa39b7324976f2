// Row-level security: what keeps a forgotten WHERE from showing one organization's rows to another one.

import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type OwnersConnection, openAsOwner } from '#support/database'
import { type Tx, withOrganization, withPlatform } from './database.ts'
import { globalTables } from './global-tables.ts'
import { newId } from './ids.ts'

freshDatabase()

type Rows = (statement: string) => Promise<Record<string, unknown>[]>

const policy = '(org_id = ( SELECT livery_organization() AS livery_organization))'
const isolated = {
  columns: 'org_id is required',
  security: 'row-level security is forced',
  policies: `all: ${policy}`,
  keys: 'every key begins with org_id',
}

/** What of `isolated` holds for each table, view and materialised view of ours. */
const walk = async (rows: Rows) => {
  const found = await rows(`
    select c.relname as name,
      case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull)
        then 'org_id is required' else 'no org_id' end as columns,
      case when c.relrowsecurity and c.relforcerowsecurity then 'row-level security is forced' else 'open' end as security,
      coalesce((select string_agg(
          case when p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
              and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
            then 'all: ' || pg_get_expr(p.polqual, p.polrelid) else 'something else' end, ', ')
        from pg_policy p where p.polrelid = c.oid), 'none') as policies,
      case when not exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid and i.indisunique and a.attname <> 'org_id')
        then 'every key begins with org_id' else 'a key of all organizations together' end as keys
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`)
  return Object.fromEntries(found.map(({ name, ...rest }) => [String(name), rest]))
}

const breaches = async (rows: Rows): Promise<string[]> =>
  Object.entries(await walk(rows))
    .filter(([name]) => !Object.hasOwn(globalTables, name))
    .filter(([, found]) => JSON.stringify(found) !== JSON.stringify(isolated))
    .map(([name]) => name)
    .toSorted()

let owner: OwnersConnection
const asOwner: Rows = async (statement) => (await owner.query(statement)).rows
beforeAll(async () => {
  owner = await openAsOwner()
})
afterAll(() => owner.close())

const asApplication: Rows = (statement) =>
  withPlatform(
    async (tx) => (await tx.sql.executeQuery(CompiledQuery.raw(statement))).rows as Record<string, unknown>[],
  )

describe('the catalogue', () => {
  it('has no table of organizations that is not isolated', async () => {
    expect(await breaches(asApplication)).toEqual([])
  })

  it('has every table that is called global, and nothing else without an organization', async () => {
    const tables = await walk(asApplication)
    expect(Object.keys(globalTables).filter((name) => !Object.hasOwn(tables, name))).toEqual([])
    expect(Object.values(globalTables).every((reason) => reason.length > 20)).toBe(true)
  })

  it.each([
    ['without an organization', 'create table planted (id text primary key)'],
    ['with a table that may belong to nobody', `create table planted (org_id text); ${forced('planted')}`],
    ['without row-level security', 'create table planted (org_id text, id text, primary key (org_id, id))'],
    [
      'that its owner reads whole',
      `create table planted (org_id text, id text, primary key (org_id, id));
       alter table planted enable row level security; ${policyOf('planted')}`,
    ],
    ['with a second way in', `${good('planted')}; create policy second on planted using (true)`],
    [
      'that anybody may write to',
      `${good('planted')}; drop policy organization on planted;
       create policy organization on planted using (org_id = (select livery_organization())) with check (true)`,
    ],
    ['with a key that tells what others have', `${good('planted')}; create unique index on planted (id)`],
    ['that is a view with its owner’s eyes', 'create view planted as select * from people'],
  ])('shows a table %s', async (_, statement) => {
    await owner.script(statement)
    try {
      expect(await breaches(asOwner)).toEqual(['planted'])
    } finally {
      await owner.script(
        "do $$ begin if (select relkind from pg_class where relname = 'planted') = 'v' then drop view planted; else drop table planted; end if; end $$",
      )
    }
  })

  it('finds nothing wrong with a table that is as it should be', async () => {
    await owner.script(good('planted'))
    expect(await breaches(asOwner)).toEqual([])
    await owner.script('drop table planted')
  })

  it('has no function that works with somebody else’s rights', async () => {
    const found = await asApplication(
      "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef",
    )
    expect(found).toEqual([])
  })
})

function policyOf(table: string) {
  return `create policy organization on ${table} using (org_id = (select livery_organization())) with check (org_id = (select livery_organization()))`
}
function forced(table: string) {
  return `alter table ${table} enable row level security; alter table ${table} force row level security; ${policyOf(table)}`
}
function good(table: string) {
  return `create table ${table} (org_id text not null, id text, primary key (org_id, id)); ${forced(table)}`
}

describe('the role that the application works as', () => {
  it('owns nothing, and may do nothing that it was not granted', async () => {
    const [role] = await asApplication(`
      select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
        (select count(*) from pg_class c where c.relowner = r.oid) as owned,
        pg_has_role(current_user, session_user, 'member') as is_owner,
        has_schema_privilege('public', 'create') as creates
      from pg_roles r where rolname = current_user`)
    expect(role).toEqual({
      rolname: 'livery_app',
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      rolreplication: false,
      owned: 0,
      is_owner: false,
      creates: false,
    })
  })

  it('stands on a user who is no superuser either', async () => {
    expect(await asApplication('select rolsuper, rolbypassrls from pg_roles where rolname = session_user')).toEqual([
      { rolsuper: false, rolbypassrls: false },
    ])
  })

  it.each([
    ['drop a table', 'drop table people'],
    ['open a table', 'alter table people disable row level security'],
    ['make a table', 'create table mine (a int)'],
    ['rewrite the trail', "update audit_records set action = 'nothing'"],
    ['empty the trail', 'delete from audit_records'],
    ['rewrite a published version', "update document_versions set body = '{}'"],
    ['remove a published version', 'delete from document_versions'],
    ['forget a migration', 'delete from migrations'],
    ['read the password of a database user', 'select rolpassword from pg_authid'],
  ])('may not %s', async (_, statement) => {
    await expect(asApplication(statement)).rejects.toThrow(/permission denied|must be owner/)
  })
})

describe('rows', () => {
  const [mine, others] = [newId('org'), newId('org')]
  const insert = (tx: Tx, organizationId: string, id: string) =>
    sql`insert into people (org_id, id, email, email_key) values (${organizationId}, ${id}, ${id}, ${id})`.execute(
      tx.sql,
    )
  const peopleOf = async (tx: Tx): Promise<string[]> => {
    const { rows } = await sql<{ org_id: string }>`select org_id from people`.execute(tx.sql)
    return rows.map((row) => row.org_id)
  }
  const whoAndWhat = async (tx: Tx): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`select current_user as name`.execute(tx.sql)
    return [...rows.map(({ name }) => name), ...(await peopleOf(tx))]
  }
  beforeAll(async () => {
    await withOrganization(mine, (tx) => insert(tx, mine, newId('per')))
    await withOrganization(others, (tx) => insert(tx, others, newId('per')))
  })

  it('of others are not seen, changed or removed by a statement that names no organization', async () => {
    await withOrganization(mine, async (tx) => {
      expect(await peopleOf(tx)).toEqual([mine])
      const changed = await sql`update people set given_name = 'X' returning org_id`.execute(tx.sql)
      expect(changed.rows).toEqual([{ org_id: mine }])
      const removed = await sql`delete from people where org_id <> ${mine} returning org_id`.execute(tx.sql)
      expect(removed.rows).toEqual([])
    })
    expect(await withOrganization(others, peopleOf)).toEqual([others])
  })

  it('are not written for others, nor given to them', async () => {
    const refused = /violates row-level security/
    await expect(withOrganization(mine, (tx) => insert(tx, others, newId('per')))).rejects.toThrow(refused)
    await expect(
      withOrganization(mine, (tx) => sql`update people set org_id = ${others}`.execute(tx.sql)),
    ).rejects.toThrow(refused)
  })

  it('are not seen without an organization, nor with an empty one', async () => {
    expect(await withPlatform(peopleOf)).toEqual([])
    expect(await withOrganization('', peopleOf)).toEqual([])
    expect(await withOrganization("' or true --", peopleOf)).toEqual([])
  })

  it('of others are not seen after any attempt to be somebody else', async () => {
    const [{ session_user: user } = { session_user: '' }] = await asApplication('select session_user')
    const attempts = [
      'reset role',
      'set role none',
      'set local role none',
      "select set_config('role', 'none', false)",
      `set role "${user}"`,
      `set session authorization "${user}"`,
      'set session authorization default',
      'reset session authorization',
      'set role postgres',
      'reset all',
      'discard all',
      'set row_security = off',
      'set session_replication_role = replica',
      'alter role current_user bypassrls',
      `grant "${user}" to livery_app`,
    ]
    for (const attempt of attempts) {
      const seen = await withOrganization(mine, async (tx) => {
        await tx.sql.executeQuery(CompiledQuery.raw(attempt))
        return peopleOf(tx)
      }).catch(() => ['refused'])
      expect([attempt, seen.filter((row) => row === others)]).toEqual([attempt, []])
      // Nor by whoever comes next on the same connection, who is nobody else than ever.
      const next = await Promise.all(Array.from({ length: 10 }, () => withOrganization(mine, whoAndWhat)))
      expect([attempt, ...new Set(next.flat())]).toEqual([attempt, 'livery_app', mine])
    }
  })
})
