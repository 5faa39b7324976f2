import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hashesDone } from '#core/credentials'
import { find, findByEmail, findMembership } from '#core/people'
import { minutes, seconds, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import type { LoginContext } from './contract.ts'
import { lookAtVerify, resend, secondStep, signIn, signUp, verify, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const form = (email: string) => ({ given_name: 'Noa', family_name: 'Berg', email, password })
const known = (organizationId: string, email: string) =>
  withOrganization(organizationId, (tx) => findByEmail(tx, email))
const failureOf = async (ctx: LoginContext, attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'sign-up'))?.failure ?? null

const begin = async (organizationId: string, email: string) => {
  const ctx = at(organizationId)
  const outcome = await signUp(ctx, null, form(email))
  expect(outcome).toMatchObject({ next: '/verify' })
  return { ctx, secret: outcome.attempt ?? '' }
}

describe('signing up', () => {
  it('makes nobody before the address is proven; a code proves it', async () => {
    const { ctx, secret } = await begin(world.own, 'Noa@Own.example')
    expect(await known(world.own, 'noa@own.example')).toBeNull()
    const seen = await view(ctx, secret, 'sign-up')
    expect(seen).toMatchObject({ step: 'check-mail', maskedEmail: 'N••@O••.example' })
    expect(JSON.stringify(seen)).not.toContain(password)
    const { code, to } = await newestMail('verify-email')
    expect(to).toEqual({ email: 'noa@own.example' })
    const { session } = await enter(
      ctx,
      await verify(ctx, secret, { answer: { code: ` ${code.slice(0, 3)} ${code.slice(3)}` } }),
    )
    const made = await withOrganization(world.own, (tx) => find(tx, session.personId))
    expect(made).toMatchObject({ email: 'noa@own.example', givenName: 'Noa', familyName: 'Berg', status: 'active' })
    expect(made?.emailVerifiedAt).toBeInstanceOf(Date)
    expect((await newestMail('welcome')).to).toEqual({ home: world.own, person: session.personId })
    expect((await signIn(ctx, null, { username: 'noa@own.example', password })).ticket).toBeDefined()
  })

  it('is proven by the link in the same browser, where looking changes nothing', async () => {
    const { ctx, secret } = await begin(world.own, 'link@own.example')
    const { ticket } = await newestMail('verify-email')
    for (let look = 0; look < 5; look += 1) {
      expect(await lookAtVerify(ctx, secret, ticket)).toEqual({ state: 'confirm', email: 'link@own.example' })
    }
    expect(await known(world.own, 'link@own.example')).toBeNull()
    const outcome = await verify(ctx, secret, { link: ticket })
    expect(outcome).toMatchObject({ next: '/account', attempt: null, link: null })
    await enter(ctx, outcome)
    expect(await lookAtVerify(ctx, secret, ticket)).toEqual({ state: 'used' })
  })

  it('shows the code in another browser, which cannot prove anything by itself', async () => {
    const { ctx, secret } = await begin(world.own, 'other@own.example')
    const { ticket, code } = await newestMail('verify-email')
    const elsewhere = at(world.own)
    expect(await lookAtVerify(elsewhere, null, ticket)).toEqual({ state: 'other-browser', code })
    expect(await verify(elsewhere, null, { link: ticket })).toEqual({ next: '/verify' })
    const stranger = await begin(world.own, 'stranger@own.example')
    expect(await verify(stranger.ctx, stranger.secret, { link: ticket })).toEqual({ next: '/verify' })
    await verify(stranger.ctx, stranger.secret, { answer: { code } })
    expect((await failureOf(stranger.ctx, stranger.secret))?.code).toBe('ticket.wrong_code')
    expect(await known(world.own, 'other@own.example')).toBeNull()
    // Neither has used the link up.
    expect((await verify(ctx, secret, { answer: { code } })).ticket).toBeDefined()
  })

  it('is worth nothing at another organization', async () => {
    const { secret } = await begin(world.own, 'elsewhere@own.example')
    const { ticket, code } = await newestMail('verify-email')
    const ctx = at(world.root)
    expect(await lookAtVerify(ctx, secret, ticket)).toEqual({ state: 'unknown' })
    expect(await verify(ctx, secret, { answer: { code } })).toMatchObject({ next: '/sign-up' })
  })

  it('takes five wrong codes', async () => {
    const { ctx, secret } = await begin(world.own, 'guess@own.example')
    const { code } = await newestMail('verify-email')
    const wrong = code === '000000' ? '111111' : '000000'
    for (let left = 4; left >= 0; left -= 1) {
      await verify(ctx, secret, { answer: { code: wrong } })
      expect(await failureOf(ctx, secret)).toEqual({ code: 'ticket.wrong_code', field: 'code', triesLeft: left })
    }
    expect((await verify(ctx, secret, { answer: { code } })).ticket).toBeUndefined()
    expect((await failureOf(ctx, secret))?.code).toBe('ticket.expired')
    expect(await known(world.own, 'guess@own.example')).toBeNull()
  })

  it('sends again after half a minute; only the newest mail counts', async () => {
    const { ctx, secret } = await begin(world.own, 'resend@own.example')
    const first = await newestMail('verify-email')
    await resend(ctx, secret, 'sign-up')
    expect((await failureOf(ctx, secret))?.code).toBe('login.resend_too_soon')
    setClockForTests(seconds(31))
    expect(await resend(ctx, secret, 'sign-up')).toEqual({ next: '/verify', notice: 'code_sent' })
    const second = await newestMail('verify-email')
    expect(second.id).not.toBe(first.id)
    expect(await lookAtVerify(ctx, secret, first.ticket)).toEqual({ state: 'expired' })
    expect((await verify(ctx, secret, { answer: { code: second.code } })).ticket).toBeDefined()
  })

  it('is over after half an hour without the link, an hour in all', async () => {
    const { ctx, secret } = await begin(world.own, 'slow@own.example')
    const { ticket, code } = await newestMail('verify-email')
    setClockForTests(minutes(30) + 1000)
    expect(await lookAtVerify(ctx, secret, ticket)).toEqual({ state: 'expired' })
    await verify(ctx, secret, { answer: { code } })
    expect((await failureOf(ctx, secret))?.code).toBe('ticket.expired')
    setClockForTests(minutes(60) + 1000)
    expect(await view(ctx, secret, 'sign-up')).toMatchObject({ step: 'expired' })
  })

  it('makes one account, however many prove it at the same moment', async () => {
    const { ctx, secret } = await begin(world.own, 'race@own.example')
    const { code } = await newestMail('verify-email')
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => verify(ctx, secret, { answer: { code } })))
    expect(outcomes.filter(({ ticket }) => ticket).length).toBeLessThanOrEqual(1)
    expect(await known(world.own, 'race@own.example')).not.toBeNull()
    expect((await mails()).filter(({ template }) => template === 'welcome')).toHaveLength(
      new Set((await mails()).filter(({ template }) => template === 'welcome').map(({ to }) => to.person)).size,
    )
    const two = [await begin(world.own, 'both@own.example'), await begin(world.own, 'both@own.example')]
    const sent = (await mails()).filter(({ to }) => to.email === 'both@own.example').reverse()
    await Promise.all(two.map((one, index) => verify(one.ctx, one.secret, { answer: { code: sent[index]?.code } })))
    expect(await known(world.own, 'both@own.example')).not.toBeNull()
  })
})

