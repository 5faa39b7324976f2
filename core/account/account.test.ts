import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { secondStep, signIn } from '#core/login'
import { look } from '#core/sessions'
import { minutes, setClockForTests } from '#platform/clock'
import { isFailure } from '#platform/failure'
import { freshDatabase } from '#support/database'
import {
  allowIdentifiers,
  at,
  buildWorld,
  codeOf,
  enter,
  newestMail,
  password,
  person,
  type World,
} from '#support/engine'
import type { AccountContext } from './contract.ts'
import {
  changePassword,
  changeProfile,
  confirmTotp,
  enrolmentUnderWay,
  profile,
  removeTotp,
  startTotp,
} from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

const fresh = 'velvet-otter-marble-canyon'

const signedIn = async (organizationId: string, email: string, secretOfApp?: string) => {
  const ctx = at(organizationId)
  const outcome = await signIn(ctx, null, { username: email, password })
  const { secret, session } = await enter(
    ctx,
    secretOfApp ? await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(secretOfApp) }) : outcome,
  )
  const by = { ...ctx.by, kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  const account: AccountContext = { ...ctx, by, session }
  return { ctx, account, secret }
}

const refusal = async (act: Promise<unknown>) => {
  try {
    await act
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return [error.code, error.field]
  }
}

describe('the profile', () => {
  it('is changed at home, whichever organization it is changed from', async () => {
    const { email } = await person({ email: 'sofia@skyway.example', home: world.root, memberOf: [world.central] })
    const { account } = await signedIn(world.central, email)
    await changeProfile(account, { given_name: ' Sofía ', family_name: 'Lind  Qvist', version: '1' })
    await changeProfile(account, { phone: '+41 79 555 01 42', version: '2' })
    await changeProfile(account, { locale: 'de', version: '3' })
    const here = await signedIn(world.root, email)
    const expected = { givenName: 'Sofía', familyName: 'Lind Qvist', phone: '+41795550142', locale: 'de', version: 4 }
    expect((await profile(here.account)).person).toMatchObject(expected)
    await changeProfile(account, { phone: '', locale: '', version: '4' })
    expect((await profile(account)).person).toMatchObject({ phone: null, locale: null })
  })

  it('is not overwritten by a form that was drawn before another change', async () => {
    const { email } = await person({ email: 'two@own.example', home: world.own })
    const { account } = await signedIn(world.own, email)
    await changeProfile(account, { phone: '+41 79 555 01 42', version: '1' })
    expect(await refusal(changeProfile(account, { given_name: 'X', family_name: 'Y', version: '1' }))).toEqual([
      'person.changed_elsewhere',
      undefined,
    ])
    const both = await Promise.all(
      ['Ann', 'Bea'].map((given_name) => refusal(changeProfile(account, { given_name, version: '2' }))),
    )
    expect(both.filter((one) => one === null)).toHaveLength(1)
  })

  it('does not take what is not its own to give', async () => {
    const { email, id } = await person({ email: 'mass@own.example', home: world.own })
    const { account } = await signedIn(world.own, email)
    const extra = {
      email: 'evil@own.example',
      status: 'suspended',
      homeId: world.root,
      id: 'per_x',
      email_verified_at: 'x',
      roles: 'owner',
    }
    await changeProfile(account, { given_name: 'Ann', version: '1', ...extra })
    const { person: now } = await profile(account)
    expect(now).toMatchObject({ id, homeId: world.own, email, status: 'active', givenName: 'Ann', version: 2 })
  })

  it.each([
    [{ given_name: '' }, ['name.required', 'given_name']],
    [{ family_name: 'evil.test/x' }, ['name.invalid', 'family_name']],
    [{ given_name: ['a', 'b'] }, ['input.invalid', 'given_name']],
    [{ phone: '079 555' }, ['phone.invalid', 'phone']],
    [{ phone: '+'.repeat(50) }, ['input.too_long', 'phone']],
    [{ locale: 'fr' }, ['locale.invalid', 'locale']],
    [{ given_name: 'A\u0000' }, ['input.control_characters', 'given_name']],
    [{ given_name: 'Ann', version: 'x' }, ['input.invalid', 'version']],
    [{ given_name: 'Ann', version: undefined }, ['input.missing', 'version']],
  ])('says at the field what is wrong with %j', async (answer, expected) => {
    const { email } = await person({ email: `f${Math.random()}@own.example`, home: world.own })
    const { account } = await signedIn(world.own, email)
    expect(await refusal(changeProfile(account, { version: '1', ...answer }))).toEqual(expected)
    expect((await profile(account)).person.version).toBe(1)
  })
})

describe('a username', () => {
  it('is chosen, and given up, where people sign in with one', async () => {
    const { email } = await person({ email: 'named@own.example', home: world.own })
    const { account } = await signedIn(world.own, email)
    expect(await refusal(changeProfile(account, { version: '1', username: 'named' }))).toEqual([
      'username.not_used',
      'username',
    ])
    await allowIdentifiers(world.own, ['email', 'username'])
    await changeProfile(account, { version: '1', username: 'Named' })
    expect((await profile(account)).person.username).toBe('Named')
    const other = await person({ email: 'unnamed@own.example', home: world.own })
    const theirs = await signedIn(world.own, other.email)
    expect(await refusal(changeProfile(theirs.account, { version: '1', username: 'NAMED' }))).toEqual([
      'username.taken',
      'username',
    ])
    await changeProfile(account, { version: '2', username: '' })
    expect((await profile(account)).person.username).toBeNull()
  })
})

