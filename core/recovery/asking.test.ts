import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { setStatus, updateProfile, verifyPhone } from '#core/people'
import { days, hours, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, mails, type World } from '#support/engine'
import { codeFor, lost, mailTo } from '#support/recovering'
import { acting, member, trailOf } from '#support/staff'
import { ask, list, openOf, tidy } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

describe('asking for help', () => {
  it('is written down, told to whoever asked, with a link that ends it, and to those who may decide', async () => {
    const manager = await member({ home: world.own, role: 'people-manager' })
    const plain = await member({ home: world.own, role: 'auditor' })
    const ada = await lost(world.own)
    const { request, isNew } = await ask(at(world.own), ada.ref, { reason: '  My phone\nwas stolen ' })
    expect(isNew).toBe(true)
    expect(request).toMatchObject({ status: 'waiting', reason: 'My phone was stolen', readyAt: null })
    expect((await mailTo('recovery-requested', ada.id))?.ticket).toMatch(/^[\w-]{43}$/)
    expect(await mailTo('recovery-request-for-administrators', manager.id)).toBeDefined()
    expect(await mailTo('recovery-request-for-administrators', plain.id)).toBeUndefined()
    expect(await mailTo('recovery-request-for-administrators', ada.id)).toBeUndefined()
    expect((await trailOf(world.own, ada.id)).at(-1)).toMatchObject({ action: 'recovery.asked', by: ada.id })
    const { requests } = await list(world.own, await acting(world.own, manager), { status: 'waiting' })
    expect(requests[0]).toMatchObject({ id: request.id, canDecide: true, person: { email: ada.email } })
  })

  it('is told to a phone that is theirs as well, and to none that is only written down', async () => {
    const [proven, written] = [await lost(world.own), await lost(world.own)]
    await withOrganization(world.own, async (tx) => {
      await verifyPhone(tx, systemActor, proven.id, '+41795550142')
      await updateProfile(tx, systemActor, written.id, { phone: '+41795550143' }, written.version)
    })
    const texted = async () => (await mails()).filter(({ template }) => template === 'sms.security-notice').length
    const before = await texted()
    await ask(at(world.own), written.ref, { reason: 'Lost it' })
    expect(await texted()).toBe(before)
    await ask(at(world.own), proven.ref, { reason: 'Lost it' })
    expect(await texted()).toBe(before + 1)
  })

  it('twice is asking once, also at the same moment', async () => {
    const ada = await lost(world.own)
    const asked = await Promise.all(Array.from({ length: 3 }, () => ask(at(world.own), ada.ref, { reason: 'Lost it' })))
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(asked.map(({ request }) => request.id)).size).toBe(1)
    expect((await ask(at(world.own), ada.ref, { reason: 'Again' })).isNew).toBe(false)
    const sent = (await mails()).filter(({ template, to }) => template === 'recovery-requested' && to.person === ada.id)
    expect(sent).toHaveLength(1)
  })

  it('tells those above who reach down where nobody at home may decide', async () => {
    const far = await member({ home: world.root, role: 'owner' })
    const above = await member({ home: world.root, role: 'owner', reach: 'subtree' })
    const ada = await lost(world.closed)
    await ask(at(world.closed), ada.ref, { reason: 'Lost it' })
    expect(await mailTo('recovery-request-for-administrators', above.id)).toBeDefined()
    expect(await mailTo('recovery-request-for-administrators', far.id)).toBeUndefined()
  })

  it.each([
    ['nothing', '   ', 'recovery.invalid'],
    ['a novel', 'x'.repeat(501), 'recovery.invalid'],
    ['markup', '<b>now</b>', 'recovery.invalid'],
    ['a right-to-left override', 'a\u202eb', 'recovery.invalid'],
  ])('with %s is refused', async (_what, reason, code) => {
    const ada = await lost(world.own)
    expect(await codeFor(ask(at(world.own), ada.ref, { reason }))).toBe(code)
    expect(await withOrganization(world.own, (tx) => openOf(tx, ada.id))).toBeNull()
  })

  it('is nothing for somebody who is suspended, or gone', async () => {
    const ada = await lost(world.own)
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, ada.id, 'suspended'))
    expect(await codeFor(ask(at(world.own), ada.ref, { reason: 'Lost it' }))).toBe('recovery.not_active')
    const nobody = { homeId: world.own, personId: 'per_nobody' }
    expect(await codeFor(ask(at(world.own), nobody, { reason: 'Lost it' }))).toBe('recovery.not_active')
  })

  it('is over after a week in which nobody decided, and may be asked again', async () => {
    const ada = await lost(world.own)
    const { request } = await ask(at(world.own), ada.ref, { reason: 'Lost it' })
    setClockForTests(days(7) + 1000)
    expect(await withOrganization(world.own, (tx) => openOf(tx, ada.id))).toBeNull()
    const again = await ask(at(world.own), ada.ref, { reason: 'Lost it still' })
    expect(again).toMatchObject({ isNew: true })
    expect(again.request.id).not.toBe(request.id)
    expect((await trailOf(world.own, ada.id)).map(({ action }) => action)).toContain('recovery.expired')
    setClockForTests(days(200))
    await withOrganization(world.own, tidy)
    const manager = await acting(world.own, await member({ home: world.own, role: 'owner' }))
    const left = (await list(world.own, manager)).requests.filter(({ personId }) => personId === ada.id)
    expect(left.map(({ status }) => status)).toEqual(['expired'])
  })

  it('is bound: three times a day', async () => {
    const ada = await lost(world.own)
    for (let time = 0; time < 3; time += 1) {
      await ask(at(world.own), ada.ref, { reason: 'Lost it' })
      await withOrganization(world.own, (tx) =>
        tx.sql
          .withTables<{ recovery_requests: { status: string; person_id: string } }>()
          .updateTable('recovery_requests')
          .set({ status: 'cancelled' })
          .where('person_id', '=', ada.id)
          .execute(),
      )
    }
    expect(await codeFor(ask(at(world.own), ada.ref, { reason: 'Lost it' }))).toBe('recovery.too_many_tries')
    setClockForTests(hours(24) + 1000)
    expect((await ask(at(world.own), ada.ref, { reason: 'Lost it' })).isNew).toBe(true)
  })
})
