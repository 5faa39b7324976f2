// SES-09: whoever looks after their own sessions sees and ends theirs at this organization, and nobody else's.

import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#core/authority/contract'
import { remember } from '#core/devices'
import { look } from '#core/sessions'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { member, sessionOf, trailOf } from '#support/staff'
import { endOtherSessions, endOwnSession, forgetOwnDevice, ownSessions, trustedDevices } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const somebody = async (): Promise<{ by: Actor; ref: { homeId: string; personId: string } }> => {
  const { ref } = await member({ home: world.root, at: world.mixed })
  return { ref, by: { kind: 'person', ...ref, grants: [] } }
}
const isAlive = async ({ secret }: { secret: string }, at = world.mixed) => (await look(at, secret)) !== null

describe('a person', () => {
  it('sees what they have open at this organization, the newest first', async () => {
    const { by, ref } = await somebody()
    const first = await sessionOf(world.mixed, ref)
    const second = await sessionOf(world.mixed, ref)
    await sessionOf(world.root, ref)
    await sessionOf(world.mixed, (await somebody()).ref)
    expect((await ownSessions(world.mixed, by)).map(({ id }) => id)).toEqual([second.id, first.id])
    expect(JSON.stringify(await ownSessions(world.mixed, by))).not.toContain(first.secret)
  })

  it('ends one of their own; another person’s, another organization’s, and what is over, are not there', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    const [own, other] = [await sessionOf(world.mixed, ada.ref), await sessionOf(world.mixed, ben.ref)]
    const elsewhere = await sessionOf(world.root, ada.ref)
    for (const id of [other.id, elsewhere.id, 'ses_unknown', '']) {
      await expect(endOwnSession(world.mixed, ada.by, id)).rejects.toThrow('session.not_found')
    }
    expect([await isAlive(other), await isAlive(elsewhere, world.root)]).toEqual([true, true])
    await endOwnSession(world.mixed, ada.by, own.id)
    expect(await isAlive(own)).toBe(false)
    await expect(endOwnSession(world.mixed, ada.by, own.id)).rejects.toThrow('session.not_found')
    expect((await trailOf(world.mixed, own.id)).map(({ action, by }) => [action, by])).toContainEqual([
      'session.ended',
      ada.ref.personId,
    ])
  })

  it('ends all others, here and nowhere else', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    const sessions = await Promise.all([1, 2, 3].map(() => sessionOf(world.mixed, ada.ref)))
    const [others, elsewhere] = [await sessionOf(world.mixed, ben.ref), await sessionOf(world.root, ada.ref)]
    expect(await endOtherSessions(world.mixed, ada.by, sessions[1]?.id ?? null)).toBe(2)
    expect(await Promise.all(sessions.map((one) => isAlive(one)))).toEqual([false, true, false])
    expect([await isAlive(others), await isAlive(elsewhere, world.root)]).toEqual([true, true])
    expect(await endOtherSessions(world.mixed, ada.by, null)).toBe(1)
  })

  it('sees browsers that they trust, and forgets their own', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    const inBrowser = (ref: typeof ada.ref, trust: boolean) =>
      withOrganization(world.mixed, (tx) => remember(tx, ada.by, ref, null, { trust }))
    const [trusted, theirs] = [await inBrowser(ada.ref, true), await inBrowser(ben.ref, true)]
    await inBrowser(ada.ref, false)
    expect((await trustedDevices(world.mixed, ada.by)).map(({ id }) => id)).toEqual([trusted.id])
    await expect(forgetOwnDevice(world.mixed, ada.by, theirs.id)).rejects.toThrow('device.unknown')
    await forgetOwnDevice(world.mixed, ada.by, trusted.id)
    expect(await trustedDevices(world.mixed, ada.by)).toEqual([])
    expect(await trustedDevices(world.mixed, ben.by)).toHaveLength(1)
  })

  it('is somebody: a program has no browser', async () => {
    const program: Actor = { kind: 'service', homeId: world.mixed, personId: 'sva_1', grants: [] }
    const refused = [
      ownSessions(world.mixed, program),
      endOwnSession(world.mixed, program, 'ses_1'),
      endOtherSessions(world.mixed, program, null),
      trustedDevices(world.mixed, program),
      forgetOwnDevice(world.mixed, program, 'dev_1'),
    ]
    for (const one of refused) await expect(one).rejects.toThrow('account.not_a_person')
  })
})
