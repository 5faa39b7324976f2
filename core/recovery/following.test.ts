import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { signIn } from '#core/login'
import { readAgain, update } from '#core/organizations'
import { find, setStatus } from '#core/people'
import { remove } from '#core/roster'
import { look as lookAtTicket } from '#core/tickets'
import { hours, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, mails, password, type World } from '#support/engine'
import { approvedAt, codeFor, hasApp, lost, mailTo } from '#support/recovering'
import { signedIn, trailOf } from '#support/staff'
import { cancel, complete, confirm, lookAtCancel, lookAtFactor, openOf, sendDue } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const cancelLink = async (personId: string) => (await mailTo('recovery-requested', personId))?.ticket ?? ''
const factorLink = async (personId: string) => (await mailTo('recovery-ready', personId))?.ticket ?? ''
const waitOver = async () => {
  setClockForTests(hours(24) + minutes(1))
  await sendDue()
}
/** Approved, waited for, and the link has come. */
const ready = async (home = world.own, met = home) => {
  const ada = await lost(home, home === met ? {} : { memberOf: met })
  await approvedAt(met, ada)
  await waitOver()
  return { ada, link: await factorLink(ada.id) }
}

describe('the link that removes a second step', () => {
  it('comes when the wait is over, and not before', async () => {
    const ada = await lost(world.own)
    await approvedAt(world.own, ada)
    await sendDue()
    expect(await factorLink(ada.id)).toBe('')
    setClockForTests(hours(24) - minutes(1))
    await sendDue()
    expect(await factorLink(ada.id)).toBe('')
    setClockForTests(hours(24) + minutes(1))
    await Promise.all([sendDue(), sendDue()])
    await sendDue()
    const sent = (await mails()).filter(({ template, to }) => template === 'recovery-ready' && to.person === ada.id)
    expect(sent).toHaveLength(1)
    expect((await trailOf(world.own, ada.id)).at(-1)?.action).toBe('recovery.link_sent')
  })

  it('comes at once where the organization wants no wait', async () => {
    await withPlatform((tx) => update(tx, systemActor, world.closed, { security: { recoveryWaitHours: 0 } }))
    await readAgain(world.closed)
    const ada = await lost(world.closed)
    await approvedAt(world.closed, ada)
    expect(await confirm(at(world.closed), await factorLink(ada.id), { password })).toMatchObject({ id: ada.id })
    expect(await hasApp(ada.ref)).toBe(false)
  })

  it('with the password removes it, ends every session, and signs nobody in', async () => {
    const { ada, link } = await ready()
    const isSignedIn = await signedIn(world.own, ada.ref)
    expect(await lookAtFactor(at(world.own), link)).toMatchObject({ state: 'valid', email: ada.email })
    await confirm(at(world.own), link, { password })
    expect(await hasApp(ada.ref)).toBe(false)
    expect(await isSignedIn()).toBe(false)
    expect((await mailTo('second-step-removed', ada.id))?.ticket).toMatch(/^[\w-]{43}$/)
    expect((await trailOf(world.own, ada.id)).map(({ action }) => action)).toContain('recovery.completed')
    expect((await lookAtFactor(at(world.own), link)).state).toBe('used')
    expect((await lookAtCancel(at(world.own), await cancelLink(ada.id))).state).toBe('used')
    const { ticket } = await signIn(at(world.own), null, { username: ada.email, password })
    expect(ticket).toBeDefined()
  })

  it('is asked for again at signing in where the organization requires one', async () => {
    const { ada, link } = await ready(world.strict)
    await confirm(at(world.strict), link, { password })
    expect(await signIn(at(world.strict), null, { username: ada.email, password })).toMatchObject({ next: '/mfa' })
  })

  it('alone is worth nothing, and does not let anybody guess', async () => {
    const { ada, link } = await ready()
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await codeFor(confirm(at(world.own), link, { password: `guess number ${guess}` }))).toBe('password.wrong')
    }
    expect(await codeFor(confirm(at(world.own), link, { password }))).toBe('login.too_many_tries')
    expect(await codeFor(confirm(at(world.own), link, {}))).toBe('input.missing')
    expect(await codeFor(confirm(at(world.own), link, { password: ['a', 'b'] }))).toBe('input.invalid')
    expect(await hasApp(ada.ref)).toBe(true)
    setClockForTests(hours(24) + minutes(17))
    await confirm(at(world.own), link, { password })
    expect(await hasApp(ada.ref)).toBe(false)
  })

  it('used 50 times at the same moment works once', async () => {
    const { ada, link } = await ready()
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeFor(complete(at(world.own), link))))
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set([null, 'recovery.link_over']))
    const done = (await trailOf(world.own, ada.id)).filter(({ action }) => action === 'recovery.completed')
    expect(done).toHaveLength(1)
  })

  it('is over after a day', async () => {
    const { ada, link } = await ready()
    setClockForTests(hours(48) + minutes(2))
    expect((await lookAtFactor(at(world.own), link)).state).toBe('expired')
    expect(await codeFor(confirm(at(world.own), link, { password }))).toBe('recovery.link_over')
    expect(await hasApp(ada.ref)).toBe(true)
  })

  it.each([
    ['none', null],
    ['one that was made up', 'A'.repeat(43)],
  ])('is no use when there is %s', async (_what, link) => {
    expect((await lookAtFactor(at(world.own), link)).state).toBe('unknown')
    expect((await lookAtCancel(at(world.own), link)).state).toBe('unknown')
    expect(await codeFor(confirm(at(world.own), link, { password }))).toBe('recovery.link_over')
    expect(await codeFor(cancel(at(world.own), link))).toBe('recovery.link_over')
  })

  it('opens nothing at another organization, and is not one of the other kind', async () => {
    const { ada, link } = await ready()
    expect((await lookAtFactor(at(world.mixed), link)).state).toBe('unknown')
    expect(await codeFor(complete(at(world.mixed), link))).toBe('recovery.link_over')
    expect(await codeFor(complete(at(world.own), await cancelLink(ada.id)))).toBe('recovery.link_over')
    expect(await codeFor(cancel(at(world.own), link))).toBe('recovery.link_over')
    expect(await hasApp(ada.ref)).toBe(true)
  })

  it('is opened where somebody asked, and works at their home', async () => {
    const { ada, link } = await ready(world.root, world.mixed)
    expect((await lookAtFactor(at(world.root), link)).state).toBe('unknown')
    const isSignedIn = await signedIn(world.mixed, ada.ref)
    await confirm(at(world.mixed), link, { password })
    expect(await hasApp(ada.ref)).toBe(false)
    expect(await isSignedIn()).toBe(false)
  })

  it('is nobody’s who is suspended or gone by then', async () => {
    const [one, other] = [await ready(), await ready()]
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, one.ada.id, 'suspended'))
    expect((await lookAtFactor(at(world.own), one.link)).state).toBe('unknown')
    expect(await codeFor(complete(at(world.own), one.link))).toBe('recovery.link_over')
    await remove(world.own, systemActor, other.ada.id)
    expect(await withOrganization(world.own, (tx) => find(tx, other.ada.id))).toBeNull()
    expect(await withOrganization(world.own, (tx) => openOf(tx, other.ada.id))).toBeNull()
    expect(await codeFor(complete(at(world.own), other.link))).toBe('recovery.link_over')
  })

  it('is not sent to whoever was suspended during the wait', async () => {
    const ada = await lost(world.own)
    await approvedAt(world.own, ada)
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, ada.id, 'suspended'))
    await waitOver()
    expect(await factorLink(ada.id)).toBe('')
  })
})

