import { afterEach, beforeAll, expect, it } from 'vitest'
import { verify } from '#core/audit'
import { systemActor } from '#core/authority'
import { add, claim, finish } from '#core/outbox'
import { find } from '#core/people'
import { remove } from '#core/removal'
import { usageOf } from '#core/usage'
import { days, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, mails, person, type World } from '#support/engine'
import { startTidying, tidyOnce } from './tidying.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const mailsOf = async (id: string) =>
  (await withOrganization(id, (tx) => usageOf(tx, systemActor, [id], 60))).days.reduce((all, day) => all + day.mails, 0)

it('the trail of every organization is sealed once it has settled', async () => {
  await tidyOnce(() => false)
  expect(await verify(world.own)).toMatchObject({ seals: 0, unsealed: 1 })
  setClockForTests(minutes(6))
  await tidyOnce(() => false)
  for (const id of Object.values(world)) expect(await verify(id)).toMatchObject({ seals: 1, unsealed: 0, faults: [] })
})

it('mails are counted before they are forgotten', async () => {
  await withOrganization(world.own, (tx) => add(tx, 'email.welcome', { organizationId: world.own }))
  for (const { id } of await claim({ limit: 10 })) await finish(id)
  await tidyOnce(() => false)
  expect(await mails()).toHaveLength(1)
  setClockForTests(days(31))
  await tidyOnce(() => false)
  expect(await mails()).toHaveLength(0)
  expect(await mailsOf(world.own)).toBe(1)
})

it('stops where it is told to', async () => {
  setClockForTests(minutes(30))
  await withOrganization(world.own, (tx) => add(tx, 'email.welcome', { organizationId: world.own }))
  let asked = 0
  await tidyOnce(() => {
    asked += 1
    return true
  })
  expect(asked).toBe(2)
})

it('a start finishes what a process has left that died while it erased an organization', async () => {
  const ada = await person({ email: 'ada@closed.example', home: world.closed })
  await withPlatform((tx) => remove(tx, systemActor, world.closed))
  expect(await withOrganization(world.closed, (tx) => find(tx, ada.id))).not.toBeNull()
  const stop = startTidying()
  await expect.poll(() => withOrganization(world.closed, (tx) => find(tx, ada.id)), { timeout: 20_000 }).toBeNull()
  await stop()
})
