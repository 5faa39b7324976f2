import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hashesDone } from '#core/credentials'
import { look } from '#core/sessions'
import { hours, minutes, setClockForTests } from '#platform/clock'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import { exchange, secondStep, signIn, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const wrong = { code: 'login.wrong_credentials' }
const failureOf = async (ctx: Parameters<typeof view>[0], attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'sign-in'))?.failure ?? null

describe('signing in', () => {
  it('leads to a session of the organization met, and of no other', async () => {
    const { id } = await person({ email: 'ada@mixed.example', home: world.mixed })
    const ctx = at(world.mixed)
    const outcome = await signIn(ctx, null, { username: ' Ada@Mixed.example ', password })
    expect(outcome).toMatchObject({ next: '/account', attempt: null })
    const { secret, session } = await enter(ctx, outcome)
    expect(session).toMatchObject({ personId: id, homeId: world.mixed, organizationId: world.mixed, methods: ['pwd'] })
    expect(await look(world.root, secret)).toBeNull()
    expect(await look(world.own, secret)).toBeNull()
    expect(await look(world.mixed, `${secret}x`)).toBeNull()
  })

  it('exchanges a ticket once, however many bring it, and at its own organization only', async () => {
    await person({ email: 'once@own.example', home: world.own })
    const ctx = at(world.own)
    const { ticket = '' } = await signIn(ctx, null, { username: 'once@own.example', password })
    expect(await exchange(at(world.root), ticket)).toBeNull()
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(ctx, ticket)))
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  it('does not exchange a ticket after a minute', async () => {
    await person({ email: 'late@own.example', home: world.own })
    const { ticket = '' } = await signIn(at(world.own), null, { username: 'late@own.example', password })
    setClockForTests(61_000)
    expect(await exchange(at(world.own), ticket)).toBeNull()
  })

  it('gives one answer, for the same work, whatever is wrong', async () => {
    await person({ email: 'known@own.example', home: world.own })
    await person({ email: 'gone@own.example', home: world.own, suspended: true })
    await person({ email: 'central@skyway.example', home: world.root })
    const tries = [
      { username: 'known@own.example', password: 'not this one, I am afraid' },
      { username: 'nobody@own.example', password },
      { username: 'gone@own.example', password },
      { username: 'central@skyway.example', password },
    ]
    for (const answer of tries) {
      const before = hashesDone()
      const ctx = at(world.own)
      const { attempt, ...outcome } = await signIn(ctx, null, answer)
      expect(outcome).toEqual({ next: '/sign-in' })
      expect(hashesDone() - before).toBe(1)
      const seen = await view(ctx, attempt ?? null, 'sign-in')
      expect(seen).toMatchObject({ step: 'password', failure: wrong, values: { username: answer.username } })
      expect(JSON.stringify(seen)).not.toContain(answer.password)
    }
  })

  it('lets members of an organization in who live elsewhere, and nobody else who lives there', async () => {
    const sofia = await person({
      email: 'sofia@skyway.example',
      home: world.root,
      memberOf: [world.mixed, world.central],
    })
    await person({ email: 'rita@skyway.example', home: world.root })
    for (const id of [world.mixed, world.central, world.root]) {
      const ctx = at(id)
      const outcome = await signIn(ctx, null, { username: 'sofia@skyway.example', password })
      const { session } = await enter(ctx, outcome)
      expect(session).toMatchObject({ organizationId: id, homeId: world.root, personId: sofia.id })
    }
    const ctx = at(world.central)
    const { attempt } = await signIn(ctx, null, { username: 'rita@skyway.example', password })
    expect(await failureOf(ctx, attempt)).toEqual(wrong)
  })

  it.each([
    [{}, 'input.missing', 'username'],
    [{ username: 'a@b.example' }, 'input.missing', 'password'],
    [{ username: 'a@b.example', password: '' }, 'input.missing', 'password'],
    [{ username: 'nobody', password }, 'email.invalid', 'username'],
    [{ username: ['a@b.example', 'c@d.example'], password }, 'input.invalid', 'username'],
    [{ username: 'a@b.example', password: [password, password] }, 'input.invalid', 'password'],
    [{ username: `${'a'.repeat(300)}@b.example`, password }, 'input.too_long', 'username'],
    [{ username: 'a@b.example', password: 'x'.repeat(1025) }, 'input.too_long', 'password'],
    [{ username: 'a\u202e@b.example', password }, 'input.control_characters', 'username'],
    [{ username: '🦊', password }, 'email.invalid', 'username'],
  ])('says at the field what is wrong with %j', async (answer, code, field) => {
    const ctx = at(world.own)
    const { attempt } = await signIn(ctx, null, answer)
    expect(await failureOf(ctx, attempt)).toEqual({ code, field })
  })

  it('keeps to one attempt in one browser, and forgets its failure after the next answer', async () => {
    await person({ email: 'again@own.example', home: world.own })
    const ctx = at(world.own)
    const first = await signIn(ctx, null, { username: 'again@own.example', password: 'wrong wrong wrong' })
    const second = await signIn(ctx, first.attempt ?? null, { username: 'again@own.example' })
    expect(second).toEqual({ next: '/sign-in' })
    expect(await failureOf(ctx, first.attempt)).toEqual({ code: 'input.missing', field: 'password' })
    const third = await signIn(ctx, first.attempt ?? null, { username: 'again@own.example', password })
    expect(third.next).toBe('/account')
    expect(await view(ctx, first.attempt ?? null, 'sign-in')).toBeNull()
  })
})

