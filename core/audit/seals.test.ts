import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { create } from '#core/organizations'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { firstIdAt, newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { eraseAbout, list, record, retain, seal, verify } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const write = (organization: string, count: number, details = {}) =>
  withOrganization(organization, async (tx) => {
    for (let index = 0; index < count; index += 1) {
      await record(
        tx,
        systemActor,
        'people.imported',
        { kind: 'test', id: `t${index}` },
        { after: { index, ...details } },
      )
    }
  })
const settle = async (organization: string) => {
  setClockForTests(minutes(10))
  return seal(organization)
}
const insideOf = (organization: string, statement: ReturnType<typeof sql>) =>
  withOrganization(organization, (tx) => statement.execute(tx.sql))

describe('the trail', () => {
  it('is sealed once it is settled, in a chain, and nothing twice', async () => {
    const before = await seal(world.own)
    expect(before).toBe(0)
    await write(world.own, 5)
    expect(await settle(world.own)).toBeGreaterThanOrEqual(5)
    expect(await seal(world.own)).toBe(0)
    setClockForTests(0)
    await write(world.own, 3)
    expect(await settle(world.own)).toBe(3)
    expect(await verify(world.own)).toMatchObject({ seals: 2, faults: [], unsealed: 0 })
  })

  it('is sealed by one of those who try at the same moment', async () => {
    await write(world.mixed, 4)
    setClockForTests(minutes(10))
    await Promise.all([seal(world.mixed), seal(world.mixed), seal(world.mixed)])
    expect((await verify(world.mixed)).faults).toEqual([])
  })

  it('can be read by who may, page by page, and by nobody else', async () => {
    await write(world.central, 5)
    const chain = [world.root, world.central]
    const auditor: Actor = {
      kind: 'person',
      grants: [{ permission: 'audit.read', organizationId: world.central, reach: 'organization' }],
    }
    const page = (before?: string) =>
      withOrganization(world.central, (tx) =>
        list(tx, auditor, chain, { action: 'people.', limit: 2, ...(before ? { before } : {}) }),
      )
    const first = await page()
    const second = await page(first.next ?? '')
    const third = await page(second.next ?? '')
    expect([...first.records, ...second.records, ...third.records].map(({ target }) => target.id)).toEqual([
      't4',
      't3',
      't2',
      't1',
      't0',
    ])
    expect(third.next).toBeNull()
    const other: Actor = { ...auditor, grants: [{ ...auditor.grants[0], organizationId: world.own } as never] }
    await expect(withOrganization(world.central, (tx) => list(tx, other, chain, { limit: 1 }))).rejects.toThrow(
      'authority.unknown',
    )
  })

  it('cannot be changed by the application at all', async () => {
    await write(world.own, 1)
    for (const statement of [
      sql`update audit_records set action = 'x'`,
      sql`delete from audit_records`,
      sql`update audit_seals set number = 9`,
      sql`delete from audit_seals`,
      sql`update audit_details set details = '{}'`,
    ])
      await expect(insideOf(world.own, statement)).rejects.toThrow(/permission denied/)
  })

  it('keeps its proof when details are emptied, and says that they were', async () => {
    await write(world.strict, 3, { name: 'Ada' })
    await settle(world.strict)
    setClockForTests(minutes(20))
    const count = await withOrganization(world.strict, (tx) =>
      retain(tx, systemActor, new Date(Date.now() + minutes(15))),
    )
    expect(count).toBeGreaterThanOrEqual(3)
    expect((await verify(world.strict)).faults).toEqual([])
    await write(world.strict, 2)
    const gone = { kind: 'person', id: 't1' }
    await withOrganization(world.strict, (tx) =>
      eraseAbout(tx, systemActor, gone, [{ id: 't1', email: 'a@b.example' }]),
    )
    const { records } = await withOrganization(world.strict, (tx) =>
      list(tx, systemActor, [], { action: 'audit.details_erased', limit: 5 }),
    )
    expect(records.length).toBeGreaterThan(0)
  })
})

it('the first id of a moment sorts before every id made after it, and after those made before', () => {
  const id = newId('aud')
  expect(firstIdAt('aud', new Date(Date.now() + 1000)) > id).toBe(true)
  expect(firstIdAt('aud', new Date(Date.now() - 1000)) < id).toBe(true)
})

describe('somebody who owns the database and changes a record afterwards', () => {
  /** On the embedded database there is no way in beside ours; the rule is the same code. */
  const asOwner = async (organization: string, statement: string): Promise<boolean> => {
    const { databaseUrl } = settings()
    if (databaseUrl === null) return false
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    try {
      await client.query(`select set_config('livery.organization', '${organization}', false)`)
      await client.query(statement)
    } finally {
      await client.end()
    }
    return true
  }
  const tampers: [string, string, string][] = [
    ['altered', 'altered', `update audit_records set target_id = 'changed' where target_id = 't1'`],
    ['removed', 'removed', `delete from audit_records where target_id = 't1'`],
    [
      'reordered',
      'altered',
      `with two as (select array_agg(id order by id) as ids from audit_records where target_id in ('t1', 't2'))
       update audit_records r set at = case when r.id = ids[1] then r.at + interval '1 s' else r.at - interval '1 s' end
       from two where r.id = any(ids)`,
    ],
    [
      'inserted',
      'inserted',
      `insert into audit_records (org_id, id, actor_kind, action, target_kind, target_id, details_hash)
       select org_id, id || '0', 'system', 'test.planted', 'test', 'planted', '' from audit_records where target_id = 't1'`,
    ],
    [
      'told otherwise',
      'details_altered',
      `update audit_details set details = '{"after": {}}' where record_id in (select id from audit_records where target_id = 't1')`,
    ],
    ['unsealed', 'seal_broken', `update audit_seals set last_id = last_id || '0'`],
  ]
  it.each(tampers)('is found out: %s', async (name, what, statement) => {
    const handle = `trail-${name.replaceAll(' ', '-')}`
    const { id } = await withPlatform((tx) => create(tx, systemActor, { parentId: world.root, handle, name: 'Trail' }))
    await write(id, 4)
    await settle(id)
    expect((await verify(id)).faults).toEqual([])
    if (!(await asOwner(id, statement))) return
    expect((await verify(id)).faults.map((fault) => fault.what)).toContain(what)
  })
})