describe('the link that ends it', () => {
  it('ends it while it waits, and after it was approved: no link comes', async () => {
    const ada = await lost(world.own)
    await approvedAt(world.own, ada)
    const link = await cancelLink(ada.id)
    expect(await lookAtCancel(at(world.own), link)).toMatchObject({ state: 'valid', email: ada.email })
    await cancel(at(world.own), link)
    expect(await mailTo('recovery-cancelled', ada.id)).toBeDefined()
    await waitOver()
    expect(await factorLink(ada.id)).toBe('')
    expect((await lookAtCancel(at(world.own), link)).state).toBe('cancelled')
    expect(await hasApp(ada.ref)).toBe(true)
  })

  it('of either mail ends it when the other link has come already', async () => {
    const { ada, link } = await ready()
    const later = (await mailTo('recovery-approved', ada.id))?.ticket ?? ''
    expect(later).not.toBe(await cancelLink(ada.id))
    await cancel(at(world.own), later)
    expect((await lookAtFactor(at(world.own), link)).state).toBe('cancelled')
    expect(await codeFor(confirm(at(world.own), link, { password }))).toBe('recovery.link_over')
    const ticket = await withOrganization(world.own, (tx) => lookAtTicket(tx, 'recover-second-step', link))
    expect(ticket?.state).toBe('used')
  })

  it('used 50 times at the same moment ends it once', async () => {
    const ada = await lost(world.own)
    await approvedAt(world.own, ada)
    const link = await cancelLink(ada.id)
    const codes = await Promise.all(Array.from({ length: 50 }, () => codeFor(cancel(at(world.own), link))))
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set([null, 'recovery.link_over']))
    const sent = (await mails()).filter(({ template, to }) => template === 'recovery-cancelled' && to.person === ada.id)
    expect(sent).toHaveLength(1)
  })

  it('and the one that completes it at the same moment: one of them wins', async () => {
    const { ada, link } = await ready()
    const codes = await Promise.all([
      codeFor(complete(at(world.own), link)),
      codeFor(cancel(at(world.own), await cancelLink(ada.id))),
    ])
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(await hasApp(ada.ref)).toBe(codes[0] !== null)
  })

  it('changes nothing when it is looked at', async () => {
    const ada = await lost(world.own)
    await approvedAt(world.own, ada)
    const link = await cancelLink(ada.id)
    for (let time = 0; time < 5; time += 1) await lookAtCancel(at(world.own), link)
    expect((await withOrganization(world.own, (tx) => openOf(tx, ada.id)))?.status).toBe('approved')
  })
})
