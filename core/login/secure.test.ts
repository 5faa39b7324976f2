// "This wasn't me": what the link of a notice ends, and for whom it ends nothing.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { list } from '#core/audit'
import { systemActor } from '#core/authority'
import { addTotp, makeRecoveryCodes, newTotpSecret, passwordOf, recoveryCodesLeft, totpOf } from '#core/credentials'
import { lookAtDevice, remember } from '#core/devices'
import { noticeWithWayOut } from '#core/outbox'
import type { NoticeData } from '#core/outbox/contract'
import { setStatus } from '#core/people'
import type { Person } from '#core/people/contract'
import { look } from '#core/sessions'
import { days, minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import type { LoginContext } from './contract.ts'
import { lookAtReset, lookAtSecure, reset, secureAccount, signIn } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

let people = 0
const somebody = (home: string, memberOf: string[] = []) => {
  people += 1
  return person({ email: `somebody${people}@own.example`, home, memberOf })
}
/** A notice to somebody, at an organization where they are met; answers the secret of its link. */
const noticed = async ({ id, homeId }: Person, ctx: LoginContext, data: NoticeData = {}): Promise<string> => {
  await withOrganization(homeId, (tx) => noticeWithWayOut(tx, ctx, 'new-device', id, data))
  return (await newestMail('new-device')).ticket
}
const signedIn = async (organizationId: string, { email }: Person) => {
  const ctx = at(organizationId)
  return enter(ctx, await signIn(ctx, null, { username: email, password }))
}
const trailOf = (homeId: string, targetId: string) =>
  withOrganization(homeId, (tx) => list(tx, systemActor, [], { targetId, limit: 50 }))

describe('the link of a notice', () => {
  it('does nothing by being opened, however often', async () => {
    const ada = await somebody(world.own)
    const ctx = at(world.own)
    const link = await noticed(ada, ctx)
    const { secret } = await signedIn(world.own, ada)
    for (let count = 0; count < 5; count += 1)
      expect(await lookAtSecure(at(world.own), link)).toEqual({ state: 'valid', email: ada.email })
    expect(await look(world.own, secret)).not.toBeNull()
  })

  it('ends every session everywhere, trust, and the password, and sends a link to choose the next one', async () => {
    const sofia = await somebody(world.root, [world.mixed, world.central])
    const ref = { homeId: world.root, personId: sofia.id }
    const sessions = []
    for (const id of [world.root, world.mixed, world.central]) sessions.push([id, await signedIn(id, sofia)] as const)
    const { secret: device } = await withOrganization(world.mixed, (tx) =>
      remember(tx, at(world.mixed).by, ref, null, { trust: true }),
    )
    expect(await lookAtDevice(world.mixed, ref, device)).toMatchObject({ isTrusted: true })
    const link = await noticed(sofia, at(world.mixed))
    expect(await secureAccount(at(world.mixed), link)).toEqual({ next: '/secure' })
    for (const [id, { secret }] of sessions) expect(await look(id, secret)).toBeNull()
    expect(await lookAtDevice(world.mixed, ref, device)).toMatchObject({ isTrusted: false })
    expect(await withOrganization(world.root, (tx) => passwordOf(tx, sofia.id))).toBeNull()
    expect((await signIn(at(world.root), null, { username: sofia.email, password })).ticket).toBeUndefined()
    const mail = await newestMail('account-secured')
    expect(mail.to).toEqual({ home: world.root, person: sofia.id })
    expect(await lookAtReset(at(world.root), mail.ticket)).toMatchObject({ state: 'valid' })
    const next = 'velvet-otter-marble-canyon'
    expect(await reset(at(world.root), mail.ticket, { new_password: next })).toMatchObject({ next: '/sign-in' })
    expect((await signIn(at(world.root), null, { username: sofia.email, password: next })).ticket).toBeDefined()
    expect(await lookAtSecure(at(world.mixed), link)).toEqual({ state: 'used' })
  })

  it('is written down with what it followed from', async () => {
    const ada = await somebody(world.own)
    await secureAccount(at(world.own), await noticed(ada, at(world.own)))
    const { records } = await trailOf(world.own, ada.id)
    expect(records.map(({ action }) => action)).toEqual(expect.arrayContaining(['account.secured', 'password.ended']))
    expect(records.find(({ action }) => action === 'account.secured')).toMatchObject({
      actor: { kind: 'person', id: ada.id },
      details: { notice: 'new-device' },
    })
  })

  it('takes away what the notice told of as added, and nothing else', async () => {
    const ada = await somebody(world.own)
    const ctx = at(world.own)
    const secret = newTotpSecret()
    const link = await withOrganization(world.own, async (tx) => {
      await addTotp(tx, ctx.by, ada.id, secret, codeOf(secret))
      await noticeWithWayOut(tx, ctx, 'second-step-added', ada.id, { added: { kind: 'totp' } })
    }).then(async () => (await newestMail('second-step-added')).ticket)
    const ben = await somebody(world.own)
    const other = newTotpSecret()
    await withOrganization(world.own, (tx) => addTotp(tx, ctx.by, ben.id, other, codeOf(other)))
    await secureAccount(ctx, await noticed(ben, ctx))
    await secureAccount(ctx, link)
    const apps = await withOrganization(world.own, async (tx) => [await totpOf(tx, ada.id), await totpOf(tx, ben.id)])
    expect(apps).toMatchObject([null, { addedAt: expect.any(Date) }])
  })

  it('leaves an app alone that was set up after it', async () => {
    const ada = await somebody(world.own)
    const link = await noticed(ada, at(world.own), { added: { kind: 'totp' } })
    setClockForTests(minutes(5))
    const secret = newTotpSecret()
    await withOrganization(world.own, (tx) => addTotp(tx, at(world.own).by, ada.id, secret, codeOf(secret)))
    await secureAccount(at(world.own), link)
    expect(await withOrganization(world.own, (tx) => totpOf(tx, ada.id))).not.toBeNull()
  })

  it('ends recovery codes that somebody else may have copied', async () => {
    const ada = await somebody(world.own)
    const codes = await withOrganization(world.own, (tx) => makeRecoveryCodes(tx, at(world.own).by, ada.id))
    expect(codes.length).toBeGreaterThan(0)
    await secureAccount(at(world.own), await noticed(ada, at(world.own), { added: { kind: 'recovery' } }))
    expect(await withOrganization(world.own, (tx) => recoveryCodesLeft(tx, ada.id))).toBe(0)
  })
})

describe('a link that is worth nothing', () => {
  const endsNothing = async (ctx: LoginContext, link: string | null, ada: Person, homeId = world.own) => {
    expect(await secureAccount(ctx, link)).toEqual({ next: '/secure' })
    expect(await withOrganization(homeId, (tx) => passwordOf(tx, ada.id))).not.toBeNull()
  }

  it('is one of a week ago', async () => {
    const ada = await somebody(world.own)
    const link = await noticed(ada, at(world.own))
    setClockForTests(days(7) - minutes(1))
    expect(await lookAtSecure(at(world.own), link)).toMatchObject({ state: 'valid' })
    setClockForTests(days(7))
    expect(await lookAtSecure(at(world.own), link)).toEqual({ state: 'expired' })
    await endsNothing(at(world.own), link, ada)
  })

  it('is one of another organization, though its people live in the same place', async () => {
    const ada = await somebody(world.own)
    const link = await noticed(ada, at(world.own))
    expect(await lookAtSecure(at(world.strict), link)).toEqual({ state: 'unknown' })
    await endsNothing(at(world.strict), link, ada)
    const sofia = await somebody(world.root, [world.mixed, world.central])
    const shared = await noticed(sofia, at(world.mixed))
    expect(await lookAtSecure(at(world.central), shared)).toEqual({ state: 'unknown' })
    await endsNothing(at(world.central), shared, sofia, world.root)
    expect(await lookAtSecure(at(world.mixed), shared)).toMatchObject({ state: 'valid' })
  })

  it('is one that somebody has made up, or of another purpose', async () => {
    const ada = await somebody(world.own)
    const link = await noticed(ada, at(world.own))
    expect(await lookAtSecure(at(world.own), `${link}x`)).toEqual({ state: 'unknown' })
    expect(await lookAtReset(at(world.own), link)).toEqual({ state: 'unknown' })
    await endsNothing(at(world.own), `${link}x`, ada)
    await endsNothing(at(world.own), null, ada)
  })

  it('is one of somebody who is suspended', async () => {
    const ada = await somebody(world.own)
    const link = await noticed(ada, at(world.own))
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, ada.id, 'suspended'))
    expect(await lookAtSecure(at(world.own), link)).toEqual({ state: 'unknown' })
    await endsNothing(at(world.own), link, ada)
  })

  it('is every other one, once one was used', async () => {
    const ada = await somebody(world.own)
    const [first, second] = [await noticed(ada, at(world.own)), await noticed(ada, at(world.own))]
    await secureAccount(at(world.own), first)
    const mail = await newestMail('account-secured')
    await reset(at(world.own), mail.ticket, { new_password: 'velvet-otter-marble-canyon' })
    expect(await lookAtSecure(at(world.own), second)).toEqual({ state: 'used' })
    await endsNothing(at(world.own), second, ada)
    await endsNothing(at(world.own), first, ada)
  })
})

it('of fifty presses at the same moment, one counts', async () => {
  const ada = await somebody(world.own)
  const link = await noticed(ada, at(world.own))
  const before = (await mails()).length
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => secureAccount(at(world.own), link)))
  expect(outcomes).toEqual(Array(50).fill({ next: '/secure' }))
  expect((await mails()).length).toBe(before + 1)
  const { records } = await trailOf(world.own, ada.id)
  expect(records.filter(({ action }) => action === 'account.secured')).toHaveLength(1)
})