describe('limits', () => {
  it('stop guessing one account, from wherever, and let its owner in when the time is over', async () => {
    await person({ email: 'target@own.example', home: world.own })
    for (let guess = 0; guess < 10; guess += 1) {
      await signIn(at(world.own), null, { username: 'target@own.example', password: `wrong guess ${guess}` })
    }
    const ctx = at(world.own)
    const before = hashesDone()
    const { attempt, ticket } = await signIn(ctx, null, { username: 'target@own.example', password })
    expect(ticket).toBeUndefined()
    expect(hashesDone()).toBe(before)
    const failure = await failureOf(ctx, attempt)
    expect(failure?.code).toBe('login.too_many_tries')
    expect(Date.parse(failure?.retryAt ?? '')).toBeGreaterThan(Date.now())
    expect((await signIn(at(world.mixed), null, { username: 'target@own.example', password })).ticket).toBeUndefined()
    setClockForTests(minutes(15) + 1000)
    expect((await signIn(at(world.own), null, { username: 'target@own.example', password })).ticket).toBeDefined()
  })

  it('stop one network, in whatever IPv6 address of its own it dresses', async () => {
    let last: string | null | undefined
    for (let guess = 0; guess < 61; guess += 1) {
      const ctx = at(world.own, `2001:db8:1:2::${guess.toString(16)}`)
      last = (await signIn(ctx, null, { username: `somebody${guess}@own.example`, password })).attempt
      if (guess === 59) expect(await failureOf(ctx, last)).toEqual(wrong)
    }
    expect((await failureOf(at(world.own), last))?.code).toBe('login.too_many_tries')
  }, 60_000)
})

