import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { find, setStatus } from '#core/people'
import { look } from '#core/sessions'
import { minutes, seconds, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import type { LoginContext } from './contract.ts'
import { exchange, lookAtReset, recover, recoverByCode, resend, reset, secondStep, signIn, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const fresh = 'velvet-otter-marble-canyon'
const failureOf = async (ctx: LoginContext, attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'recovery'))?.failure ?? null

const begin = async (organizationId: string, email: string) => {
  const ctx = at(organizationId)
  const outcome = await recover(ctx, null, { email })
  expect(outcome).toMatchObject({ next: '/recover' })
  return { ctx, secret: outcome.attempt ?? '', mail: await newestMail('recover-password') }
}

describe('recovering', () => {
  it('sets a password by the link, in any browser, and signs nobody in', async () => {
    const ada = await person({ email: 'ada@own.example', home: world.own })
    const { mail } = await begin(world.own, 'Ada@own.example')
    expect(mail.to).toEqual({ home: world.own, person: ada.id })
    const elsewhere = at(world.own)
    for (let look = 0; look < 5; look += 1) {
      expect(await lookAtReset(elsewhere, mail.ticket)).toEqual({ state: 'valid', email: 'ada@own.example' })
    }
    const outcome = await reset(elsewhere, mail.ticket, { new_password: fresh })
    expect(outcome).toMatchObject({ next: '/sign-in', link: null, notice: 'password_reset' })
    expect(outcome.ticket).toBeUndefined()
    expect((await newestMail('password-changed')).to).toEqual({ home: world.own, person: ada.id })
    expect(await view(elsewhere, outcome.attempt ?? null, 'sign-in')).toMatchObject({
      values: { username: 'ada@own.example' },
    })
    expect(await lookAtReset(elsewhere, mail.ticket)).toEqual({ state: 'used' })
    expect(await reset(elsewhere, mail.ticket, { new_password: `${fresh} again` })).toEqual({ next: '/reset' })
    expect((await signIn(elsewhere, null, { username: 'ada@own.example', password })).ticket).toBeUndefined()
    expect((await signIn(elsewhere, null, { username: 'ada@own.example', password: fresh })).ticket).toBeDefined()
  })

  it('sets it by the code, in the browser where it began', async () => {
    await person({ email: 'code@own.example', home: world.own })
    const { ctx, secret, mail } = await begin(world.own, 'code@own.example')
    await recoverByCode(ctx, secret, { code: mail.code === '000000' ? '111111' : '000000' })
    expect(await failureOf(ctx, secret)).toEqual({ code: 'ticket.wrong_code', field: 'code', triesLeft: 4 })
    const outcome = await recoverByCode(ctx, secret, { code: mail.code })
    expect(outcome).toMatchObject({ next: '/reset' })
    expect(await lookAtReset(ctx, mail.ticket)).toEqual({ state: 'used' })
    expect(await reset(ctx, outcome.link ?? null, { new_password: fresh })).toMatchObject({ next: '/sign-in' })
  })

  it('ends every session everywhere, also one that was proven before and begins after', async () => {
    const sofia = await person({
      email: 'sofia@skyway.example',
      home: world.root,
      memberOf: [world.mixed, world.central],
    })
    const sessions: { id: string; secret: string }[] = []
    for (const id of [world.root, world.mixed, world.central]) {
      const ctx = at(id)
      const { secret } = await enter(ctx, await signIn(ctx, null, { username: sofia.email, password }))
      sessions.push({ id, secret })
    }
    const { ticket: waiting = '' } = await signIn(at(world.mixed), null, { username: sofia.email, password })
    const { ctx, mail } = await begin(world.central, sofia.email)
    await reset(ctx, mail.ticket, { new_password: fresh })
    for (const { id, secret } of sessions) expect(await look(id, secret)).toBeNull()
    const late = await exchange(at(world.mixed), waiting)
    expect(await look(world.mixed, late?.secret ?? '')).toBeNull()
  })

  it('leaves the second step where it is', async () => {
    const paolo = await person({ email: 'paolo@own.example', home: world.own, totp: true })
    const { ctx, mail } = await begin(world.own, paolo.email)
    await reset(ctx, mail.ticket, { new_password: fresh })
    const outcome = await signIn(ctx, null, { username: paolo.email, password: fresh })
    expect(outcome).toMatchObject({ next: '/mfa' })
    expect((await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(paolo.totpSecret) })).ticket).toBeDefined()
  })

  it('lets somebody back in who was locked out by guessing', async () => {
    const { email } = await person({ email: 'locked@own.example', home: world.own })
    for (let guess = 0; guess < 11; guess += 1)
      await signIn(at(world.own), null, { username: email, password: `guess ${guess}` })
    const { ctx, mail } = await begin(world.own, email)
    await reset(ctx, mail.ticket, { new_password: fresh })
    expect((await signIn(ctx, null, { username: email, password: fresh })).ticket).toBeDefined()
  })
})

