import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor as by } from '#core/authority'
import { directory, readAgain, resume, suspend } from '#core/organizations'
import { addMembership, findMembership, noteElsewhere, setMembershipStatus } from '#core/people'
import { look } from '#core/sessions'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, password, person, type World } from '#support/engine'
import { knock } from '#support/knocking'
import { afterPassword, walk, walkNone } from '#support/walked'
import { exchange, secondStep, signIn, view } from './index.ts'

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

/** Somebody of the root who belongs to two organizations below it, at the door of the first one. */
const somebody = (more: { totp?: boolean; memberOf?: string[] } = {}) => {
  count += 1
  return person({
    email: `goes${count}@root.example`,
    home: world.root,
    memberOf: [world.mixed, world.central],
    ...more,
  })
}
type Somebody = Awaited<ReturnType<typeof somebody>>
const chooser = { step: 'organization' } as const
const choosing = () => walk(world.mixed, afterPassword({ where: chooser }))
const knocking = ({ email }: Pick<Somebody, 'email'>) => knock(world.mixed, email)
const placeAt = async (organizationId: string, secret: string | null | undefined) =>
  (await view(at(organizationId), secret ?? null, 'sign-in'))?.place
const standAt = async (organizationId: string, { homeId, id }: Somebody, status: 'active' | 'suspended') =>
  withOrganization(organizationId, async (tx) => {
    const membership = await findMembership(tx, { homeId, personId: id })
    if (membership) await setMembershipStatus(tx, by, membership, status)
  })

