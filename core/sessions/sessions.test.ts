import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { systemActor, visitor } from '#core/authority'
import { readAgain, update } from '#core/organizations'
import type { SecurityChange } from '#core/organizations/contract'
import { addMembership, endSessions, setStatus } from '#core/people'
import { days, hours, minutes, now, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { elsewhere } from '#support/elsewhere'
import { buildWorld, person, type World } from '#support/engine'
import { begin, countOpen, end, endAllOf, lastingAt, look, openOf, renew, rotate, tidy } from './index.ts'

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

const [idleMs, absoluteMs] = [hours(24), days(30)]
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

describe('how long a session lasts', () => {
  const choose = async (security: SecurityChange): Promise<void> => {
    await withPlatform((tx) => update(tx, systemActor, world.own, { security }))
    await readAgain(world.own)
  }
  afterEach(() => choose({ sessionIdleMinutes: 1440, sessionLifeHours: 720 }))
  const isAlive = async (secret: string, atMs: number): Promise<boolean> => {
    setClockForTests(atMs)
    return (await look(world.own, secret)) !== null
  }

  it('is what the organization says, to the second', async () => {
    await choose({ sessionIdleMinutes: 5, sessionLifeHours: 1 })
    expect(lastingAt(world.own)).toEqual({ idleMs: minutes(5), lifeMs: hours(1) })
    const [idle, visited] = [await started(world.own), await started(world.own)]
    expect(await isAlive(idle.secret, minutes(5) + 1000)).toBe(false)
    setClockForTests(0)
    for (let at = 0; at < hours(1) - 1000; at += minutes(4)) expect(await isAlive(visited.secret, at)).toBe(true)
    expect(await isAlive(visited.secret, hours(1) - 1000)).toBe(true)
    expect(await isAlive(visited.secret, hours(1) + 1000)).toBe(false)
  })

  it('is seldom written down, and often enough for a short wait', async () => {
    await choose({ sessionIdleMinutes: 5, sessionLifeHours: 1 })
    const { secret } = await started(world.own)
    expect(await isAlive(secret, 20_000)).toBe(true)
    expect(await isAlive(secret, 20_000 + minutes(5) - 1000)).toBe(true)
  })

  it('becomes shorter for those who are signed in, when the organization becomes stricter', async () => {
    const { secret } = await started(world.own)
    const open = (): Promise<number[]> =>
      withOrganization(world.own, async (tx) => [(await openOf(tx, who, 1)).length, await countOpen(tx)])
    expect(await isAlive(secret, hours(3))).toBe(true)
    const [, all] = await open()
    await choose({ sessionIdleMinutes: 60, sessionLifeHours: 4 })
    expect(await isAlive(secret, hours(4) - 1000)).toBe(true)
    expect(await isAlive(secret, hours(4) + 1000)).toBe(false)
    const [mine, now] = await open()
    expect(mine).toBe(0)
    expect(now).toBeLessThan(all ?? 0)
  })

  it('is not made longer for what is over, nor beyond what it began with', async () => {
    await choose({ sessionIdleMinutes: 30, sessionLifeHours: 2 })
    const [idle, visited] = [await started(world.own), await started(world.own)]
    for (let at = 0; at < hours(2); at += minutes(20)) await isAlive(visited.secret, at)
    await choose({ sessionIdleMinutes: 1440, sessionLifeHours: 720 })
    expect(await isAlive(idle.secret, minutes(31))).toBe(false)
    expect(await isAlive(visited.secret, hours(2) + 1000)).toBe(false)
  })
})

describe('a proof in a session', () => {
  const prove = (organizationId: string, id: string, methods: string[], provenAt = now()) =>
    withOrganization(organizationId, (tx) => rotate(tx, systemActor, id, { methods, provenAt }))

  it('gives it another secret, more methods and a newer proof; the old secret is dead', async () => {
    const { id, secret } = await started(world.own)
    const before = await look(world.own, secret)
    expect(before).toMatchObject({ methods: ['pwd'], deviceId: null })
    expect(before?.provenAt).toEqual(before?.createdAt)
    setClockForTests(hours(2))
    const provenAt = now()
    const next = await prove(world.own, id, ['pwd', 'otp'], provenAt)
    expect(await look(world.own, secret)).toBeNull()
    const after = await look(world.own, next.secret)
    expect(after).toMatchObject({ id, methods: ['pwd', 'otp'], createdAt: before?.createdAt, provenAt })
  })

  it('does not make it last longer', async () => {
    const { id } = await started(world.own)
    setClockForTests(absoluteMs - 1000)
    const withVisits = await prove(world.own, id, ['pwd'])
    expect(await look(world.own, withVisits.secret)).toBeNull()
    setClockForTests(absoluteMs + 1000)
    await expect(prove(world.own, id, ['pwd'])).rejects.toThrow('session.unknown')
  })

  it('brings nothing back that has ended, and reaches no other organization', async () => {
    const { id, secret } = await started(world.own)
    await expect(prove(world.root, id, ['pwd'])).rejects.toThrow('session.unknown')
    expect(await look(world.own, secret)).not.toBeNull()
    await withOrganization(world.own, (tx) => end(tx, systemActor, id, 'test'))
    await expect(prove(world.own, id, ['pwd'])).rejects.toThrow('session.unknown')
  })
})

// The embedded database has one process.
if (inject('postgres')) {
  describe('in every process', () => {
    const inAnother = (line: string): Promise<string[]> =>
      elsewhere(`
        import { systemActor } from '#core/authority'
        import { loadDirectory, update } from '#core/organizations'
        import { endSessions, setStatus } from '#core/people'
        import { end, look } from '#core/sessions'
        import { closeDatabase, withOrganization, withPlatform } from '#platform/database'
        await loadDirectory()
        ${line}
        await closeDatabase()`)

    it.each([
      [
        'ended',
        (id: string) => `await withOrganization('${world.own}', (tx) => end(tx, systemActor, '${id}', 'test'))`,
      ],
      [
        'of an older generation',
        () => `await withOrganization('${world.own}', (tx) => endSessions(tx, '${who.personId}'))`,
      ],
      [
        'of somebody suspended',
        () =>
          `await withOrganization('${world.own}', (tx) => setStatus(tx, systemActor, '${who.personId}', 'suspended'))`,
      ],
    ])('one that another process has made %s is worth nothing from its commit on', async (_, line) => {
      const { id, secret } = await started(world.own)
      expect(await inAnother(`console.log((await look('${world.own}', '${secret}'))?.id)`)).toEqual([id])
      await inAnother(line(id))
      expect(await look(world.own, secret)).toBeNull()
    })

    it('a stricter policy counts within two seconds', async () => {
      const { secret } = await started(world.own)
      setClockForTests(hours(2))
      const security = '{ sessionIdleMinutes: 60, sessionLifeHours: 1 }'
      await inAnother(`await withPlatform((tx) => update(tx, systemActor, '${world.own}', { security: ${security} }))`)
      await expect.poll(() => look(world.own, secret), { timeout: 2000 }).toBeNull()
    })
  })
}
