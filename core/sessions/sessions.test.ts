import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor, visitor } from '#core/authority'
import { addMembership, endSessions, setStatus } from '#core/people'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import { absoluteMs, begin, end, endAllOf, idleMs, look, renew, tidy } from './index.ts'

freshDatabase()
let world: World
let who: { homeId: string; personId: string }
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
beforeEach(async () => {
  count += 1
  const { id } = await person({ email: `somebody${count}@own.example`, home: world.own })
  who = { homeId: world.own, personId: id }
})
afterEach(() => setClockForTests(0))

const by = visitor({ address: '192.0.2.7', userAgent: 'x'.repeat(1000) })
const started = (organizationId: string, generation = 1) =>
  withOrganization(organizationId, (tx) => begin(tx, { ...who, methods: ['pwd'], generation, by }))

describe('a session', () => {
  it('is known by its secret, at its organization', async () => {
    const { id, secret } = await started(world.own)
    expect(await look(world.own, secret)).toMatchObject({ id, ...who, organizationId: world.own })
    for (const other of [world.root, world.mixed, world.central]) expect(await look(other, secret)).toBeNull()
    for (const made of ['', id, secret.toLowerCase(), `${secret} `]) expect(await look(world.own, made)).toBeNull()
  })

  it('ends after a day without a visit, and lives on with visits for thirty days', async () => {
    const idle = await started(world.own)
    setClockForTests(idleMs - 1000)
    expect(await look(world.own, idle.secret)).not.toBeNull()
    setClockForTests(idleMs - 1000 + idleMs - 1000)
    expect(await look(world.own, idle.secret)).not.toBeNull()
    setClockForTests(3 * idleMs)
    expect(await look(world.own, idle.secret)).toBeNull()
    setClockForTests(0)
    const visited = await started(world.own)
    for (let at = 0; at < absoluteMs; at += idleMs / 2) {
      setClockForTests(at)
      expect(await look(world.own, visited.secret)).not.toBeNull()
    }
    setClockForTests(absoluteMs + 1000)
    expect(await look(world.own, visited.secret)).toBeNull()
  })

  it('ends once and stays ended', async () => {
    const { id, secret } = await started(world.own)
    await withOrganization(world.own, (tx) => end(tx, systemActor, id, 'test'))
    await withOrganization(world.own, (tx) => end(tx, systemActor, id, 'again'))
    expect(await look(world.own, secret)).toBeNull()
  })

  it('cannot be ended from another organization', async () => {
    const { id, secret } = await started(world.own)
    await withOrganization(world.root, (tx) => end(tx, systemActor, id, 'attack'))
    await withOrganization(world.root, (tx) => endAllOf(tx, systemActor, who, { why: 'attack' }))
    expect(await look(world.own, secret)).not.toBeNull()
  })

  it('ends with all others of its person, but for the one that is spared', async () => {
    const [kept, other] = [await started(world.own), await started(world.own)]
    await withOrganization(world.own, (tx) => endAllOf(tx, systemActor, who, { except: kept.id, why: 'test' }))
    expect(await look(world.own, kept.secret)).not.toBeNull()
    expect(await look(world.own, other.secret)).toBeNull()
  })

  it('is worth nothing to an older generation, unless it was renewed', async () => {
    await withOrganization(world.mixed, (tx) => addMembership(tx, systemActor, { ...who, kind: 'consumer' }))
    const [here, there] = [await started(world.own), await started(world.mixed)]
    const generation = await withOrganization(world.own, (tx) => endSessions(tx, who.personId))
    expect(await look(world.own, here.secret)).toBeNull()
    expect(await look(world.mixed, there.secret)).toBeNull()
    await withOrganization(world.mixed, (tx) => renew(tx, there.id, generation))
    expect(await look(world.mixed, there.secret)).not.toBeNull()
    expect(await look(world.own, (await started(world.own, 1)).secret)).toBeNull()
  })

  it('is worth nothing once its person is suspended, and does not come back', async () => {
    const { secret } = await started(world.own)
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, who.personId, 'suspended'))
    expect(await look(world.own, secret)).toBeNull()
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, who.personId, 'active'))
    expect(await look(world.own, secret)).toBeNull()
  })

  it('is worth nothing where its person does not belong', async () => {
    expect(await look(world.mixed, (await started(world.mixed)).secret)).toBeNull()
  })

  it('is forgotten a month after it is over', async () => {
    const { secret } = await started(world.own)
    setClockForTests(3 * absoluteMs)
    await withOrganization(world.own, tidy)
    setClockForTests(0)
    expect(await look(world.own, secret)).toBeNull()
  })
})
