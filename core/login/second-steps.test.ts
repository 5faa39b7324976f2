// The second step on the engine: whichever one somebody has, another way to it, and what never gets around it.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import {
  addPhone,
  hashPassword,
  makeRecoveryCodes,
  passwordOf,
  recoveryCodesLeft,
  setPassword,
} from '#core/credentials'
import { readyMade } from '#core/flows'
import type { Flow } from '#core/flows/contract'
import { changeKind, findMembership } from '#core/people'
import { days, minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import { withPasskey } from '#support/passkey-sign-in'
import { settle, walkBy } from '#support/walking'
import type { LoginContext } from './contract.ts'
import { exchange, secondStep, signIn, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

let count = 0
const somebody = async (home = world.own, totp = true) => {
  count += 1
  return person({ email: `second${count}@own.example`, home, totp })
}
const withCodes = async () => {
  const made = await somebody()
  const codes = await withOrganization(world.own, (tx) => makeRecoveryCodes(tx, by, made.id))
  return { ...made, codes }
}
const proven = async (email: string, ctx: LoginContext = at(world.own)) => {
  const { attempt, ticket } = await signIn(ctx, null, { username: email, password })
  return { ctx, secret: attempt ?? '', ticket }
}
const place = async (ctx: LoginContext, secret: string) => (await view(ctx, secret, 'sign-in'))?.place ?? null
const failure = async (ctx: LoginContext, secret: string) => (await view(ctx, secret, 'sign-in'))?.failure?.code ?? null

describe('another way to the second step', () => {
  it('is offered for whatever somebody has, and help is always among them', async () => {
    const { email } = await withCodes()
    const { ctx, secret } = await proven(email)
    const shown = await place(ctx, secret)
    expect(shown).toMatchObject({ step: 'totp', at: '~second/totp', page: '/mfa', isSecond: true, trustDays: 30 })
    expect(shown?.ways.map(({ step }) => step)).toEqual(['recovery-code', 'help'])
    expect(await secondStep(ctx, secret, { way: '~second/recovery-code' })).toEqual({ next: '/mfa' })
    expect(await place(ctx, secret)).toMatchObject({ step: 'recovery-code', codesLeft: 10 })
    await secondStep(ctx, secret, { way: '~second/totp' })
    expect(await place(ctx, secret)).toMatchObject({ step: 'totp' })
  })

  it('is none that was not offered: nobody sets a new one up who has one', async () => {
    const { email } = await somebody()
    const { ctx, secret } = await proven(email)
    for (const way of ['~second/enrol', '~second/sms-code', '~second/passkey', '~trusted', 'password', 'end', '']) {
      expect(await secondStep(ctx, secret, { way })).toEqual({ next: '/mfa' })
      expect(await place(ctx, secret)).toMatchObject({ step: 'totp' })
    }
  })

  it('may be a code on paper, which works once and is told of by mail', async () => {
    const { id, email, codes } = await withCodes()
    const { ctx, secret } = await proven(email)
    await secondStep(ctx, secret, { way: '~second/recovery-code' })
    const answer = { at: '~second/recovery-code', code: codes[0]?.toUpperCase().replaceAll('-', ' '), trust: 'on' }
    const { session } = await enter(ctx, await secondStep(ctx, secret, answer))
    expect(session.methods).toEqual(['pwd', 'kba'])
    expect(await withOrganization(world.own, (tx) => recoveryCodesLeft(tx, id))).toBe(9)
    expect((await mails()).some(({ template, to }) => template === 'recovery-code-used' && to.person === id)).toBe(true)
    const again = await proven(email)
    await secondStep(again.ctx, again.secret, { way: '~second/recovery-code' })
    await secondStep(again.ctx, again.secret, answer)
    expect(await failure(again.ctx, again.secret)).toBe('recovery_code.wrong')
  })

  it('lets one in of fifty who bring one code on paper at the same moment, each in an attempt of their own', async () => {
    const { email, codes } = await withCodes()
    const tries = []
    for (let turn = 0; turn < 8; turn += 1) {
      const { ctx, secret } = await proven(email)
      await secondStep(ctx, secret, { way: '~second/recovery-code' })
      tries.push(...Array.from({ length: 6 }, () => ({ ctx, secret })))
    }
    const code = codes[0]
    const all = await Promise.all(
      tries.map(({ ctx, secret }) => secondStep(ctx, secret, { at: '~second/recovery-code', code })),
    )
    expect(all.filter(({ ticket }) => ticket)).toHaveLength(1)
  })

  it('asks people for help, and lets nobody in by it', async () => {
    const { id, email } = await somebody()
    const { ctx, secret } = await proven(email)
    await secondStep(ctx, secret, { way: '~second/help' })
    expect(await place(ctx, secret)).toMatchObject({ step: 'help' })
    await secondStep(ctx, secret, { at: '~second/help' })
    expect(await failure(ctx, secret)).toBe('input.missing')
    const outcome = await secondStep(ctx, secret, { at: '~second/help', reason: 'My phone fell into the lake' })
    expect(outcome).toEqual({ next: '/sign-in', attempt: null, notice: 'recovery_asked' })
    expect((await mails()).some(({ template, to }) => template === 'recovery-requested' && to.person === id)).toBe(true)
    expect((await secondStep(ctx, secret, { code: '000000' })).ticket).toBeUndefined()
  })
})

describe('a code by text message', () => {
  it('goes to the phone that was set up, is worth something in this attempt, once', async () => {
    const { id, email } = await somebody(world.own, false)
    await withOrganization(world.own, (tx) => addPhone(tx, by, id, '+49 1512 3456767'))
    const { ctx, secret } = await proven(email)
    expect(await place(ctx, secret)).toMatchObject({ step: 'sms-code', sentTo: '+49 ••• ••67' })
    const sent = await newestMail('sms.sign-in-code')
    expect(sent.decoy).toBe(false)
    const wrong = sent.code === '000000' ? '000001' : '000000'
    await secondStep(ctx, secret, { code: wrong })
    expect(await failure(ctx, secret)).toBe('ticket.wrong_code')
    const other = await proven(email)
    expect((await secondStep(other.ctx, other.secret, { code: sent.code })).ticket).toBeUndefined()
    const all = await Promise.all(Array.from({ length: 4 }, () => secondStep(ctx, secret, { code: sent.code })))
    const [winner, ...others] = all.filter(({ ticket }) => ticket)
    expect(others).toEqual([])
    const { session } = await enter(ctx, winner ?? { next: '' })
    expect(session.methods).toEqual(['pwd', 'sms'])
  })
})

describe('a trusted browser', () => {
  const trusting = async (email: string, totpSecret: string, code = 0) => {
    const { ctx, secret } = await proven(email)
    const { ticket = '' } = await secondStep(ctx, secret, { code: codeOf(totpSecret, code), trust: 'on' })
    return (await exchange(ctx, ticket))?.device ?? ''
  }
  const asIn = (device: string): LoginContext => ({ ...at(world.own), browser: { device } })

  it('spares its own person the second step, for as long as the organization allows', async () => {
    const { email, totpSecret } = await somebody()
    const device = await trusting(email, totpSecret)
    const spared = await signIn(asIn(device), null, { username: email, password })
    const { session } = await enter(at(world.own), spared)
    expect(session.methods).toEqual(['pwd', 'device'])
    setClockForTests(days(31))
    expect((await signIn(asIn(device), null, { username: email, password })).next).toBe('/mfa')
  })

  it('spares nobody else, and nobody after a new password', async () => {
    const { id, email, totpSecret } = await somebody()
    const device = await trusting(email, totpSecret)
    const other = await somebody()
    expect((await signIn(asIn(device), null, { username: other.email, password })).next).toBe('/mfa')
    await withOrganization(world.own, async (tx) => {
      await setPassword(tx, by, id, (await passwordOf(tx, id))?.hash ?? '', 'test')
    })
    expect((await signIn(asIn(device), null, { username: email, password })).next).toBe('/mfa')
  })

  it('is none where the organization allows none, and not for a flow that always asks', async () => {
    const { email, totpSecret } = await somebody()
    const device = await trusting(email, totpSecret)
    await settle(world.own, { security: { trustedDeviceDays: 0 } })
    expect((await signIn(asIn(device), null, { username: email, password })).next).toBe('/mfa')
    await settle(world.own, { security: { trustedDeviceDays: 30 } })
    const always: Flow = {
      label: 'Always',
      start: 'password',
      nodes: {
        password: { step: 'password', settings: { withIdentifier: true }, next: 'second' },
        second: { step: 'second-step', settings: { always: true }, next: 'end' },
      },
    }
    await walkBy(world.own, 'sign-in', always)
    expect((await signIn(asIn(device), null, { username: email, password })).next).toBe('/mfa')
    await walkBy(world.own, 'sign-in', readyMade.password.flow)
    expect((await signIn(asIn(device), null, { username: email, password })).ticket).toBeDefined()
  })
})

describe('whatever a flow says', () => {
  it('whoever has set a second step up is asked for it, also where the flow ends at the first proof', async () => {
    const { email, totpSecret } = await somebody()
    await walkBy(world.own, 'sign-in', readyMade['email-code'].flow)
    const ctx = at(world.own)
    const asked = await signIn(ctx, null, { username: email })
    const { code } = await newestMail('sign-in-code')
    const next = await signIn(ctx, asked.attempt ?? '', { at: 'email-code', code })
    expect(next).toMatchObject({ next: '/mfa' })
    expect(next.ticket).toBeUndefined()
    const { session } = await enter(ctx, await secondStep(ctx, next.attempt ?? '', { code: codeOf(totpSecret) }))
    expect(session.methods).toEqual(['email', 'otp'])
    await walkBy(world.own, 'sign-in', readyMade.password.flow)
  })

  it('an organization that requires one has it set up, and a code by email is none', async () => {
    const { email } = await somebody(world.strict, false)
    const flow: Flow = {
      label: 'Weak',
      start: 'password',
      nodes: {
        password: { step: 'password', settings: { withIdentifier: true }, next: 'second' },
        second: { step: 'second-step', settings: { methods: ['email-code'] }, next: 'end' },
      },
    }
    await walkBy(world.strict, 'sign-in', flow)
    const ctx = at(world.strict)
    const first = await signIn(ctx, null, { username: email, password })
    expect(await place(ctx, first.attempt ?? '')).toMatchObject({ step: 'email-code', page: '/mfa' })
    const { code } = await newestMail('sign-in-code')
    const second = await secondStep(ctx, first.attempt ?? '', { code })
    expect(second.ticket).toBeUndefined()
    expect(await place(ctx, second.attempt ?? '')).toMatchObject({ step: 'enrol' })
    await walkBy(world.strict, 'sign-in', readyMade.password.flow)
  })

  it('a password alone sets nothing up for somebody whose passkey is of another address', async () => {
    const { somebody: owner } = await withPasskey(world.strict)
    const hash = await hashPassword(password)
    await withOrganization(world.strict, (tx) => setPassword(tx, by, owner.id, hash, 'test'))
    const ctx: LoginContext = { ...at(world.strict), address: { form: 'domain', host: 'login.strict.example' } }
    const first = await signIn(ctx, null, { username: owner.email, password })
    expect(first).toMatchObject({ next: '/mfa' })
    expect(await place(ctx, first.attempt ?? '')).toMatchObject({ step: 'help', ways: [] })
    await secondStep(ctx, first.attempt ?? '', { way: '~second/enrol' })
    expect(await place(ctx, first.attempt ?? '')).toMatchObject({ step: 'help' })
  })

  it('nothing of somebody is shown or changed before all that is demanded is proven', async () => {
    const { email, totpSecret } = await somebody()
    const asking: Flow = {
      label: 'Asks for a phone first',
      start: 'password',
      nodes: {
        password: { step: 'password', settings: { withIdentifier: true }, next: 'more' },
        more: { step: 'profile', settings: { fields: [{ name: 'phone', required: true }] }, next: 'end' },
      },
    }
    await walkBy(world.own, 'sign-in', asking)
    const { ctx, secret } = await proven(email)
    expect(await place(ctx, secret)).toMatchObject({ step: 'totp' })
    const next = await secondStep(ctx, secret, { code: codeOf(totpSecret) })
    expect(await place(ctx, next.attempt ?? '')).toMatchObject({ step: 'profile', page: '/consent' })
    const last = await secondStep(ctx, next.attempt ?? '', { phone: '+41 79 555 01 42' })
    expect((await enter(ctx, last)).session.methods).toEqual(['pwd', 'otp'])
    await walkBy(world.own, 'sign-in', readyMade.password.flow)
  })

  it('goes on as it was when the attempt began, whatever is published meanwhile', async () => {
    const { email, totpSecret } = await somebody()
    const { ctx, secret } = await proven(email)
    await walkBy(world.own, 'sign-in', readyMade['passkey-first'].flow)
    expect(await place(ctx, secret)).toMatchObject({ step: 'totp' })
    expect((await secondStep(ctx, secret, { code: codeOf(totpSecret) })).ticket).toBeDefined()
    await walkBy(world.own, 'sign-in', readyMade.password.flow)
  })

  it('staff go on in the flow of staff, with what they have proven', async () => {
    const { id, email } = await person({ email: 'crew@mixed.example', home: world.mixed, memberOf: [world.mixed] })
    const consumer = await person({ email: 'guest@mixed.example', home: world.mixed, memberOf: [world.mixed] })
    await withOrganization(world.mixed, async (tx) => {
      const membership = await findMembership(tx, { homeId: world.mixed, personId: id })
      await changeKind(tx, by, membership ?? fail('person.unknown'), 'staff')
    })
    await walkBy(world.mixed, 'sign-in-staff', readyMade['password-and-second-step'].flow)
    const ctx = at(world.mixed)
    const staff = await signIn(ctx, null, { username: email, password })
    expect(await place(ctx, staff.attempt ?? '')).toMatchObject({ step: 'enrol' })
    expect((await signIn(at(world.mixed), null, { username: consumer.email, password })).ticket).toBeDefined()
  })
})

describe('somebody who guesses from elsewhere', () => {
  it('locks nobody out of the browser that they use (BRF-01)', async () => {
    const { email } = await somebody(world.own, false)
    const ctx = at(world.own)
    const { ticket = '' } = await signIn(ctx, null, { username: email, password })
    const device = (await exchange(ctx, ticket))?.device ?? ''
    for (let turn = 0; turn < 11; turn += 1) {
      await signIn(at(world.own), null, { username: email, password: 'not this one, I am afraid' })
    }
    const stranger = at(world.own)
    const refused = await signIn(stranger, null, { username: email, password })
    expect(refused.ticket).toBeUndefined()
    expect(await failure(stranger, refused.attempt ?? '')).toBe('login.too_many_tries')
    const own = { ...at(world.own), browser: { device } }
    expect((await signIn(own, null, { username: email, password })).ticket).toBeDefined()
    setClockForTests(minutes(16))
  })
})
