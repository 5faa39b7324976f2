import { afterEach, beforeAll, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { add, claim, finish } from '#core/outbox'
import { addMembership } from '#core/people'
import { begin } from '#core/sessions'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import { countToday, usageOf } from './index.ts'

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

it('is for who may see it, and bounded', async () => {
  await expect(usage(1, { kind: 'person', grants: [] })).rejects.toThrow('authority.unknown')
  expect((await usage(100_000)).days).toHaveLength(92)
  expect((await usage(Number.NaN)).days).toHaveLength(1)
})