describe('a link of a recovery', () => {
  it('sets one password, however many bring it at the same moment', async () => {
    const { email, id } = await person({ email: 'race@own.example', home: world.own })
    const { ctx, mail } = await begin(world.own, email)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => reset(ctx, mail.ticket, { new_password: `${fresh} ${index}` })),
    )
    expect(outcomes.filter(({ next }) => next === '/sign-in')).toHaveLength(1)
    expect(
      (await mails()).filter(({ template, to }) => template === 'password-changed' && to.person === id),
    ).toHaveLength(1)
  })

  it('is superseded by a newer one, and over after half an hour', async () => {
    const { email } = await person({ email: 'newer@own.example', home: world.own })
    const first = await begin(world.own, email)
    const second = await begin(world.own, email)
    expect(await lookAtReset(first.ctx, first.mail.ticket)).toEqual({ state: 'expired' })
    expect(await reset(first.ctx, first.mail.ticket, { new_password: fresh })).toEqual({ next: '/reset' })
    setClockForTests(minutes(30) + 1000)
    expect(await lookAtReset(second.ctx, second.mail.ticket)).toEqual({ state: 'expired' })
    expect(await reset(second.ctx, second.mail.ticket, { new_password: fresh })).toEqual({ next: '/reset' })
  })

  it('is worth nothing at another organization, for another purpose, or made up', async () => {
    const { email } = await person({ email: 'bound@own.example', home: world.own })
    const { mail } = await begin(world.own, email)
    expect(await lookAtReset(at(world.root), mail.ticket)).toEqual({ state: 'unknown' })
    expect(await exchange(at(world.own), mail.ticket)).toBeNull()
    for (const made of ['', 'x', `${mail.ticket}x`, mail.ticket.slice(1), '../..']) {
      expect(await lookAtReset(at(world.own), made)).toEqual({ state: 'unknown' })
      expect(await reset(at(world.own), made, { new_password: fresh })).toEqual({ next: '/reset' })
    }
    const { ticket = '' } = await signIn(at(world.own), null, { username: email, password })
    expect(await reset(at(world.own), ticket, { new_password: fresh })).toEqual({ next: '/reset' })
  })

  it.each([
    [{}, 'input.missing'],
    [{ new_password: 'fourteen chars' }, 'password.too_short'],
    [{ new_password: 'passwordpassword' }, 'password.too_common'],
    [{ new_password: ['gravy-unlatch-wobble-sprint', 'x'] }, 'input.invalid'],
    [{ new_password: 'my keller is really deep' }, 'password.contains_name'],
  ])('is not lost to a password that is refused: %j', async (answer, code) => {
    const email = `${code.replace(/[._]/g, '-')}@own.example`
    await person({ email, home: world.own })
    const { ctx, mail } = await begin(world.own, email)
    expect(await reset(ctx, mail.ticket, answer)).toEqual({ next: '/reset', failure: { code, field: 'new_password' } })
    expect(await lookAtReset(ctx, mail.ticket)).toMatchObject({ state: 'valid' })
  })

  it('is worth nothing to somebody who was suspended meanwhile', async () => {
    const { email, id } = await person({ email: 'suspended@own.example', home: world.own })
    const { ctx, mail } = await begin(world.own, email)
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, id, 'suspended'))
    expect(await lookAtReset(ctx, mail.ticket)).toEqual({ state: 'unknown' })
    expect(await reset(ctx, mail.ticket, { new_password: fresh })).toEqual({ next: '/reset' })
  })
})

