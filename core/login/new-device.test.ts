// Where a sign-in ends: the browser is known from then on, and whoever has never used it here is told.

import { beforeAll, describe, expect, it } from 'vitest'
import { lookAtDevice } from '#core/devices'
import { look } from '#core/sessions'
import { fail } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { at, buildWorld, mails, password, person, type World } from '#support/engine'
import { exchange, signIn } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

let count = 0
const somebody = async () => {
  count += 1
  const { id, email } = await person({ email: `new${count}@root.example`, home: world.root, memberOf: [world.mixed] })
  return { ref: { homeId: world.root, personId: id }, email }
}
const enterWith = async (email: string, device: string | null, organizationId = world.mixed) => {
  const ctx = at(organizationId, '198.51.100.23')
  const { ticket = '' } = await signIn(ctx, null, { username: email, password })
  return (await exchange(ctx, ticket, device)) ?? fail('session.unknown')
}
const warnings = async (personId: string) =>
  (await mails()).filter(({ template, to }) => template === 'new-device' && to.person === personId).length

describe('a sign-in', () => {
  it('leaves a browser that is known, with a session that lives in it', async () => {
    const { ref, email } = await somebody()
    const { secret, device } = await enterWith(email, null)
    const known = await lookAtDevice(world.mixed, ref, device)
    expect(known).toMatchObject({ isTrusted: false })
    expect(await look(world.mixed, secret)).toMatchObject({ deviceId: known?.id })
    expect((await enterWith(email, device)).device).toBe(device)
  })

  it('warns of a browser that somebody has never used here, but not of their first', async () => {
    const { ref, email } = await somebody()
    const { device } = await enterWith(email, null)
    expect(await warnings(ref.personId)).toBe(0)
    await enterWith(email, device)
    expect(await warnings(ref.personId)).toBe(0)
    await enterWith(email, null)
    expect(await warnings(ref.personId)).toBe(1)
  })

  it('warns also where the browser is known of somebody else, or of another organization', async () => {
    const [ada, ben] = [await somebody(), await somebody()]
    await enterWith(ada.email, null)
    const { device } = await enterWith(ben.email, null)
    await enterWith(ada.email, device)
    expect(await warnings(ada.ref.personId)).toBe(1)
    await enterWith(ben.email, null, world.root)
    const elsewhere = await enterWith(ben.email, null, world.root)
    expect(await warnings(ben.ref.personId)).toBe(1)
    await enterWith(ben.email, elsewhere.device)
    expect(await warnings(ben.ref.personId)).toBe(2)
  })

  it('that is refused leaves nothing and warns of nothing', async () => {
    const { ref, email } = await somebody()
    const { device } = await enterWith(email, null)
    const ctx = at(world.mixed)
    const { ticket = '' } = await signIn(ctx, null, { username: email, password })
    await exchange(ctx, ticket, device)
    expect(await exchange(ctx, ticket, null)).toBeNull()
    await signIn(ctx, null, { username: email, password: 'wrong wrong wrong' })
    expect(await warnings(ref.personId)).toBe(0)
  })
})
