// What the database looks at among very many organizations. Clocks have no part in it: the plan says which rows were visited.

import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { type Tx, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import type { Organization, OrganizationQuery } from './contract.ts'
import { create, directory, list, loadDirectory, move } from './index.ts'

const children = 300
const count = 10_000

freshDatabase()
let root: Organization
let parent: Organization
let other: Organization
const make = (parentId: string | null, handle: string) =>
  withPlatform((tx) => create(tx, by, { parentId, handle, name: `The ${handle}` }))

/** So many below the root, and some below one of its children; the names of both are mixed. */
const fill = (tx: Tx) =>
  sql`
    insert into organizations (id, parent_id, ancestors, handle, name, attributes)
    select id, above, case when above = ${root.id} then array[${root.id}, id] else array[${root.id}, above, id] end,
           'many-' || n, 'Business ' || md5(n::text), jsonb_build_object('crm', 'N-' || n, 'region', 'region-' || n % 50)
    from (select n, 'org_many' || n as id, case when n <= ${children} then ${parent.id} else ${root.id} end as above
          from generate_series(1, ${count}) n) given`.execute(tx.sql)

beforeAll(async () => {
  root = await make(null, 'scale-root')
  await loadDirectory()
  parent = await make(root.id, 'parent')
  other = await make(root.id, 'other')
  await withPlatform(fill)
  await withPlatform(async (tx) => {
    // Statistics are the owner's to take; a server does so by itself.
    await sql`select set_config('role', 'none', true)`.execute(tx.sql)
    await sql`analyze organizations`.execute(tx.sql)
  })
})

type Plan = {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}
type Visit = { indexes: string[]; rows: number; scansAll: boolean }

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

const visitOf = (plan: Plan): Visit => {
  const nodes = nodesOf(plan)
  const visited = (node: Plan) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  return {
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    rows: nodes.filter((node) => node['Relation Name'] !== undefined).reduce((sum, node) => sum + visited(node), 0),
    scansAll: nodes.some((node) => node['Node Type'] === 'Seq Scan'),
  }
}

/** The last statement that listing says, as the database went about it. */
const visit = (query: Omit<OrganizationQuery, 'limit'>): Promise<Visit> =>
  withPlatform(async (tx) => {
    const executor = tx.sql.getExecutor()
    const execute = executor.executeQuery.bind(executor)
    const said: CompiledQuery[] = []
    executor.executeQuery = (statement, options) => {
      said.push(statement)
      return execute(statement, options)
    }
    await list(tx, by, { limit: 50, ...query })
    const { sql: text = '', parameters = [] } = said.at(-1) ?? {}
    const explained = CompiledQuery.raw(`explain (analyze, format json) ${text}`, [...parameters])
    const [row] = (await execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explained)).rows
    return visitOf(row?.['QUERY PLAN'][0].Plan ?? ({} as Plan))
  })

describe('among ten thousand organizations', () => {
  it('a page of children looks at that page alone', async () => {
    const first = await visit({ below: parent.id })
    expect(first).toEqual({ indexes: ['organizations_children'], rows: 51, scansAll: false })
    const page = await withPlatform((tx) => list(tx, by, { below: parent.id, limit: 50 }))
    expect(page.next).not.toBeNull()
    const second = await visit({ below: parent.id, ...(page.next ? { after: page.next } : {}) })
    expect(second).toEqual(first)
  })

  it('a search by attribute among a few children looks at these children alone', async () => {
    const seen = await visit({ below: parent.id, attribute: { name: 'crm', value: 'N-17' } })
    expect(seen.scansAll).toBe(false)
    expect(seen.rows).toBeLessThanOrEqual(children)
  })

  it('a page of everything below the root is read off by name', async () => {
    const seen = await visit({ below: root.id, isDeep: true })
    expect(seen.indexes).toEqual(['organizations_by_name'])
    expect(seen.rows).toBeLessThan(100)
  })

  it('a page of everything below another one looks at what is below that one', async () => {
    const seen = await visit({ below: other.id, isDeep: true })
    expect(seen.scansAll).toBe(false)
    expect(seen.rows).toBeLessThan(10)
  })

  it.each([
    ['below the root', () => ({ below: root.id, isDeep: true })],
    ['among nearly ten thousand children', () => ({ below: root.id })],
  ])('one is found by an attribute without looking at the others, %s', async (_, where) => {
    const seen = await visit({ ...where(), attribute: { name: 'crm', value: 'N-1234' } })
    expect(seen.scansAll).toBe(false)
    expect(seen.indexes).toContain('organizations_attributes')
    expect(seen.rows).toBeLessThan(10)
  })
})

describe('the directory', () => {
  it('knows every one of them where it stands', async () => {
    await loadDirectory()
    expect(directory().all()).toHaveLength(count + 3)
    expect(
      directory()
        .chain('org_many1')
        .map(({ id }) => id),
    ).toEqual([root.id, parent.id, 'org_many1'])
    expect(
      directory()
        .chain('org_many301')
        .map(({ id }) => id),
    ).toEqual([root.id, 'org_many301'])
    expect(directory().byHandle('many-17')?.attributes).toEqual({ crm: 'N-17', region: 'region-17' })
  })

  it('hears of a move once, however many move, and reads again what has moved alone', async () => {
    const [still, announced] = [directory().byId('org_many301'), await changesAfter(0)]
    await withPlatform((tx) => move(tx, by, parent.id, other.id))
    const chain = () =>
      directory()
        .chain('org_many1')
        .map(({ id }) => id)
    await expect.poll(chain, { timeout: 10_000 }).toEqual([root.id, other.id, parent.id, 'org_many1'])
    expect((await changesAfter(announced.length)).length).toBe(2)
    expect(directory().byId('org_many301')).toBe(still)
  })
})

const changesAfter = (known: number): Promise<unknown[]> =>
  withPlatform(async (tx) => {
    const { rows } = await sql`select org_id from changes where topic = 'organizations' order by id`.execute(tx.sql)
    return rows.slice(known)
  })