describe('an address that nobody may recover', () => {
  it('gets the same page and a decoy that reaches nobody', async () => {
    await person({ email: 'known@own.example', home: world.own })
    await person({ email: 'sam@own.example', home: world.own, suspended: true })
    await person({ email: 'rita@skyway.example', home: world.root })
    const views: unknown[] = []
    const decoys: boolean[] = []
    for (const email of ['known@own.example', 'nobody@own.example', 'sam@own.example', 'rita@skyway.example']) {
      const before = (await mails()).length
      const { ctx, secret, mail } = await begin(world.own, email)
      expect(await mails()).toHaveLength(before + 1)
      decoys.push(mail.decoy)
      const { id: _, values, maskedEmail, resendAt, ...rest } = (await view(ctx, secret, 'recovery')) ?? {}
      expect([values?.email, typeof maskedEmail, typeof resendAt]).toEqual([email, 'string', 'string'])
      views.push(rest)
      if (mail.decoy) {
        expect(await lookAtReset(ctx, mail.ticket)).toEqual({ state: 'unknown' })
        const { link } = await recoverByCode(ctx, secret, { code: mail.code })
        expect(await reset(ctx, link ?? null, { new_password: fresh })).toEqual({ next: '/reset' })
      }
    }
    expect(decoys).toEqual([false, true, true, true])
    expect(new Set(views.map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('is asked for as seldom as any other', async () => {
    for (const email of ['flood@own.example', 'unknown-flood@own.example']) {
      if (email.startsWith('flood')) await person({ email, home: world.own })
      for (let turn = 0; turn < 5; turn += 1) await begin(world.own, email)
      const ctx = at(world.own)
      const { attempt } = await recover(ctx, null, { email })
      expect((await failureOf(ctx, attempt))?.code).toBe('login.too_many_tries')
    }
  })
})

describe('steps out of order', () => {
  it('lead nowhere', async () => {
    const { email, id } = await person({ email: 'order@own.example', home: world.own })
    const ctx = at(world.own)
    const { attempt: signing = null } = await signIn(ctx, null, { username: email, password: 'wrong wrong wrong' })
    for (const secret of [null, signing, 'made-up']) {
      expect(await recoverByCode(ctx, secret, { code: '123456' })).toMatchObject({
        next: '/recover',
        failure: { code: 'login.expired' },
      })
      expect(await resend(ctx, secret, 'recovery')).toMatchObject({
        next: '/recover',
        failure: { code: 'login.expired' },
      })
      expect((await secondStep(ctx, secret, { code: '123456' })).ticket).toBeUndefined()
    }
    expect(await reset(ctx, null, { new_password: fresh })).toEqual({ next: '/reset' })
    const { attempt: recovering = null } = await recover(ctx, null, { email })
    expect(await view(ctx, recovering, 'sign-in')).toBeNull()
    expect(await reset(ctx, recovering, { new_password: fresh })).toEqual({ next: '/reset' })
    expect((await withOrganization(world.own, (tx) => find(tx, id)))?.sessionGeneration).toBe(1)
  })

  it('sends again after half a minute, to the same mailbox', async () => {
    const { email, id } = await person({ email: 'again@own.example', home: world.own })
    const { ctx, secret, mail } = await begin(world.own, email)
    setClockForTests(seconds(31))
    expect(await resend(ctx, secret, 'recovery')).toEqual({ next: '/recover', notice: 'code_sent' })
    const newer = await newestMail('recover-password')
    expect(newer.to).toEqual({ home: world.own, person: id })
    expect(await lookAtReset(ctx, mail.ticket)).toEqual({ state: 'expired' })
  })

  it.each([
    [{}, 'input.missing'],
    [{ email: ['order@own.example', 'evil@own.example'] }, 'input.invalid'],
    [{ email: 'order@own.example,evil@own.example' }, 'email.invalid'],
    [{ email: 'order@own.example\r\nBcc: evil@own.example' }, 'input.control_characters'],
    [{ email: 'Order <order@own.example>' }, 'email.invalid'],
    [{ 'email[]': 'order@own.example' }, 'input.missing'],
  ])('and odd addresses reach nobody: %j', async (answer, code) => {
    const before = (await mails()).length
    const ctx = at(world.own)
    const { attempt } = await recover(ctx, null, answer)
    expect(await failureOf(ctx, attempt)).toEqual({ code, field: 'email' })
    expect(await mails()).toHaveLength(before)
  })
})
