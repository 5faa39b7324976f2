import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor as by } from '#core/authority'
import { askForAnother, hashPassword, passwordOf, setPassword } from '#core/credentials'
import { look } from '#core/sessions'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import { knock } from '#support/knocking'
import { trailOf } from '#support/staff'
import { afterPassword, walk, walkNone } from '#support/walked'
import { recover, recoverByCode, reset, secondStep, signIn } from './index.ts'

vi.mock('#core/flows', async (original) => {
  const { flowFor } = await import('#support/walked')
  return { ...(await original<object>()), flowFor }
})

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => {
  setClockForTests(0)
  walkNone()
})

const fresh = 'velvet-otter-marble-canyon'
const somebody = (more: { totp?: boolean } = {}) => {
  count += 1
  return person({
    email: `anew${count}@root.example`,
    home: world.root,
    memberOf: [world.mixed, world.strict],
    ...more,
  })
}
type Somebody = Awaited<ReturnType<typeof somebody>>
const weak = async ({ id }: Somebody) => {
  const hash = await hashPassword('short')
  await withOrganization(world.root, (tx) => setPassword(tx, by, id, hash, 'test'))
}
const ask = ({ id }: Somebody) => withOrganization(world.root, (tx) => askForAnother(tx, id))
const knocking = ({ email }: Somebody, typed = password, where = world.mixed) => knock(where, email, { typed })
const asking = (settings?: object) =>
  walk(
    world.mixed,
    afterPassword({ anew: { step: 'new-password', ...(settings ? { settings: { ...settings } } : {}) } }),
  )

describe('a new password', () => {
  it('is asked for where the one that was typed would not be taken today, and the sign-in goes on', async () => {
    asking()
    const ada = await somebody()
    await weak(ada)
    const { first, look: see, answer, ctx } = await knocking(ada, 'short')
    expect(first).toMatchObject({ next: '/sign-in' })
    expect(first.ticket).toBeUndefined()
    expect((await see())?.place).toMatchObject({ step: 'new-password', page: '/sign-in', why: 'expired' })
    const outcome = await answer({ new_password: fresh })
    expect((await enter(ctx, outcome)).session).toMatchObject({ personId: ada.id, methods: ['pwd'] })
    expect(await newestMail('password-changed')).toMatchObject({ to: { home: world.root, person: ada.id } })
    expect((await trailOf(world.root, ada.id)).map(({ action }) => action)).toContain('password.changed')
    expect((await knocking(ada, fresh)).first).toMatchObject({ next: '/account' })
    expect((await knocking(ada, 'short')).first).toMatchObject({ next: '/sign-in' })
  })

  it('is not asked for where the one that was typed is good', async () => {
    asking()
    expect((await knocking(await somebody())).first).toMatchObject({ next: '/account' })
  })

  it('is asked for where the flow says so, once', async () => {
    const always = { step: 'new-password', settings: { always: true } } as const
    walk(world.mixed, afterPassword({ one: always, two: always }))
    const { look: see, answer } = await knocking(await somebody())
    expect((await see())?.place).toMatchObject({ at: 'one', why: 'expired' })
    expect(await answer({ new_password: fresh })).toMatchObject({ next: '/account' })
  })

  it('is asked for after a while, by a condition', async () => {
    const old = { step: 'new-password', when: 'person.passwordAgeDays > 365', settings: { always: true } } as const
    walk(world.mixed, afterPassword({ old }))
    const ada = await somebody()
    expect((await knocking(ada)).first).toMatchObject({ next: '/account' })
    setClockForTests(366 * 24 * 60 * 60 * 1000)
    expect((await knocking(ada)).first).toMatchObject({ next: '/sign-in' })
  })

  it.each([
    ['nothing', '', 'input.missing'],
    ['the same one', password, 'password.same'],
    ['the same one, written otherwise', password.normalize('NFD'), 'password.same'],
    ['a short one', 'otter-marble', 'password.too_short'],
    ['a common one', 'passwordpassword', 'password.too_common'],
    ['their own name', 'ada-keller-at-work-2031', 'password.contains_name'],
  ])('is not %s', async (_, typed, code) => {
    asking({ always: true })
    const ada = await somebody()
    const { look: see, answer } = await knocking(ada)
    expect(await answer({ new_password: typed })).toEqual({ next: '/sign-in' })
    const shown = await see()
    expect(shown).toMatchObject({ step: 'new-password', failure: { code, field: 'new_password' } })
    if (typed !== '') expect(JSON.stringify(shown)).not.toContain(typed)
    expect(await answer({ new_password: fresh })).toMatchObject({ next: '/account' })
  })

  it('ends every other session, everywhere, and none of its own', async () => {
    const ada = await somebody()
    const before = at(world.root)
    const open = await enter(before, await signIn(before, null, { username: ada.email, password }))
    asking({ always: true })
    const { answer, ctx } = await knocking(ada)
    const { secret } = await enter(ctx, await answer({ new_password: fresh }))
    expect(await look(world.root, open.secret)).toBeNull()
    expect(await look(world.mixed, secret)).not.toBeNull()
  })

  it('is set once, however many come at the same moment', async () => {
    asking({ always: true })
    const ada = await somebody()
    const { ctx, secret } = await knocking(ada)
    const changes = async () => (await mails()).filter(({ template }) => template === 'password-changed').length
    const told = await changes()
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, index) => signIn(ctx, secret(), { at: 'anew', new_password: `${fresh}-${index}` })),
    )
    const tickets = all.filter(({ ticket }) => ticket !== undefined)
    expect(tickets).toHaveLength(1)
    expect((await enter(ctx, tickets[0] ?? { next: '' })).session.personId).toBe(ada.id)
    expect((await changes()) - told).toBe(1)
  })

  it('is not set by an attempt whose password was reset meanwhile', async () => {
    asking({ always: true })
    const ada = await somebody()
    const { ctx, secret } = await knocking(ada)
    const asked = await recover(ctx, null, { email: ada.email })
    const { code } = await newestMail('recover-password')
    const { link } = await recoverByCode(ctx, asked.attempt ?? null, { code })
    await reset(ctx, link ?? null, { new_password: fresh })
    const late = await signIn(ctx, secret(), { at: 'anew', new_password: 'gravel-sunset-paddle-orbit' })
    expect(late.ticket).toBeUndefined()
    expect((await knocking(ada, fresh)).first).toMatchObject({ next: '/sign-in' })
    expect((await knocking(ada, 'gravel-sunset-paddle-orbit')).first.failure ?? null).toBeNull()
    expect((await trailOf(world.root, ada.id)).filter(({ action }) => action === 'password.changed')).toHaveLength(2)
  })

  it('is chosen by nobody who has not proven all that is demanded', async () => {
    asking({ always: true })
    const ada = await somebody({ totp: true })
    const { first, look: see, answer, secret, ctx } = await knocking(ada)
    expect(first).toMatchObject({ next: '/mfa' })
    // Whoever knows the password alone answers a page that is not theirs yet.
    for (const place of ['anew', '~password', '~second/totp']) {
      await signIn(ctx, secret(), { at: place, new_password: fresh })
      await secondStep(ctx, secret(), { at: place, new_password: fresh })
    }
    expect((await withOrganization(world.root, (tx) => passwordOf(tx, ada.id)))?.mustChange).toBe(false)
    expect((await trailOf(world.root, ada.id)).filter(({ action }) => action === 'password.changed')).toHaveLength(1)
    await answer({ code: codeOf(ada.totpSecret) })
    expect((await see())?.place).toMatchObject({ step: 'new-password', at: 'anew', why: 'expired' })
    expect(await answer({ new_password: fresh })).toMatchObject({ next: '/account' })
  })
})

