import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { days, minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { type AuditQuery, auditKinds, kindOfAction } from './contract.ts'
import { check, checkDue, list, record, retainDue, setRetention, standing, verify } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const at = (organizationId: string, ...held: ConsolePermission[]): Actor => ({
  kind: 'person',
  homeId: organizationId,
  personId: 'per_auditor',
  address: '198.51.100.23',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Gecko/20100101 Firefox/140.0',
  grants: held.map((permission) => ({ permission, organizationId, reach: 'organization' })),
})
const inside = (organizationId: string, by: Actor, name: string) =>
  withOrganization(organizationId, (tx) =>
    record(
      tx,
      by,
      'person.created',
      { kind: 'person', id: `per_${name}` },
      { after: { givenName: name, rate: '50%' } },
    ),
  )
const found = (organizationId: string, query: Omit<AuditQuery, 'limit'>) =>
  withOrganization(organizationId, async (tx) => {
    const { records } = await list(tx, systemActor, [], { ...query, limit: 50 })
    return records.map(({ target }) => target.id)
  })

describe('how long details are kept', () => {
  const set = (organizationId: string, by: Actor, count: number | null) =>
    withOrganization(organizationId, (tx) => setRetention(tx, by, [organizationId], count))
  const owner = () => at(world.own, 'organization.update')

  it.each([0, 1, 89, 36_501, 100.5, Number.NaN])('cannot be %s days', async (count) => {
    await expect(set(world.own, owner(), count)).rejects.toThrow('audit.retention_out_of_bounds')
  })

  it('is chosen by who may change the organization, and by nobody else', async () => {
    await expect(set(world.own, at(world.own, 'audit.read'), 90)).rejects.toThrow('authority.denied')
    await expect(set(world.own, at(world.mixed, 'organization.update'), 90)).rejects.toThrow('authority.unknown')
  })

  it('is on record, with what it was before, and only when it changes', async () => {
    await set(world.own, owner(), 90)
    await set(world.own, owner(), 90)
    await set(world.own, owner(), null)
    const changes = await withOrganization(world.own, (tx) =>
      list(tx, systemActor, [], { action: 'audit.retention_changed', limit: 9 }),
    )
    expect(changes.records.map(({ details }) => details)).toEqual([
      { before: { days: 90 }, after: { days: null } },
      { before: { days: null }, after: { days: 90 } },
    ])
  })

  it('empties what is older, of this organization alone, and leaves the proof', async () => {
    await inside(world.own, systemActor, 'old')
    await inside(world.mixed, systemActor, 'other')
    await set(world.own, owner(), 90)
    const due = (id: string) => withOrganization(id, (tx) => retainDue(tx, systemActor))
    expect(await due(world.own)).toBe(0)
    setClockForTests(minutes(10))
    await check(world.own, at(world.own, 'audit.read'), [world.own])
    setClockForTests(days(91))
    expect(await due(world.mixed)).toBe(0)
    expect(await due(world.own)).toBeGreaterThan(0)
    const [emptied] = (
      await withOrganization(world.own, (tx) => list(tx, systemActor, [], { targetId: 'per_old', limit: 1 }))
    ).records
    expect(emptied).toMatchObject({ action: 'person.created', details: null })
    expect((await verify(world.own)).faults).toEqual([])
  })
})

describe('how the trail stands', () => {
  const auditor = () => at(world.strict, 'audit.read')
  const look = () => withOrganization(world.strict, (tx) => standing(tx, auditor(), [world.strict]))

  it('is not known before anybody looked, and afterwards says what was found', async () => {
    expect(await look()).toEqual({ retentionDays: null, sealedUpTo: null, check: null })
    setClockForTests(minutes(10))
    const { records } = await check(world.strict, auditor(), [world.strict])
    expect(records).toBeGreaterThan(0)
    const { sealedUpTo, check: last } = await look()
    expect(sealedUpTo?.id).toMatch(/^aud_/)
    expect(last).toMatchObject({ records, faults: 0 })
  })

  it('is looked at at most once a minute when somebody asks, and once a day when nobody does', async () => {
    setClockForTests(minutes(20))
    await check(world.strict, auditor(), [world.strict])
    await expect(check(world.strict, auditor(), [world.strict])).rejects.toThrow('audit.checked_just_now')
    expect(await checkDue(world.strict)).toBeNull()
    setClockForTests(days(2))
    expect((await checkDue(world.strict))?.faults).toEqual([])
  })

  it('is for who may read it', async () => {
    await expect(check(world.strict, at(world.strict, 'usage.read'), [world.strict])).rejects.toThrow(
      'authority.denied',
    )
    await expect(check(world.strict, at(world.own, 'audit.read'), [world.strict])).rejects.toThrow('authority.unknown')
  })
})

describe('the trail is searched', () => {
  beforeAll(async () => {
    await inside(world.closed, at(world.closed), 'Noor')
    await inside(world.closed, systemActor, 'Luca')
  })

  it.each([
    ['an address that it came from', '198.51.100.', ['per_Noor']],
    ['words of the details, in any case', 'luca', ['per_Luca']],
    ['whoever did it', 'per_auditor', ['per_Noor']],
    ['whom it was done to', 'per_Luca', ['per_Luca']],
    ['a mark that means something to a database', '50%', ['per_Luca', 'per_Noor']],
    ['nothing that is there', '%_%x', []],
    ['a statement', "' or true --", []],
  ])('by %s', async (_, text, ids) => {
    expect(await found(world.closed, { kind: 'people', search: { text, ids: [] } })).toEqual(ids)
  })

  it('by people whom the words mean', async () => {
    expect(await found(world.closed, { search: { text: 'nobody', ids: ['per_Luca'] } })).toEqual(['per_Luca'])
    expect(await found(world.closed, { about: 'per_auditor' })).toEqual(['per_Noor'])
    expect(await found(world.closed, { kind: 'programs' })).toEqual([])
  })

  it('and says which browser it was', async () => {
    const { records } = await withOrganization(world.closed, (tx) =>
      list(tx, systemActor, [], { targetId: 'per_Noor', limit: 1 }),
    )
    expect(records[0]?.device).toEqual({ browser: 'Firefox', system: 'macOS' })
  })
})

it('everything that is recorded is of one kind', () => {
  const all: string[] = Object.values(auditKinds).flat()
  expect(new Set(all).size).toBe(all.length)
  expect(all.map(kindOfAction)).not.toContain(null)
  expect(kindOfAction('nothing.known')).toBeNull()
})