describe('an address that has an account', () => {
  it('gets the same page, for the same work, and another mail', async () => {
    await person({ email: 'taken@own.example', home: world.own })
    const works: number[] = []
    const views: unknown[] = []
    for (const email of ['taken@own.example', 'fresh@own.example']) {
      const before = hashesDone()
      const { ctx, secret } = await begin(world.own, email)
      works.push(hashesDone() - before)
      const {
        id: _,
        resendAt: __,
        maskedEmail: ___,
        values: ____,
        ...rest
      } = (await view(ctx, secret, 'sign-up')) ?? {}
      views.push(rest)
    }
    expect(works).toEqual([1, 1])
    expect(views[0]).toEqual(views[1])
    const [fresh, taken] = await mails()
    expect([taken?.template, fresh?.template]).toEqual(['account-exists', 'verify-email'])
  })

  it('keeps its password, whatever was typed at the sign-up', async () => {
    const { ctx, secret } = await begin(world.own, 'twice@own.example')
    const { code } = await newestMail('verify-email')
    await person({ email: 'twice@own.example', home: world.own })
    const outcome = await verify(ctx, secret, { answer: { code } })
    expect(outcome).toMatchObject({ next: '/sign-in', notice: 'address_verified' })
    expect(outcome.ticket).toBeUndefined()
  })

  it('of somebody who lives elsewhere becomes a member, once the address is proven', async () => {
    const rita = await person({ email: 'rita@skyway.example', home: world.root })
    const { ctx, secret } = await begin(world.central, 'rita@skyway.example')
    const { code } = await newestMail('verify-email')
    const ref = { homeId: world.root, personId: rita.id }
    expect(await withOrganization(world.central, (tx) => findMembership(tx, ref))).toBeNull()
    expect(await verify(ctx, secret, { answer: { code } })).toMatchObject({ next: '/sign-in' })
    expect(await withOrganization(world.central, (tx) => findMembership(tx, ref))).toMatchObject({ kind: 'consumer' })
    expect((await signIn(ctx, null, { username: 'rita@skyway.example', password })).ticket).toBeDefined()
  })
})