describe('an administrator who asks for a new password', () => {
  it('is heard at the end of every flow, also of one that knows nothing of it', async () => {
    const ada = await somebody()
    expect(await ask(ada)).toBe(true)
    for (const where of [world.mixed, world.root]) {
      const { first, look: see } = await knocking(ada, password, where)
      expect(first).toMatchObject({ next: '/sign-in' })
      expect((await see())?.place).toMatchObject({ step: 'new-password', at: '~password', why: 'asked' })
    }
    const { answer, ctx } = await knocking(ada)
    expect((await enter(ctx, await answer({ new_password: fresh }))).session.personId).toBe(ada.id)
    expect((await knocking(ada, fresh)).first).toMatchObject({ next: '/account' })
  })

  it('is heard after the second step, and once: a flow that asks for one asks no more at its end', async () => {
    const ada = await somebody({ totp: true })
    await ask(ada)
    asking()
    const { look: see, answer } = await knocking(ada)
    expect((await see())?.place?.step).toBe('totp')
    await answer({ code: codeOf(ada.totpSecret) })
    expect((await see())?.place).toMatchObject({ at: 'anew', why: 'asked' })
    expect(await answer({ new_password: fresh })).toMatchObject({ next: '/account' })
  })

  it('is heard where a second step is set up first', async () => {
    const eve = await person({ email: 'eve@strict.example', home: world.strict })
    await withOrganization(world.strict, (tx) => askForAnother(tx, eve.id))
    const { first, look: see, answer } = await knocking(eve, password, world.strict)
    expect(first).toMatchObject({ next: '/mfa' })
    const secret = (await see())?.place?.enrolment?.secret ?? ''
    await answer({ code: codeOf(secret) })
    expect((await see())?.place).toMatchObject({ at: '~password' })
    expect(await answer({ new_password: 'velvet-canyon-9' })).toMatchObject({ next: '/account' })
  })

  it('is heard by an attempt that has begun already', async () => {
    walk(world.mixed, afterPassword({ profile: { step: 'profile' } }))
    const ada = await somebody()
    const { answer } = await knocking(ada)
    await ask(ada)
    expect(await answer({ intent: 'skip' })).toMatchObject({ next: '/sign-in' })
  })

  it('has what they want as soon as the password is another one, however it came about', async () => {
    const ada = await somebody()
    await ask(ada)
    await weak(ada)
    expect((await withOrganization(world.root, (tx) => passwordOf(tx, ada.id)))?.mustChange).toBe(false)
  })

  it('asks nothing of whoever has no password', async () => {
    const { id } = await somebody()
    expect(await withOrganization(world.root, (tx) => askForAnother(tx, `${id}x`))).toBe(false)
  })
})
