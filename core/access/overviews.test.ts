import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { days, fromNow, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import {
  addToGroup,
  createGroup,
  createRole,
  give,
  groupPage,
  groupsToFill,
  listGrants,
  lookAtGroup,
  roleHolders,
  rolesToGive,
} from './index.ts'

freshDatabase()
let world: World
let eve: Actor
let auditor: Actor
let stranger: Actor
let night = ''
let crew = ''
let ruled = ''
let bosses = ''
const inOwn = <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(world.own, fn)

beforeAll(async () => {
  world = await buildWorld()
  const ada = await member({ home: world.own, email: 'ada@own.example', kind: 'consumer' })
  const ben = await member({ home: world.own, email: 'ben@else.example' })
  eve = await acting(world.own, await member({ home: world.own, email: 'eve@own.example', role: 'people-manager' }))
  auditor = await acting(world.own, await member({ home: world.own, email: 'au@else.example', role: 'auditor' }))
  stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
  await inOwn(async (tx) => {
    const role = { key: 'night', name: 'Night desk', permissions: ['people.read'] } as const
    night = (await createRole(tx, systemActor, { ...role, permissions: [...role.permissions] })).id
    crew = (await createGroup(tx, systemActor, { name: 'Crew' })).id
    const rule = { attribute: 'email_domain', operator: 'is', value: 'own.example' } as const
    ruled = (await createGroup(tx, systemActor, { name: 'Own addresses', rule })).id
    bosses = (await createGroup(tx, systemActor, { name: 'Bosses' })).id
    const subject = (id: string) => ({ kind: 'group', homeId: world.own, id }) as const
    await give(tx, systemActor, subject(crew), { role: night })
    await give(tx, systemActor, subject(bosses), { role: 'administrator' })
    for (const { ref } of [ada, ben]) await addToGroup(tx, systemActor, crew, ref)
  })
}, 60_000)

describe('a page of groups', () => {
  it('says how many are in each, by hand or by rule, and what it gives', async () => {
    const { groups, next } = await inOwn((tx) => groupPage(tx, eve, { limit: 10 }))
    expect(groups.map(({ name, members, roles }) => [name, members, roles])).toEqual([
      ['Bosses', 0, [{ role: 'administrator', name: null }]],
      ['Crew', 2, [{ role: night, name: 'Night desk' }]],
      ['Own addresses', 2, []],
    ])
    expect(next).toBeNull()
    expect(await inOwn((tx) => lookAtGroup(tx, eve, ruled))).toEqual(groups[2])
  })

  it('goes on where the one before ended', async () => {
    const first = await inOwn((tx) => groupPage(tx, eve, { limit: 2 }))
    expect(first.groups.map(({ name }) => name)).toEqual(['Bosses', 'Crew'])
    const rest = await inOwn((tx) => groupPage(tx, eve, { limit: 2, after: first.next }))
    expect(rest.groups.map(({ name }) => name)).toEqual(['Own addresses'])
    expect(rest.next).toBeNull()
  })

  it.each([
    ['ADDRESS', ['Own addresses']],
    ['%', []],
    ["' or 1=1", []],
  ])('found by %s', async (search, names) => {
    const { groups } = await inOwn((tx) => groupPage(tx, eve, { search, limit: 10 }))
    expect(groups.map(({ name }) => name)).toEqual(names)
  })
})

describe('who has a role', () => {
  it('is counted by kind, as long as it is theirs', async () => {
    const before = await inOwn((tx) => roleHolders(tx, eve))
    expect(before.get('people-manager')).toEqual({ person: 1, group: 0, service: 0 })
    expect(before.get(night)).toEqual({ person: 0, group: 1, service: 0 })
    expect(before.has('brand-editor')).toBe(false)
    const subject = { kind: 'group', homeId: world.own, id: bosses } as const
    await inOwn((tx) => give(tx, systemActor, subject, { role: 'brand-editor', endsAt: fromNow(days(1)) }))
    expect((await inOwn((tx) => roleHolders(tx, eve))).get('brand-editor')).toMatchObject({ group: 1 })
    setClockForTests(days(2))
    expect((await inOwn((tx) => roleHolders(tx, eve))).has('brand-editor')).toBe(false)
    setClockForTests(0)
  })

  it('is listed by the role as well', async () => {
    const grants = await inOwn((tx) => listGrants(tx, eve, { role: night, limit: 10 }))
    expect(grants.map(({ subject }) => subject.id)).toEqual([crew])
  })
})

describe('what may be handed out', () => {
  it('is what one holds oneself, as far as one reaches', async () => {
    const giveable = await inOwn((tx) => rolesToGive(tx, eve))
    expect(giveable.map(({ role, reach }) => [role, reach])).toEqual([
      ['people-manager', 'organization'],
      [night, 'organization'],
    ])
    const owner = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
    const all = await inOwn((tx) => rolesToGive(tx, owner))
    expect(all).toHaveLength(7)
    expect(new Set(all.map(({ reach }) => reach))).toEqual(new Set(['subtree']))
    expect(await inOwn((tx) => rolesToGive(tx, auditor))).toEqual([])
    expect(await inOwn((tx) => rolesToGive(tx, stranger))).toEqual([])
  })

  it('is no group that gives more, and none with a rule', async () => {
    expect((await inOwn((tx) => groupsToFill(tx, eve))).map(({ name }) => name)).toEqual(['Crew'])
    expect(await inOwn((tx) => groupsToFill(tx, auditor))).toEqual([])
    expect(await inOwn((tx) => groupsToFill(tx, stranger))).toEqual([])
  })
})

it('whoever may not see people sees none of this', async () => {
  const editor = await acting(world.own, await member({ home: world.own, role: 'brand-editor' }))
  const acts = (by: Actor) => [
    () => inOwn((tx) => groupPage(tx, by, { limit: 1 })),
    () => inOwn((tx) => lookAtGroup(tx, by, crew)),
    () => inOwn(async (tx) => roleHolders(tx, by)),
  ]
  for (const act of acts(editor)) await expect(act()).rejects.toThrow('authority.denied')
  for (const act of acts(stranger)) await expect(act()).rejects.toThrow('authority.unknown')
  await expect(withOrganization(world.mixed, (tx) => lookAtGroup(tx, stranger, crew))).rejects.toThrow(
    'access.group_unknown',
  )
})
