import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor, visitor } from '#core/authority'
import { addTotp, endPassword, hashPassword, newTotpSecret, removeTotp, setPassword } from '#core/credentials'
import { takeAll } from '#core/limits'
import { readAgain, update } from '#core/organizations'
import type { PersonRef } from '#core/people/contract'
import { days, hours, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf, person, type World } from '#support/engine'
import { trailOf } from '#support/staff'
import { mostDevices } from './contract.ts'
import {
  devicesOf,
  endDevice,
  forgetDevices,
  forgetHome,
  forgetTrust,
  lookAtDevice,
  mayTryAnyway,
  ownerOf,
  remember,
  tidy,
} from './index.ts'

freshDatabase()
let world: World
let ada: PersonRef
let ben: PersonRef
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
const somebody = async (): Promise<PersonRef> => {
  count += 1
  const { id } = await person({ email: `device${count}@root.example`, home: world.root, memberOf: [world.mixed] })
  return { homeId: world.root, personId: id }
}
beforeEach(async () => {
  ;[ada, ben] = [await somebody(), await somebody()]
})
afterEach(() => setClockForTests(0))

const by = visitor({ address: '192.0.2.7', userAgent: 'x'.repeat(1000) })
const signIn = (ref: PersonRef, secret: string | null = null, trust = false, at = world.mixed) =>
  withOrganization(at, (tx) => remember(tx, by, ref, secret, { trust }))
const known = (ref: PersonRef, secret: string | null, at = world.mixed) => lookAtDevice(at, ref, secret)
const all = async (ref: PersonRef) => {
  const owner = await ownerOf(ref)
  return withOrganization(world.mixed, (tx) => devicesOf(tx, owner))
}
const atHome = (fn: (tx: Tx) => Promise<unknown>) => withOrganization(world.root, fn)

describe('a known browser', () => {
  it('is one in which this person has signed in, at this organization', async () => {
    const { id, secret, isNew } = await signIn(ada)
    expect(isNew).toBe(true)
    expect(await known(ada, secret)).toEqual({ id, isTrusted: false })
    for (const made of [null, '', id, secret.toLowerCase(), `${secret} `]) expect(await known(ada, made)).toBeNull()
    expect(await known(ben, secret)).toBeNull()
    expect(await known(ada, secret, world.root)).toBeNull()
    expect((await trailOf(world.mixed, id)).map(({ action }) => action)).toEqual(['device.added'])
  })

  it('is come back to: the same browser, seen again', async () => {
    const { id, secret } = await signIn(ada)
    setClockForTests(days(3))
    expect(await signIn(ada, secret)).toEqual({ id, secret, isNew: false })
    const [seen, ...others] = await all(ada)
    expect(others).toEqual([])
    expect((seen?.lastSeenAt.getTime() ?? 0) - (seen?.createdAt.getTime() ?? 0)).toBeGreaterThan(days(2))
    expect(seen).toMatchObject({ userAgent: 'x'.repeat(300), address: '192.0.2.7', trustedUntil: null })
  })

  it('may be several people’s, and each knows only that they were here', async () => {
    const first = await signIn(ada)
    const second = await signIn(ben, first.secret)
    expect(second).toMatchObject({ isNew: true })
    expect(second.id).not.toBe(first.id)
    expect(await known(ada, second.secret)).toMatchObject({ id: first.id })
    expect(await known(ben, second.secret)).toMatchObject({ id: second.id })
    expect(await signIn(ada, second.secret)).toEqual({ id: first.id, secret: second.secret, isNew: false })
  })

  it('is not what somebody has put into it: a planted secret is replaced, and worth nothing', async () => {
    const planted = await signIn(ben)
    const own = await signIn(ada, planted.secret)
    expect(own.secret).not.toBe(planted.secret)
    expect(await known(ada, planted.secret)).toBeNull()
    const invented = await signIn(ada, 'a'.repeat(43))
    expect(invented.secret).not.toBe('a'.repeat(43))
    expect(await known(ada, 'a'.repeat(43))).toBeNull()
  })

  it('is forgotten by its owner and by nobody else', async () => {
    const { id, secret } = await signIn(ada)
    const end = (ref: PersonRef, at: string) => withOrganization(at, (tx) => endDevice(tx, systemActor, ref, id))
    await expect(end(ben, world.mixed)).rejects.toThrow('device.unknown')
    await expect(end(ada, world.root)).rejects.toThrow('device.unknown')
    expect(await known(ada, secret)).not.toBeNull()
    await end(ada, world.mixed)
    expect(await known(ada, secret)).toBeNull()
    await expect(end(ada, world.mixed)).rejects.toThrow('device.unknown')
  })

  it('goes with its person, and with everybody of a home', async () => {
    const [hers, his] = [await signIn(ada), await signIn(ben)]
    await withOrganization(world.mixed, (tx) => forgetDevices(tx, ada))
    expect([await known(ada, hers.secret), await known(ben, his.secret)]).toEqual([
      null,
      { id: his.id, isTrusted: false },
    ])
    await withOrganization(world.mixed, (tx) => forgetHome(tx, world.root))
    expect(await known(ben, his.secret)).toBeNull()
  })

  it('is forgotten when it has not been seen for so long that no browser has kept it', async () => {
    const { secret } = await signIn(ada)
    setClockForTests(days(399))
    await withOrganization(world.mixed, tidy)
    expect(await known(ada, secret)).not.toBeNull()
    setClockForTests(days(401))
    await withOrganization(world.mixed, tidy)
    expect(await known(ada, secret)).toBeNull()
  })

  it('makes room for the newest of the same person', async () => {
    const first = await signIn(ada)
    const others = await signIn(ben)
    setClockForTests(1000)
    for (let time = 0; time < mostDevices; time += 1) await signIn(ada)
    expect(await known(ada, first.secret)).toBeNull()
    expect(await known(ben, others.secret)).not.toBeNull()
    expect(await all(ada)).toHaveLength(mostDevices)
  })
})