describe('whoever belongs to several organizations', () => {
  it('is asked where they go on, this one first', async () => {
    choosing()
    const { first, look: see } = await knocking(await somebody())
    expect(first).toMatchObject({ next: '/sign-in' })
    expect(first.ticket).toBeUndefined()
    expect((await see())?.place).toMatchObject({ step: 'organization', page: '/sign-in' })
    expect((await see())?.place?.organizations).toEqual([
      { id: world.mixed, name: 'Alpine Air', address: expect.stringMatching(/\/o\/mixed$/), isHere: true },
      { id: world.central, name: 'Sahel Rail', address: expect.stringMatching(/\/o\/central$/), isHere: false },
      { id: world.root, name: 'Skyway', address: expect.not.stringMatching(/^https?:|\/o\//), isHere: false },
    ])
  })

  it('goes on here', async () => {
    choosing()
    const ada = await somebody()
    const { answer, ctx } = await knocking(ada)
    const { session } = await enter(ctx, await answer({ organization: world.mixed }))
    expect(session).toMatchObject({ organizationId: world.mixed, personId: ada.id })
  })

  it('goes on at another one, with a session of that one alone', async () => {
    choosing()
    const ada = await somebody()
    const { answer, secret, ctx } = await knocking(ada)
    const outcome = await answer({ organization: world.central })
    expect(outcome).toMatchObject({ next: '/account', at: world.central, attempt: null })
    expect(await exchange(ctx, outcome.ticket ?? '')).toBeNull()
    const there = at(world.central)
    const entered = await enter(there, outcome)
    expect(entered.session).toMatchObject({ organizationId: world.central, personId: ada.id, methods: ['pwd'] })
    expect(await look(world.mixed, entered.secret)).toBeNull()
    // Here it is over.
    expect(await view(ctx, secret(), 'sign-in')).toBeNull()
  })

  it('goes on once, however often they answer at the same moment', async () => {
    choosing()
    const { ctx, secret } = await knocking(await somebody())
    const all = await Promise.all(
      Array.from({ length: 20 }, () => signIn(ctx, secret(), { at: 'where', organization: world.central })),
    )
    expect(all.filter(({ ticket }) => ticket !== undefined)).toHaveLength(1)
  })

  it('is not asked twice, where the other one asks as well', async () => {
    choosing()
    walk(world.central, afterPassword({ where: chooser }))
    expect(await (await knocking(await somebody())).answer({ organization: world.central })).toMatchObject({
      next: '/account',
      at: world.central,
    })
  })

  it('is asked even of one, where the flow says so', async () => {
    walk(world.mixed, afterPassword({ where: { ...chooser, settings: { always: true } } }))
    const { email } = await person({ email: 'alone@mixed.example', home: world.mixed })
    const { look: see, answer } = await knocking({ email })
    expect((await see())?.place?.organizations).toMatchObject([{ id: world.mixed, isHere: true }])
    expect(await answer({ organization: world.mixed })).toMatchObject({ next: '/account' })
    choosing()
    expect((await knocking({ email })).first).toMatchObject({ next: '/account' })
  })

  it('is led to a sign-in of its own, where the other one is at another origin', async () => {
    choosing()
    const ada = await somebody()
    const central = directory().byId(world.central) ?? {}
    Object.assign(central, { canonicalAddress: 'name' })
    const outcome = await (await knocking(ada)).answer({ organization: world.central })
    Object.assign(central, { canonicalAddress: 'path' })
    expect(outcome).toEqual({
      next: '/sign-in/elsewhere',
      elsewhere: { organizationId: world.central, username: ada.email, hasTyped: false, isChosen: true },
    })
  })
})

describe('nobody goes on', () => {
  const refusedFor = async (ada: Somebody, organization: string) => {
    const { answer, look: see, ctx } = await knocking(ada)
    const outcome = await answer({ organization })
    expect(outcome).toEqual({ next: '/sign-in' })
    const shown = await see()
    expect(shown).toMatchObject({ failure: { code: 'input.invalid', field: 'organization' } })
    expect(await enter(ctx, await answer({ organization: world.mixed }))).toMatchObject({
      session: { personId: ada.id },
    })
    return shown?.place?.organizations?.map(({ id }) => id)
  }

  it.each([
    ['where they are no member', () => world.strict],
    ['where there is nothing', () => 'org_nothing'],
    ['by an address in the place of an id', () => '/o/central'],
    ['nowhere', () => ''],
  ])('%s', async (_, where) => {
    choosing()
    await refusedFor(await somebody(), where())
  })

  it('where they are suspended, or wait to be let in', async () => {
    choosing()
    const ada = await somebody({ memberOf: [world.mixed, world.central, world.closed] })
    await standAt(world.central, ada, 'suspended')
    expect(await refusedFor(ada, world.central)).not.toContain(world.central)
    const ben = await somebody({ memberOf: [world.mixed] })
    await withOrganization(world.root, (tx) => noteElsewhere(tx, ben.id, world.central))
    const waiting = { homeId: world.root, personId: ben.id, kind: 'consumer', status: 'pending', known: ben } as const
    await withOrganization(world.central, (tx) => addMembership(tx, by, waiting))
    expect(await refusedFor(ben, world.central)).not.toContain(world.central)
  })

  it('to an organization that is suspended', async () => {
    choosing()
    const ada = await somebody()
    await withPlatform((tx) => suspend(tx, by, world.central))
    await readAgain(world.central)
    expect(await refusedFor(ada, world.central)).not.toContain(world.central)
    await withPlatform((tx) => resume(tx, by, world.central))
    await readAgain(world.central)
  })

  it('who has been suspended there since the page was shown', async () => {
    choosing()
    const ada = await somebody()
    const { answer, look: see } = await knocking(ada)
    expect((await see())?.place?.organizations?.map(({ id }) => id)).toContain(world.central)
    await standAt(world.central, ada, 'suspended')
    expect(await answer({ organization: world.central })).toEqual({ next: '/sign-in' })
  })

  it('in the attempt of somebody else, or without one', async () => {
    choosing()
    const outsider = await person({ email: 'outsider@mixed.example', home: world.mixed })
    walk(world.mixed, afterPassword({ where: { ...chooser, settings: { always: true } } }))
    const own = await knocking(outsider)
    expect(await own.answer({ organization: world.central })).toEqual({ next: '/sign-in' })
    const stranger = await signIn(at(world.mixed), null, { at: 'where', organization: world.central })
    expect(stranger.ticket).toBeUndefined()
    const { secret } = await knocking(await somebody())
    // A cookie of one organization is worth nothing at another one.
    const moved = await signIn(at(world.central), secret(), { at: 'where', organization: world.central })
    expect(moved.ticket).toBeUndefined()
  })
})

describe('what was proven counts elsewhere', () => {
  const strictly = async (isRequired: boolean): Promise<void> => {
    Object.assign(directory().byId(world.central) ?? {}, { secondFactorRequired: isRequired })
  }
  afterEach(() => strictly(false))

  it('no further than the other one’s policy: a second step that it requires is asked for there', async () => {
    choosing()
    await strictly(true)
    const outcome = await (await knocking(await somebody())).answer({ organization: world.central })
    expect(outcome).toMatchObject({ next: '/mfa', at: world.central })
    expect(outcome.ticket).toBeUndefined()
    expect((await placeAt(world.central, outcome.attempt))?.step).toBe('enrol')
  })

  it('no further than its flow: a second step that it asks for is asked for there, unless it was taken here', async () => {
    const second = { step: 'second-step', settings: { required: true } } as const
    choosing()
    walk(world.central, afterPassword({ second }))
    const ada = await somebody()
    const asked = await (await knocking(ada)).answer({ organization: world.central })
    expect(asked).toMatchObject({ next: '/mfa', at: world.central })
    const eve = await somebody({ totp: true })
    walk(world.mixed, afterPassword({ second, where: chooser }))
    const { answer } = await knocking(eve)
    await answer({ code: codeOf(eve.totpSecret) })
    expect((await enter(at(world.central), await answer({ organization: world.central }))).session).toMatchObject({
      methods: ['pwd', 'otp'],
    })
  })

  it('where its flow asks for another second step, the one of here is none', async () => {
    const passkeys = { step: 'second-step', settings: { methods: ['passkey'], required: true } } as const
    walk(world.mixed, afterPassword({ second: { step: 'second-step' }, where: chooser }))
    walk(world.central, afterPassword({ second: passkeys }))
    const eve = await somebody({ totp: true })
    const { answer } = await knocking(eve)
    await answer({ code: codeOf(eve.totpSecret) })
    const outcome = await answer({ organization: world.central })
    expect(outcome).toMatchObject({ next: '/mfa', at: world.central })
    expect(outcome.ticket).toBeUndefined()
  })

  it('not where nobody signs in with it: only who they are called comes along', async () => {
    choosing()
    walk(world.central, {
      who: { step: 'identifier', next: 'mail' },
      mail: { step: 'email-code', next: 'end' },
    })
    const ada = await somebody()
    const outcome = await (await knocking(ada)).answer({ organization: world.central })
    expect(outcome).toMatchObject({ next: '/sign-in', at: world.central })
    expect(outcome.ticket).toBeUndefined()
    expect(await placeAt(world.central, outcome.attempt)).toMatchObject({ step: 'email-code' })
    expect(await secondStep(at(world.central), outcome.attempt ?? null, { code: 'x' })).toMatchObject({
      failure: { code: 'login.expired' },
    })
  })

  it('never by a browser that is trusted here', async () => {
    const trusting = { trusted: { step: 'trusted-device' }, second: { step: 'second-step' }, where: chooser } as const
    walk(world.mixed, afterPassword(trusting))
    const eve = await somebody({ totp: true })
    const before = await knocking(eve)
    await before.answer({ code: codeOf(eve.totpSecret), trust: 'on' })
    const { ticket = '' } = await before.answer({ organization: world.mixed })
    const entered = await exchange(before.ctx, ticket)
    const again = { ...at(world.mixed), browser: { device: entered?.device ?? null } }
    const { first, answer, look: see } = await knock(world.mixed, eve.email, { ctx: again })
    expect(first).toMatchObject({ next: '/sign-in' })
    expect((await see())?.place?.step).toBe('organization')
    const outcome = await answer({ organization: world.central })
    expect(outcome).toMatchObject({ next: '/mfa', at: world.central })
    expect(outcome.ticket).toBeUndefined()
  })

  it('for ten minutes, and then no more', async () => {
    choosing()
    const ada = await somebody()
    const { answer } = await knocking(ada)
    setClockForTests(minutes(10) + 1000)
    expect((await answer({ organization: world.central })).ticket).toBeUndefined()
  })

  it('for one person: whoever proves to be somebody else has nothing of the first', async () => {
    const second = { step: 'second-step', settings: { required: true } } as const
    walk(world.mixed, afterPassword({ second, where: chooser }))
    const eve = await somebody({ totp: true })
    const ada = await somebody()
    const { answer, secret, ctx } = await knocking(eve)
    await answer({ code: codeOf(eve.totpSecret) })
    const other = await signIn(ctx, secret(), { username: ada.email, password })
    expect(other).toMatchObject({ next: '/mfa' })
    expect(other.ticket).toBeUndefined()
  })
})