describe('where somebody will live', () => {
  it.each([
    ['own', 'own'],
    ['mixed', 'mixed'],
    ['central', 'root'],
  ] as const)('who signs up at an organization with people of kind %s', async (organization, home) => {
    const email = `home-${organization}@new.example`
    const { ctx, secret } = await begin(world[organization], email)
    const { code } = await newestMail('verify-email')
    const { session } = await enter(ctx, await verify(ctx, secret, { answer: { code } }))
    expect(session).toMatchObject({ homeId: world[home], organizationId: world[organization] })
  })
})

describe('an organization', () => {
  it('that requires a second step asks for one before the first session', async () => {
    const ctx = at(world.strict)
    const { attempt } = await signUp(ctx, null, { ...form('eight@strict.example'), password: 'kx7?vuop' })
    const { code } = await newestMail('verify-email')
    const outcome = await verify(ctx, attempt ?? null, { answer: { code } })
    expect(outcome).toMatchObject({ next: '/mfa' })
    expect(outcome.ticket).toBeUndefined()
    expect(outcome.attempt).not.toBe(attempt)
    const secret = (await view(ctx, outcome.attempt ?? null, 'sign-up'))?.enrolment?.secret ?? ''
    const { session } = await enter(ctx, await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(secret) }))
    expect(session.methods).toEqual(['pwd', 'otp'])
  })

  it('that is closed takes nobody in', async () => {
    const ctx = at(world.closed)
    const before = (await mails()).length
    const { attempt } = await signUp(ctx, null, form('new@closed.example'))
    expect((await failureOf(ctx, attempt))?.code).toBe('login.sign_up_closed')
    expect(await mails()).toHaveLength(before)
  })
})

describe('a form that is not as it should be', () => {
  it.each([
    [{ given_name: undefined }, 'name.required', 'given_name'],
    [{ family_name: ' ' }, 'name.required', 'family_name'],
    [{ given_name: '🦊' }, 'name.invalid', 'given_name'],
    [{ given_name: 'A\u202eda' }, 'input.control_characters', 'given_name'],
    [{ family_name: 'x'.repeat(81) }, 'input.too_long', 'family_name'],
    [{ email: 'nowhere' }, 'email.invalid', 'email'],
    [{ email: ['a@b.example', 'c@d.example'] }, 'input.invalid', 'email'],
    [{ email: 'a@b.example,c@d.example' }, 'email.invalid', 'email'],
    [{ password: undefined }, 'input.missing', 'password'],
    [{ given_name: undefined, email: undefined, password: undefined }, 'name.required', 'given_name'],
    [{ email: undefined, password: undefined }, 'input.missing', 'email'],
    [{ password: 'fourteen chars' }, 'password.too_short', 'password'],
    [{ password: 'passwordpassword' }, 'password.too_common', 'password'],
    [{ password: 'x1'.repeat(600) }, 'password.too_long', 'password'],
    [{ password: 'pacifica hotels forever' }, 'password.contains_name', 'password'],
  ])('says so at the field: %j', async (change, code, field) => {
    const ctx = at(world.own)
    const { next, attempt } = await signUp(ctx, null, { ...form('form@own.example'), ...change })
    expect(next).toBe('/sign-up')
    const seen = await view(ctx, attempt ?? null, 'sign-up')
    expect(seen?.failure).toEqual({ code, field })
    expect(Object.keys(seen?.values ?? {})).not.toContain('password')
    if (!('family_name' in change)) expect(seen?.values.family_name).toBe('Berg')
  })

  it('does not send more than five mails an hour to one mailbox', async () => {
    for (let turn = 0; turn < 5; turn += 1) await begin(world.own, 'flood@own.example')
    const ctx = at(world.own)
    const { attempt } = await signUp(ctx, null, form('flood@own.example'))
    expect((await failureOf(ctx, attempt))?.code).toBe('login.too_many_tries')
    expect((await mails()).filter(({ to }) => to.email === 'flood@own.example')).toHaveLength(5)
  })
})