describe('the password', () => {
  it('is changed with the present one; every other session ends, this one goes on', async () => {
    const { email } = await person({ email: 'change@skyway.example', home: world.root, memberOf: [world.mixed] })
    const [home, other, elsewhere] = [
      await signedIn(world.root, email),
      await signedIn(world.root, email),
      await signedIn(world.mixed, email),
    ]
    await changePassword(elsewhere.account, { current_password: password, new_password: fresh })
    expect(await look(world.mixed, elsewhere.secret)).not.toBeNull()
    expect(await look(world.root, home.secret)).toBeNull()
    expect(await look(world.root, other.secret)).toBeNull()
    expect((await newestMail('password-changed')).to).toMatchObject({ home: world.root })
    expect((await signIn(at(world.root), null, { username: email, password })).ticket).toBeUndefined()
    expect((await signIn(at(world.root), null, { username: email, password: fresh })).ticket).toBeDefined()
  })

  it.each([
    [{ new_password: fresh }, ['input.missing', 'current_password']],
    [{ current_password: password }, ['input.missing', 'new_password']],
    [{ current_password: 'not the password', new_password: fresh }, ['password.wrong', 'current_password']],
    [{ current_password: password, new_password: password }, ['password.same', 'new_password']],
    [{ current_password: password, new_password: 'short' }, ['password.too_short', 'new_password']],
    [{ current_password: password, new_password: 'my keller is deep' }, ['password.contains_name', 'new_password']],
  ])('stays when the answer is %j', async (answer, expected) => {
    const { email } = await person({ email: `p${Math.random()}@own.example`, home: world.own })
    const { account, secret } = await signedIn(world.own, email)
    expect(await refusal(changePassword(account, answer))).toEqual(expected)
    expect(await look(world.own, secret)).not.toBeNull()
  })

  it('cannot be guessed from an open browser', async () => {
    const { email } = await person({ email: 'open@own.example', home: world.own })
    const { account } = await signedIn(world.own, email)
    for (let guess = 0; guess < 10; guess += 1) {
      await refusal(changePassword(account, { current_password: `guess ${guess}`, new_password: fresh }))
    }
    expect(await refusal(changePassword(account, { current_password: password, new_password: fresh }))).toEqual([
      'login.too_many_tries',
      undefined,
    ])
  })
})

describe('the second step', () => {
  it('is set up right after signing in, confirmed by a code, and removed', async () => {
    const { email } = await person({ email: 'app@own.example', home: world.own })
    const { account, secret } = await signedIn(world.own, email)
    const { sealed, enrolment } = await startTotp(account)
    expect(await enrolmentUnderWay(account, sealed)).toEqual(enrolment)
    expect(sealed).not.toContain(enrolment.secret)
    expect(await refusal(confirmTotp(account, sealed, { code: '000000' }))).toEqual(['login.wrong_code', 'code'])
    await confirmTotp(account, sealed, { code: codeOf(enrolment.secret) })
    expect((await newestMail('second-step-added')).to).toMatchObject({ home: world.own })
    expect((await profile(account)).factors.totp).not.toBeNull()
    expect(await refusal(confirmTotp(account, sealed, { code: codeOf(enrolment.secret, 1) }))).toEqual([
      'second_step.exists',
      undefined,
    ])
    expect(await refusal(startTotp(account))).toEqual(['second_step.exists', undefined])
    expect(await signIn(at(world.own), null, { username: email, password })).toMatchObject({ next: '/mfa' })
    await removeTotp(account)
    expect((await newestMail('second-step-removed')).to).toMatchObject({ home: world.own })
    expect((await profile(account)).factors.totp).toBeNull()
    expect(await look(world.own, secret)).not.toBeNull()
  })

  it('being set up is of use in its own session, for a quarter of an hour', async () => {
    const { email } = await person({ email: 'sealed@own.example', home: world.own })
    const mine = await signedIn(world.own, email)
    const other = await signedIn(world.own, email)
    const { sealed, enrolment } = await startTotp(mine.account)
    const code = codeOf(enrolment.secret)
    for (const kept of [null, '', 'x', `${sealed.slice(0, -4)}AAAA`]) {
      expect(await refusal(confirmTotp(mine.account, kept, { code }))).toEqual(['second_step.expired', undefined])
    }
    expect(await refusal(confirmTotp(other.account, sealed, { code }))).toEqual(['second_step.expired', undefined])
    setClockForTests(minutes(15) + 1000)
    expect(await refusal(confirmTotp(mine.account, sealed, { code }))).toEqual(['second_step.expired', undefined])
  })

  it('stays where the organization requires it', async () => {
    const { email, totpSecret } = await person({ email: 'must@strict.example', home: world.strict, totp: true })
    const { account } = await signedIn(world.strict, email, totpSecret)
    expect(await refusal(removeTotp(account))).toEqual(['second_step.required', undefined])
  })
})
