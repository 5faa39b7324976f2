import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { passkeysOf } from '#core/credentials'
import { publish } from '#core/documents'
import { flowFor, readyMade } from '#core/flows'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { asField, authenticator } from '#support/authenticator'
import { freshDatabase } from '#support/database'
import { buildWorld, codeOf, enter, newestMail, password, person, type World } from '#support/engine'
import { browserAt, givePasskey, originOf, signInWith } from '#support/passkey-sign-in'
import { trailOf } from '#support/staff'
import { passkeyToEnrol, secondStep, signIn, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
  const offering = {
    label: 'Password, and a passkey from then on',
    start: 'password',
    nodes: {
      password: { ...readyMade.password.flow.nodes.password, next: 'second-step' },
      passkey: readyMade.password.flow.nodes.passkey,
      'second-step': {
        step: 'second-step',
        settings: { methods: ['passkey', 'totp', 'sms-code', 'recovery-code'] },
        next: 'offer-passkey',
      },
      'offer-passkey': { step: 'offer-passkey', next: 'end' },
    },
  }
  await withOrganization(world.own, (tx) => publish(tx, by, 'flow', 'sign-in', offering))
  expect((await flowFor(world.own, 'sign-in')).flow.label).toBe(offering.label)
}, 60_000)
afterEach(() => setClockForTests(0))

type Browser = ReturnType<typeof browserAt>

const afterPassword = async (home: string, email: string) => {
  const browser = browserAt(home)
  const outcome = await signIn(browser, null, { username: email, password })
  return { browser, outcome, attempt: outcome.attempt ?? '' }
}

/** Makes a passkey as the page does. */
const made = async (browser: Browser, attempt: string, device = authenticator()) => {
  const { options, challenge } = await passkeyToEnrol(browser, attempt)
  return { device, options, answer: { credential: asField(device.register(options, originOf(browser))), challenge } }
}

const passkeysAt = (home: string, id: string) => withOrganization(home, (tx) => passkeysOf(tx, id))

describe('a passkey is offered', () => {
  it('to whoever has signed in without one, who makes it, hears of it by mail and uses it from then on', async () => {
    const ada = await person({ email: 'ada@own.example', home: world.own })
    const { browser, outcome, attempt } = await afterPassword(world.own, 'ada@own.example')
    expect(outcome.ticket).toBeUndefined()
    expect(await view(browser, attempt, 'sign-in')).toMatchObject({ place: { step: 'offer-passkey' } })
    const { device, options, answer } = await made(browser, attempt)
    expect(options).toMatchObject({ rp: { name: 'Pacifica Hotels' }, user: { name: 'ada@own.example' } })
    const done = await secondStep(browser, attempt, answer)
    expect(done).toMatchObject({ next: '/account', notice: 'passkey_added' })
    expect((await enter(browser, done)).session.methods).toEqual(['pwd'])
    expect(await newestMail('passkey-added')).toMatchObject({ to: { home: world.own, person: ada.id } })
    expect((await trailOf(world.own, ada.id)).map(({ action }) => action)).toContain('passkey.added')
    // Whoever has one is offered no other.
    expect((await signInWith(browserAt(world.own), device)).ticket).toBeDefined()
  })

  it('and not again for a month to whoever has declined', async () => {
    await person({ email: 'later@own.example', home: world.own })
    const first = await afterPassword(world.own, 'later@own.example')
    expect((await secondStep(first.browser, first.attempt, { intent: 'skip' })).ticket).toBeDefined()
    expect((await afterPassword(world.own, 'later@own.example')).outcome.ticket).toBeDefined()
    setClockForTests(days(31))
    const later = await afterPassword(world.own, 'later@own.example')
    expect(await view(later.browser, later.attempt, 'sign-in')).toMatchObject({ place: { step: 'offer-passkey' } })
  })

  it('after the second step alone: a stolen password makes nobody a passkey', async () => {
    const { totpSecret } = await person({ email: 'guarded@own.example', home: world.own, totp: true })
    const { browser, outcome, attempt } = await afterPassword(world.own, 'guarded@own.example')
    expect(outcome.next).toBe('/mfa')
    await expect(passkeyToEnrol(browser, attempt)).rejects.toMatchObject({ code: 'login.expired' })
    const next = await secondStep(browser, attempt, { code: codeOf(totpSecret) })
    expect(await view(browser, next.attempt ?? null, 'sign-in')).toMatchObject({ place: { step: 'offer-passkey' } })
  })

  it('what another attempt was asked for, or was answered at another origin, makes none', async () => {
    const ben = await person({ email: 'ben@own.example', home: world.own })
    await person({ email: 'eve@own.example', home: world.own })
    const mine = await afterPassword(world.own, 'ben@own.example')
    const theirs = await afterPassword(world.own, 'eve@own.example')
    const { answer } = await made(theirs.browser, theirs.attempt)
    expect(await secondStep(mine.browser, mine.attempt, answer)).toEqual({ next: '/consent' })
    expect(await view(mine.browser, mine.attempt, 'sign-in')).toMatchObject({ failure: { code: 'passkey.expired' } })
    const { options, challenge } = await passkeyToEnrol(mine.browser, mine.attempt)
    const credential = asField(authenticator().register(options, 'https://evil.example'))
    await secondStep(mine.browser, mine.attempt, { credential, challenge })
    expect(await view(mine.browser, mine.attempt, 'sign-in')).toMatchObject({ failure: { code: 'passkey.refused' } })
    expect(await passkeysAt(world.own, ben.id)).toEqual([])
  })

  it('also to whoever has one for another address: here it is of no use', async () => {
    const zoe = await person({ email: 'zoe@own.example', home: world.own })
    const ref = { homeId: world.own, personId: zoe.id }
    const elsewhere = { ...browserAt(world.own), address: { form: 'name' as const } }
    await givePasskey(ref, elsewhere)
    const { browser, attempt } = await afterPassword(world.own, 'zoe@own.example')
    expect((await passkeyToEnrol(browser, attempt)).options.excludeCredentials).toEqual([])
  })
})

