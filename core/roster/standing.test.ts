import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#core/authority/contract'
import { factorsOf, passwordOf, totpOf } from '#core/credentials'
import { reset, signIn } from '#core/login'
import { listed } from '#core/people'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, newestMail, password, person, type World } from '#support/engine'
import { giveFactors } from '#support/factors'
import { acting, member, signedIn, trailOf } from '#support/staff'
import { askForNewPassword, endSessions, look, resetPassword, resetSecondStep, resume, suspend } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  eve = await acting(
    world.own,
    await member({ home: world.own, role: 'people-manager', givenName: 'Eve', familyName: 'Brunner' }),
  )
}, 60_000)
afterEach(() => setClockForTests(0))

describe('a suspension', () => {
  it('ends what is open, everywhere when it comes from home, and nothing comes back with its end', async () => {
    const root = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
    const sofia = await member({ home: world.root, at: world.mixed })
    const [here, there] = [await signedIn(world.root, sofia.ref), await signedIn(world.mixed, sofia.ref)]
    await suspend(world.root, root, sofia.id, { reason: 'lost laptop' })
    expect([await here(), await there()]).toEqual([false, false])
    expect(await withOrganization(world.mixed, (tx) => listed(tx, sofia.id))).toMatchObject({ status: 'suspended' })
    await resume(world.root, root, sofia.id)
    expect([await here(), await there()]).toEqual([false, false])
    expect(await withOrganization(world.mixed, (tx) => listed(tx, sofia.id))).toMatchObject({ status: 'active' })
    expect((await trailOf(world.root, sofia.id)).map(({ action }) => action)).toEqual([
      'person.created',
      'person.suspended',
      'session.all_ended',
      'person.resumed',
    ])
  })

  it('from elsewhere ends the membership there alone', async () => {
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'people-manager' }))
    const sofia = await member({ home: world.root, at: world.mixed })
    const [here, there] = [await signedIn(world.root, sofia.ref), await signedIn(world.mixed, sofia.ref)]
    await suspend(world.mixed, lead, sofia.id, { reason: 'left the project' })
    expect([await here(), await there()]).toEqual([true, false])
    expect((await trailOf(world.mixed, sofia.id)).at(-1)).toMatchObject({ action: 'session.all_ended' })
    expect(await trailOf(world.mixed, sofia.id)).toContainEqual(
      expect.objectContaining({
        action: 'membership.suspended',
        details: { before: { status: 'active' }, after: { status: 'suspended' }, reason: 'left the project' },
      }),
    )
    await resume(world.mixed, lead, sofia.id)
    expect(await there()).toBe(false)
    expect(await look(world.mixed, lead, sofia.id)).toMatchObject({ status: 'active' })
  })

  it('ends sessions without more when only they should end', async () => {
    const ben = await member({ home: world.own })
    const here = await signedIn(world.own, ben.ref)
    await endSessions(world.own, eve, ben.id)
    expect(await here()).toBe(false)
    expect(await look(world.own, eve, ben.id)).toMatchObject({ status: 'active', sessions: [] })
  })
})

