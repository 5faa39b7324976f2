// So many organizations in a database, six levels deep, each with somebody who can sign in: written in bulk, as the stores
// would have written it one by one.

import pg from 'pg'
import { hashPassword } from '#core/credentials'
import { newId } from '#platform/ids'

export const password = 'gravy-unlatch-wobble-sprint'
export const levels = 6
/** At each size one organization has so many below it, so that the same page is listed at each. */
export const childrenOfOne = 200
const atOnce = 5000

export type One = { id: string; handle: string; email: string }
export type World = {
  all: One[]
  /** Of the last level. */
  deepest: One[]
  hosts: string[]
  /** Who has `childrenOfOne` below it. */
  parent: One
}

/** How many organizations each level has: a few resellers, many businesses below them, most of all at the bottom. */
export const sizesOf = (count: number): number[] => {
  const spread = count >= 50_000 ? [1, 50, 500, 5000, 20_000] : [1, 5, 20, 74, 200]
  return [...spread, count - spread.reduce((sum, size) => sum + size, 0)]
}

type Planned = One & { parentId: string | null; level: number }

const plan = (count: number): Planned[] => {
  const planned: Planned[] = []
  let above: Planned[] = []
  for (const [level, size] of sizesOf(count).entries()) {
    const own: Planned[] = []
    for (let place = 0; place < size; place += 1) {
      const isOfOne = level === levels - 1 && place < childrenOfOne
      // The first parent of the last level has its own already.
      const among =
        level === levels - 1 ? 1 + (place % Math.max(1, above.length - 1)) : place % Math.max(1, above.length)
      const number = planned.length + own.length
      own.push({
        id: newId('org'),
        handle: `bench-${number}`,
        email: `person-${number}@bench.example`,
        parentId: above[isOfOne ? 0 : among]?.id ?? null,
        level,
      })
    }
    planned.push(...own)
    above = own
  }
  return planned
}

const inParts = async <T>(all: readonly T[], write: (part: readonly T[]) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < all.length; from += atOnce) await write(all.slice(from, from + atOnce))
}

const insertOrganizations = (client: pg.Client, part: readonly Planned[], from: number) =>
  client.query(
    `insert into organizations (id, parent_id, ancestors, handle, name, locales, people_from, attributes)
     select n.id, n.parent_id, coalesce(p.ancestors, '{}') || n.id, n.handle, 'Business ' || n.number, '{en,de}', 'own',
            jsonb_build_object('crm', 'N-' || n.number, 'region', 'region-' || n.number % 50)
     from (select *, $4::int + row_number() over () as number
           from unnest($1::text[], $2::text[], $3::text[]) as given (id, parent_id, handle)) n
     left join organizations p on p.id = n.parent_id`,
    [part.map(({ id }) => id), part.map(({ parentId }) => parentId), part.map(({ handle }) => handle), from],
  )

const everyTenth = `id in (select id from organizations where right(handle, 1) = '7')`

/** Addresses beside the path: a former handle and a domain of every tenth, an email domain of every hundredth. */
const addresses = `
  insert into organization_handles (handle, organization_id)
    select 'former-' || handle, id from organizations where ${everyTenth};
  insert into organization_hosts (host, organization_id, verified_at, proof)
    select handle || '.own.example', id, now(), 'proof' from organizations where right(handle, 1) = '4';
  insert into email_domains (domain, organization_id, verified_at, proof)
    select handle || '.mail.example', id, now(), 'proof' from organizations where right(handle, 2) = '43'`

/** A theme of every tenth; somebody who lives at each and may sign in. */
const contents = (hash: string) => `
  insert into documents (org_id, kind, name, published_version)
    select id, 'theme', 'theme', 1 from organizations where ${everyTenth};
  insert into document_versions (org_id, kind, name, version, body)
    select id, 'theme', 'theme', 1, jsonb_build_object('name', name, 'color', jsonb_build_object(
      'primary', jsonb_build_object('light', '#0a5c96', 'dark', '#7cc7f2')))
    from organizations where ${everyTenth};
  insert into people (org_id, id, email, email_key, email_verified_at, given_name, family_name)
    select id, 'per_' || substr(id, 5), email, email, now(), 'Ada', 'Keller'
    from (select id, replace(handle, 'bench-', 'person-') || '@bench.example' as email from organizations) o;
  insert into memberships (org_id, id, home_id, person_id, kind)
    select id, 'mem_' || substr(id, 5), id, 'per_' || substr(id, 5), 'staff' from organizations;
  insert into listed_people (org_id, person_id, home_id, email, given_name, family_name, name_key, call_key, kind, membership,
                             person, joined_at)
    select org_id, id, org_id, email_key, given_name, family_name, 'keller ada', 'ada keller', 'staff', 'active', 'active', now()
    from people;
  insert into passwords (org_id, person_id, hash) select org_id, id, '${hash}' from people`

const owned = ['documents', 'document_versions', 'people', 'memberships', 'listed_people', 'passwords']

/** Writes it into a migrated database, as the owner of the tables: the policies would show it one organization alone. */
export const plantWorld = async (url: string, count: number): Promise<World> => {
  const planned = plan(count)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    for (const table of owned) await client.query(`alter table ${table} no force row level security`)
    for (let level = 0, written = 0; level < levels; level += 1) {
      await inParts(
        planned.filter((one) => one.level === level),
        async (part) => {
          await insertOrganizations(client, part, written)
          written += part.length
        },
      )
    }
    await client.query(addresses)
    await client.query(contents(await hashPassword(password)))
    for (const table of owned) await client.query(`alter table ${table} force row level security`)
    await client.query('commit')
    await client.query('vacuum analyze')
    const { rows } = await client.query<{ host: string }>('select host from organization_hosts')
    const deepest = planned.filter(({ level }) => level === levels - 1)
    const parent = planned.find(({ level }) => level === levels - 2)
    if (!parent) throw new Error('there are too few organizations')
    return { all: planned, deepest, hosts: rows.map(({ host }) => host), parent }
  } finally {
    await client.end()
  }
}