describe('a passkey as the second step that has to be set up', () => {
  it('is one of the methods, chosen by name, and lets in who has made it', async () => {
    const mia = await person({ email: 'mia@strict.example', home: world.strict })
    const { browser, attempt } = await afterPassword(world.strict, 'mia@strict.example')
    expect(await view(browser, attempt, 'sign-in')).toMatchObject({
      place: { step: 'enrol', methods: ['totp', 'passkey'] },
    })
    expect(await secondStep(browser, attempt, { intent: 'choose', method: 'passkey' })).toMatchObject({ next: '/mfa' })
    expect(await view(browser, attempt, 'sign-in')).toMatchObject({ place: { methods: ['passkey', 'totp'] } })
    const { device, answer } = await made(browser, attempt)
    const done = await secondStep(browser, attempt, { method: 'passkey', ...answer })
    expect((await enter(browser, done)).session).toMatchObject({ personId: mia.id, methods: ['pwd', 'hwk'] })
    expect((await signInWith(browserAt(world.strict), device)).ticket).toBeDefined()
  })

  it('is nothing that is asked for where browsers have none', async () => {
    await person({ email: 'nohost@strict.example', home: world.strict })
    const browser = { ...browserAt(world.strict), address: { form: 'domain' as const, host: '192.0.2.7' } }
    const { attempt } = await signIn(browser, null, { username: 'nohost@strict.example', password })
    expect(await view(browser, attempt ?? null, 'sign-in')).toMatchObject({ place: { methods: ['totp'] } })
    await expect(passkeyToEnrol(browser, attempt ?? null)).rejects.toMatchObject({ code: 'passkey.not_here' })
  })

  it('another method than those is taken for the one that is shown', async () => {
    await person({ email: 'odd@strict.example', home: world.strict })
    const { browser, attempt } = await afterPassword(world.strict, 'odd@strict.example')
    await secondStep(browser, attempt, { intent: 'choose', method: 'sms-code' })
    expect(await view(browser, attempt, 'sign-in')).toMatchObject({ place: { methods: ['totp', 'passkey'] } })
  })
})
