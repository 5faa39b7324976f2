import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { add, claim, finish, tidy as tidyOutbox } from '#core/outbox'
import { addMembership } from '#core/people'
import { begin } from '#core/sessions'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import { countToday, usageCompared, usageOf } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const usage = (count: number, by: Actor = systemActor) =>
  withOrganization(world.own, (tx) => usageOf(tx, by, [world.root, world.own], count))
const day = (offset: number) => new Date(Date.now() + days(offset)).toISOString().slice(0, 10)

it('people, sign-ins and mails, by day', async () => {
  const { id } = await person({ email: 'ada@usage.example', home: world.own })
  const ref = { homeId: world.own, personId: id }
  await withOrganization(world.own, (tx) => addMembership(tx, systemActor, { ...ref, kind: 'staff' }))
  const signIn = () =>
    withOrganization(world.own, (tx) => begin(tx, { ...ref, methods: ['pwd'], generation: 1, by: systemActor }))
  setClockForTests(-days(2))
  await withOrganization(world.own, countToday)
  await signIn()
  setClockForTests(0)
  await signIn()
  await signIn()
  await withOrganization(world.own, async (tx) => {
    await add(tx, 'email.welcome', { organizationId: world.own })
    await add(tx, 'email.welcome', { organizationId: world.own, decoy: true })
    await add(tx, 'email.welcome', { organizationId: world.root })
  })
  for (const row of await claim({ limit: 10 })) await finish(row.id)
  const { people, signIns, mails, days: rows } = await usage(4)
  expect({ people, signIns, mails }).toEqual({ people: 1, signIns: 3, mails: 1 })
  expect(rows.map((row) => [row.day, row.people, row.signIns, row.mails])).toEqual([
    [day(-3), null, 0, 0],
    [day(-2), 1, 1, 0],
    [day(-1), null, 0, 0],
    [day(0), 1, 2, 1],
  ])
})

describe('what was counted is kept', () => {
  const figures = async () => (await usage(40)).days.filter(({ signIns, mails }) => signIns + mails > 0)

  it('when the outbox has forgotten it', async () => {
    await withOrganization(world.own, countToday)
    const before = await figures()
    expect(before.map(({ mails }) => mails)).toEqual([0, 1])
    setClockForTests(days(31))
    await tidyOutbox()
    expect(await figures()).toEqual(before)
  })

  it('of yesterday too, whose last hour was not counted in it', async () => {
    setClockForTests(days(5))
    await withOrganization(world.own, (tx) => add(tx, 'email.welcome', { organizationId: world.own }))
    for (const row of await claim({ limit: 10 })) await finish(row.id)
    setClockForTests(days(6))
    await withOrganization(world.own, countToday)
    setClockForTests(days(36.5))
    await tidyOutbox()
    const found = (await usage(92)).days.filter((row) => row.day === day(5) || row.day === day(6))
    expect(found.map(({ people, mails }) => [people, mails])).toEqual([
      [null, 1],
      [1, 0],
    ])
  })

  it('and never grows less, nor is anything counted twice', async () => {
    const before = await usage(40)
    await withOrganization(world.own, countToday)
    await withOrganization(world.own, countToday)
    expect(await usage(40)).toEqual(before)
  })

  it('for one organization alone', async () => {
    const other = await withOrganization(world.mixed, (tx) => usageOf(tx, systemActor, [world.mixed], 40))
    expect(other).toMatchObject({ people: 0, signIns: 0, mails: 0 })
  })
})

it('stands beside what as many days before came to', async () => {
  const compared = (by: Actor = systemActor) =>
    withOrganization(world.own, (tx) => usageCompared(tx, by, [world.root, world.own], 2))
  const { signIns, mails, days: rows, before } = await compared()
  expect(rows).toHaveLength(2)
  expect({ signIns, mails, before }).toEqual({ signIns: 2, mails: 1, before: { people: 1, signIns: 1, mails: 0 } })
  await expect(compared({ kind: 'person', grants: [] })).rejects.toThrow('authority.unknown')
})

it('is for who may see it, and bounded', async () => {
  await expect(usage(1, { kind: 'person', grants: [] })).rejects.toThrow('authority.unknown')
  expect((await usage(100_000)).days).toHaveLength(92)
  expect((await usage(Number.NaN)).days).toHaveLength(1)
})