describe('a reset', () => {
  const reason = 'phone stolen, called back on the known number'

  it('of a password ends its use and every session; the link goes to the mailbox alone', async () => {
    const ben = await person({ email: 'reset@own.example', home: world.own, memberOf: [world.own] })
    const here = await signedIn(world.own, { homeId: world.own, personId: ben.id })
    const answered = await resetPassword(world.own, eve, ben.id, { reason })
    expect(answered).toBeUndefined()
    expect(await here()).toBe(false)
    const ctx = at(world.own)
    expect((await signIn(ctx, null, { username: ben.email, password })).ticket).toBeUndefined()
    const mail = await newestMail('password-reset-by-administrator')
    expect(mail.to).toEqual({ home: world.own, person: ben.id })
    const trail = await trailOf(world.own, ben.id)
    expect(trail.at(-1)).toMatchObject({ action: 'person.password_reset', by: eve.personId, details: { reason } })
    expect(JSON.stringify([trail, await look(world.own, eve, ben.id)])).not.toContain(mail.ticket)
    setClockForTests(59 * 60_000)
    expect(await reset(ctx, mail.ticket, { new_password: 'velvet-otter-marble-canyon' })).toMatchObject({
      next: '/sign-in',
    })
  })

  it('may be left to its owner: asked for a new password, they choose it when they sign in next', async () => {
    const ben = await person({ email: 'asked@own.example', home: world.own, memberOf: [world.own] })
    const here = await signedIn(world.own, { homeId: world.own, personId: ben.id })
    await askForNewPassword(world.own, eve, ben.id, { reason })
    expect(await here()).toBe(true)
    expect(await look(world.own, eve, ben.id)).toMatchObject({ mustChangePassword: true })
    const [asked] = (await trailOf(world.own, ben.id)).slice(-1)
    expect(asked).toMatchObject({ action: 'person.new_password_asked', by: eve.personId, details: { reason } })
    const ctx = at(world.own)
    const stopped = await signIn(ctx, null, { username: ben.email, password })
    expect(stopped.ticket).toBeUndefined()
    const chosen = { at: '~password', new_password: 'velvet-otter-marble-canyon' }
    expect((await signIn(ctx, stopped.attempt ?? null, chosen)).ticket).toBeDefined()
    expect(await here()).toBe(false)
    expect(await look(world.own, eve, ben.id)).toMatchObject({ mustChangePassword: false })
    const nobody = await member({ home: world.own })
    await expect(askForNewPassword(world.own, eve, nobody.id, { reason })).rejects.toThrow('roster.no_password')
  })

  it('of a second step takes the app away and tells its owner', async () => {
    const ben = await person({ email: 'app@own.example', home: world.own, memberOf: [world.own], totp: true })
    const here = await signedIn(world.own, { homeId: world.own, personId: ben.id })
    await resetSecondStep(world.own, eve, ben.id, { reason })
    expect(await withOrganization(world.own, (tx) => totpOf(tx, ben.id))).toBeNull()
    expect(await withOrganization(world.own, (tx) => passwordOf(tx, ben.id))).not.toBeNull()
    expect(await here()).toBe(false)
    expect((await newestMail('second-step-reset-by-administrator')).to).toEqual({ home: world.own, person: ben.id })
    await expect(resetSecondStep(world.own, eve, ben.id, { reason })).rejects.toThrow('roster.no_second_step')
  })

  it('of a second step takes everything that is one; passkeys stay unless they are to go as well', async () => {
    const ben = await person({ email: 'all@own.example', home: world.own, memberOf: [world.own], totp: true })
    await withOrganization(world.own, (tx) => giveFactors(tx, ben.id))
    expect((await look(world.own, eve, ben.id)).secondStepAddedAt).toBeInstanceOf(Date)
    await resetSecondStep(world.own, eve, ben.id, { reason })
    const left = () => withOrganization(world.own, (tx) => factorsOf(tx, ben.id))
    expect(await left()).toMatchObject({ password: {}, passkeys: [{}], totp: null, phones: [], recoveryCodesLeft: 0 })
    expect((await look(world.own, eve, ben.id)).secondStepAddedAt).toBeNull()
    await resetSecondStep(world.own, eve, ben.id, { reason, passkeys: true })
    expect((await left()).passkeys).toEqual([])
    const resets = (await trailOf(world.own, ben.id)).filter(({ action }) => action === 'person.second_step_reset')
    expect(resets.map(({ details }) => details)).toMatchObject([
      { ended: ['totp', 'phone', 'recovery'], reason },
      { ended: ['passkey'], reason },
    ])
  })

  it('asks for a reason, and comes from home', async () => {
    const ben = await member({ home: world.own })
    for (const why of ['', '  ', 'x'.repeat(501), 'a\u202eb', 'two\nlines']) {
      await expect(resetPassword(world.own, eve, ben.id, { reason: why }), why).rejects.toThrow('roster.invalid')
    }
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    const sofia = await member({ home: world.root, at: world.mixed })
    await expect(resetPassword(world.mixed, lead, sofia.id, { reason })).rejects.toThrow('roster.lives_elsewhere')
    await expect(resetSecondStep(world.mixed, lead, sofia.id, { reason })).rejects.toThrow('roster.lives_elsewhere')
  })

  it('is not sent to somebody without end', async () => {
    const ben = await member({ home: world.own })
    for (let turn = 0; turn < 5; turn += 1) await resetPassword(world.own, eve, ben.id, { reason })
    await expect(resetPassword(world.own, eve, ben.id, { reason })).rejects.toThrow('roster.too_many_tries')
  })
})