describe('a trusted browser', () => {
  const policy = async (trustedDeviceDays: number): Promise<void> => {
    await withPlatform((tx) => update(tx, systemActor, world.mixed, { security: { trustedDeviceDays } }))
    await readAgain(world.mixed)
  }
  afterEach(() => policy(30))
  const isTrusted = async (secret: string) => (await known(ada, secret))?.isTrusted

  it('is one that its person says they trust, for as long as the organization says', async () => {
    const { id, secret } = await signIn(ada, null, true)
    expect(await isTrusted(secret)).toBe(true)
    setClockForTests(days(30) - 10_000)
    expect(await isTrusted(secret)).toBe(true)
    setClockForTests(days(30) + 10_000)
    expect(await known(ada, secret)).toEqual({ id, isTrusted: false })
    expect((await trailOf(world.mixed, id)).map(({ action }) => action)).toEqual(['device.added', 'device.trusted'])
  })

  it('is not trusted for longer by another visit, nor for somebody else', async () => {
    const { secret } = await signIn(ada, null, true)
    const { secret: next } = await signIn(ben, secret)
    expect((await known(ben, next))?.isTrusted).toBe(false)
    expect(await isTrusted(next)).toBe(true)
    setClockForTests(days(29))
    await signIn(ada, next)
    setClockForTests(days(31))
    expect(await isTrusted(next)).toBe(false)
  })

  it('gets another secret with the trust: a copy from before is worth nothing', async () => {
    const copied = await signIn(ada)
    const { secret, isNew } = await signIn(ada, copied.secret, true)
    expect(isNew).toBe(false)
    expect(await known(ada, copied.secret)).toBeNull()
    expect(await isTrusted(secret)).toBe(true)
  })

  it('follows the organization as soon as it becomes stricter, and is none where there are none', async () => {
    const { secret } = await signIn(ada, null, true)
    setClockForTests(days(8))
    await policy(7)
    expect(await isTrusted(secret)).toBe(false)
    await policy(0)
    expect(await isTrusted((await signIn(ada, null, true)).secret)).toBe(false)
  })

  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['another password', (tx) => setPassword(tx, systemActor, ada.personId, 'made for a test', 'test')],
    ['the end of the password', (tx) => endPassword(tx, systemActor, ada.personId, 'test')],
    ['word from whoever changes a factor', (tx) => forgetTrust(tx, ada.personId)],
  ])('is trusted no more after %s, at any organization', async (_, change) => {
    const [here, there] = [await signIn(ada, null, true), await signIn(ada, null, true, world.root)]
    setClockForTests(1000)
    await atHome(change)
    expect((await known(ada, here.secret))?.isTrusted).toBe(false)
    expect((await known(ada, there.secret, world.root))?.isTrusted).toBe(false)
    setClockForTests(2000)
    expect(await isTrusted((await signIn(ada, here.secret, true)).secret)).toBe(true)
  })

  it('is trusted no more once a second step is added or removed', async () => {
    const totp = newTotpSecret()
    const { secret } = await signIn(ada, null, true)
    setClockForTests(1000)
    await atHome((tx) => addTotp(tx, systemActor, ada.personId, totp, codeOf(totp)))
    expect(await isTrusted(secret)).toBe(false)
    setClockForTests(2000)
    const again = await signIn(ada, secret, true)
    expect(await isTrusted(again.secret)).toBe(true)
    setClockForTests(3000)
    await atHome((tx) => removeTotp(tx, systemActor, ada.personId))
    expect(await isTrusted(again.secret)).toBe(false)
  })

  it('keeps its trust through a change that was refused', async () => {
    const hash = await hashPassword('gravy-unlatch-wobble-sprint')
    const { secret } = await signIn(ada, null, true)
    setClockForTests(1000)
    await expect(
      atHome(async (tx) => {
        await setPassword(tx, systemActor, ada.personId, hash, 'test')
        throw new Error('refused')
      }),
    ).rejects.toThrow('refused')
    expect(await isTrusted(secret)).toBe(true)
  })
})

describe('whoever guesses from elsewhere', () => {
  it('does not use up the tries of a known browser, which has some of its own, and not many', async () => {
    const { secret } = await signIn(ada)
    const limits = (await mayTryAnyway(world.mixed, ada, secret)) ?? []
    expect(limits.map(({ max }) => max)).toEqual([10, 50])
    for (let time = 0; time < 10; time += 1) expect(await takeAll(limits)).toBeNull()
    expect(await takeAll(limits)).toMatchObject({ ok: false })
    setClockForTests(hours(1))
    expect(await takeAll(limits)).toBeNull()
  })

  it('has no browser that is known: not somebody else’s, not that of another organization, not one of nobody', async () => {
    const [hers, his] = [await signIn(ada), await signIn(ben)]
    for (const [at, ref, secret] of [
      [world.mixed, ada, his.secret],
      [world.root, ada, hers.secret],
      [world.mixed, ada, null],
      [world.mixed, null, hers.secret],
    ] as const) {
      expect(await mayTryAnyway(at, ref, secret)).toBeNull()
    }
  })
})