describe('the second step', () => {
  const begin = async (email: string, organizationId = world.own) => {
    const somebody = await person({ email, home: organizationId, totp: true })
    const ctx = at(organizationId)
    const planted = await signIn(ctx, null, { username: email, password: 'wrong on purpose' })
    const outcome = await signIn(ctx, planted.attempt ?? null, { username: email, password })
    expect(outcome).toMatchObject({ next: '/mfa' })
    expect(outcome.ticket).toBeUndefined()
    // What was planted before the proof is worth nothing after it.
    expect(outcome.attempt).not.toBe(planted.attempt)
    return { ctx, secret: outcome.attempt ?? '', planted: planted.attempt ?? '', somebody, email }
  }

  it('is asked for before there is a session', async () => {
    const { ctx, secret, planted, somebody, email } = await begin('paolo@own.example')
    expect(await view(ctx, secret, 'sign-in')).toMatchObject({ step: 'totp', values: { username: email } })
    expect(await secondStep(ctx, planted, { code: codeOf(somebody.totpSecret) })).toMatchObject({ next: '/sign-in' })
    // A form that was drawn for another place than the one where the attempt stands only leads there.
    const misplaced = { at: '~second/enrol', code: codeOf(somebody.totpSecret) }
    expect(await secondStep(ctx, secret, misplaced)).toEqual({ next: '/mfa' })
    const outcome = await secondStep(ctx, secret, { code: codeOf(somebody.totpSecret) })
    const { session } = await enter(ctx, outcome)
    expect(session.methods).toEqual(['pwd', 'otp'])
    expect((await secondStep(ctx, secret, { code: codeOf(somebody.totpSecret, 1) })).ticket).toBeUndefined()
  })

  it('is answered at the organization where it began, and nowhere else', async () => {
    const { secret, somebody } = await begin('bound@own.example')
    expect(await secondStep(at(world.root), secret, { code: codeOf(somebody.totpSecret) })).toMatchObject({
      next: '/sign-in',
    })
  })

  it('accepts a code once, however many bring it at the same moment', async () => {
    const { ctx, secret, somebody, email } = await begin('race@own.example')
    const code = codeOf(somebody.totpSecret)
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => secondStep(ctx, secret, { code })))
    expect(outcomes.filter(({ ticket }) => ticket)).toHaveLength(1)
    const other = await signIn(ctx, null, { username: email, password })
    const replayed = await secondStep(ctx, other.attempt ?? null, { code })
    expect(replayed).toEqual({ next: '/mfa' })
    expect(await failureOf(ctx, other.attempt)).toEqual({ code: 'login.code_used', field: 'code' })
    // The code before the newest one accepted is used as well.
    await secondStep(ctx, other.attempt ?? null, { code: codeOf(somebody.totpSecret, -1) })
    expect(await failureOf(ctx, other.attempt)).toEqual({ code: 'login.code_used', field: 'code' })
  })

  it('takes five tries; then the password is asked for again', async () => {
    const { ctx, secret, somebody } = await begin('five@own.example')
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await secondStep(ctx, secret, { code: '000000' })).toEqual({ next: '/mfa' })
    }
    const outcome = await secondStep(ctx, secret, { code: codeOf(somebody.totpSecret) })
    expect(outcome.next).toBe('/sign-in')
    expect((await failureOf(ctx, outcome.attempt))?.code).toBe('login.too_many_tries')
    setClockForTests(hours(2))
    expect((await secondStep(ctx, secret, { code: codeOf(somebody.totpSecret) })).ticket).toBeUndefined()
  })

  it('takes ten tries of one account in an hour, over however many attempts', async () => {
    const { ctx, somebody, email } = await begin('ten@own.example')
    for (let guess = 0; guess < 10; guess += 1) {
      const { attempt = null } = await signIn(at(world.own), null, { username: email, password })
      await secondStep(ctx, attempt, { code: '000000' })
    }
    const { attempt = null } = await signIn(at(world.own), null, { username: email, password })
    expect((await secondStep(ctx, attempt, { code: codeOf(somebody.totpSecret) })).ticket).toBeUndefined()
  })

  it('has to follow within ten minutes', async () => {
    const { ctx, secret, somebody } = await begin('slow@own.example')
    setClockForTests(minutes(10) + 1000)
    expect(await view(ctx, secret, 'sign-in')).toMatchObject({ step: 'expired', values: {} })
    expect(await secondStep(ctx, secret, { code: codeOf(somebody.totpSecret) })).toMatchObject({
      failure: { code: 'login.expired' },
    })
  })

  it('is set up where the organization requires one, and asked for from then on', async () => {
    await person({ email: 'new@strict.example', home: world.strict })
    const ctx = at(world.strict)
    const outcome = await signIn(ctx, null, { username: 'new@strict.example', password })
    expect(outcome).toMatchObject({ next: '/mfa' })
    const seen = await view(ctx, outcome.attempt ?? null, 'sign-in')
    const { secret = '', uri = '' } = seen?.enrolment ?? {}
    expect(seen?.step).toBe('enrol')
    expect(new URL(uri).searchParams.get('issuer')).toBe('Strict Bank')
    await secondStep(ctx, outcome.attempt ?? null, { code: '000000' })
    expect(await failureOf(ctx, outcome.attempt)).toEqual({ code: 'login.wrong_code', field: 'code' })
    // A reload shows the same picture: the app that scanned it is not lost.
    expect((await view(ctx, outcome.attempt ?? null, 'sign-in'))?.enrolment?.secret).toBe(secret)
    const { session } = await enter(ctx, await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(secret) }))
    expect(session.methods).toEqual(['pwd', 'otp'])
    expect((await newestMail('second-step-added')).to).toMatchObject({ home: world.strict })
    const again = await signIn(ctx, null, { username: 'new@strict.example', password })
    expect(await view(ctx, again.attempt ?? null, 'sign-in')).toMatchObject({ step: 'totp' })
    // The code that ended the setting up is used.
    await secondStep(ctx, again.attempt ?? null, { code: codeOf(secret) })
    expect(await failureOf(ctx, again.attempt)).toEqual({ code: 'login.code_used', field: 'code' })
  })

  it('keeps its secret out of every mail', async () => {
    const sent = JSON.stringify(await mails())
    expect(sent).not.toMatch(/otpauth/)
  })
})
