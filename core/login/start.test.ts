import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { personActor } from '#core/access'
import { systemActor } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { create, directory, loadDirectory } from '#core/organizations'
import { findByEmail, findMembership } from '#core/people'
import { hours, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, mails, newestMail, password, person, type World } from '#support/engine'
import {
  beginStart,
  countOrganizations,
  enterMade,
  letBusinessesIn,
  newBusiness,
  startFailureOf,
} from '#support/starting'
import { held, move } from './attempts.ts'
import { chooseHandle, lookAtStart, lookAtVerify, resend, secondStep, signIn, start, verify, view } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)
afterEach(() => setClockForTests(0))

describe('a business that starts where that is open', () => {
  it('is nothing before its address is proven; then an organization with its owner, signed in', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, answer, secret, mail } = await beginStart(world.own, { handle: 'Pier-1', name: 'Pier One' })
    expect(directory().byHandle('pier-1')).toBeUndefined()
    expect(JSON.stringify(await view(ctx, secret, 'start'))).not.toContain(password)
    expect(await lookAtVerify(ctx, secret, mail.ticket)).toEqual({ state: 'confirm', email: answer.email, of: 'start' })
    const outcome = await verify(ctx, secret, { answer: { code: mail.code } })
    const made = directory().byHandle('pier-1')
    expect(outcome).toMatchObject({ next: '/account', at: made?.id, link: null, notice: 'organization_started' })
    expect(made).toMatchObject({
      name: 'Pier One',
      parentId: world.own,
      peopleFrom: 'own',
      locales: ['en', 'de'],
      businessSignUp: 'closed',
    })
    const { session } = await enterMade(ctx, outcome)
    const ref = { homeId: made?.id ?? '', personId: session.personId }
    expect(session).toMatchObject({ organizationId: made?.id, homeId: made?.id, methods: ['pwd'] })
    expect(await withOrganization(ref.homeId, (tx) => findMembership(tx, ref))).toMatchObject({ kind: 'staff' })
    const held = new Set((await personActor(ref.homeId, ref, {})).grants.map(({ permission }) => permission))
    expect(builtInRoles.owner.every((permission) => held.has(permission))).toBe(true)
    expect(await personActor(world.own, ref, {})).toMatchObject({ grants: [] })
    expect((await newestMail('welcome')).to).toEqual({ home: made?.id, person: session.personId })
    const there = at(made?.id ?? '')
    expect((await signIn(there, null, { username: answer.email, password })).ticket).toBeDefined()
    expect((await signIn(at(world.own), null, { username: answer.email, password })).ticket).toBeUndefined()
  })

  it('is proven by the link of the mail as well, and its page says from then on where it is', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.own)
    const outcome = await verify(ctx, secret, { link: mail.ticket })
    expect(outcome.at).toBe(directory().byHandle(answer.handle)?.id)
    expect(await verify(ctx, secret, { link: mail.ticket })).toEqual({ next: '/start', link: null })
    expect(await lookAtStart(ctx, secret, null)).toMatchObject({
      state: 'ready',
      handle: answer.handle,
      address: `http://localhost:3000/o/${answer.handle}`,
      signIn: `http://localhost:3000/o/${answer.handle}/sign-in?login_hint=${encodeURIComponent(answer.email)}`,
    })
    expect(await lookAtStart(ctx, null, null)).toMatchObject({ state: 'form', preview: 'localhost:3000/o/{handle}' })
  })

  it('is led to its address where no cookie of this one would arrive', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail } = await beginStart(world.own)
    const elsewhere = { ...ctx, address: { form: 'name' } as const }
    expect(await verify(elsewhere, secret, { answer: { code: mail.code } })).toEqual({ next: '/start', link: null })
    expect(await lookAtStart(elsewhere, secret, null)).toMatchObject({ state: 'ready' })
  })

  it('inherits that a second step is asked for, and sets it up before anybody is in', async () => {
    await letBusinessesIn(world.strict, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.strict, { password: 'kx7?vuop' })
    const outcome = await verify(ctx, secret, { answer: { code: mail.code } })
    expect(outcome).toMatchObject({ next: '/mfa' })
    expect(outcome.ticket).toBeUndefined()
    const there = { ...ctx, organizationId: outcome.at ?? '' }
    const key = (await view(there, outcome.attempt ?? null, 'sign-up'))?.enrolment?.secret ?? ''
    const { session } = await enter(there, await secondStep(there, outcome.attempt ?? null, { code: codeOf(key) }))
    expect(session.methods).toEqual(['pwd', 'otp'])
    expect(directory().byHandle(answer.handle)).toMatchObject({ secondFactorRequired: true })
  })

  it('is answered in the same way whether its address has an account here or not', async () => {
    await letBusinessesIn(world.own, 'open')
    await person({ email: 'known@harbour.example', home: world.own })
    const known = await beginStart(world.own, { email: 'known@harbour.example' })
    const unknown = await beginStart(world.own, { email: 'nobody@harbour.example' })
    const shape = async ({ ctx, secret }: typeof known) => {
      const { id: _, values: __, ...rest } = (await view(ctx, secret, 'start')) ?? { id: '', values: {} }
      return { ...rest, maskedEmail: null, resendAt: null }
    }
    expect(await shape(known)).toEqual(await shape(unknown))
    const outcome = await verify(known.ctx, known.secret, { answer: { code: known.mail.code } })
    expect(outcome.at).toBeDefined()
    // The account here is somebody else's affair: its password is as it was, and so are its memberships.
    const own = await withOrganization(world.own, (tx) => findByEmail(tx, 'known@harbour.example'))
    expect(own).toMatchObject({ givenName: 'Ada', emailVerifiedAt: null })
  })

  it.each([
    ['name', ''],
    ['name', 'https://evil.test'],
    ['handle', ''],
    ['handle', '\u0430lpine'],
    ['handle', 'admin'],
    ['handle', 'skyway'],
    ['given_name', ''],
    ['family_name', 'www.evil.test'],
    ['email', 'noa@'],
    ['password', 'short'],
    ['password', 'Harbour Bridge Harbour Bridge'],
  ])('is told at the field that %s cannot be %j, and loses nothing that was typed', async (field, value) => {
    await letBusinessesIn(world.own, 'open')
    const before = (await mails()).length
    const ctx = at(world.own)
    const answer = newBusiness({ name: 'Harbour Bridge', [field]: value })
    const outcome = await start(ctx, null, null, answer)
    expect(outcome.next).toBe('/start')
    const seen = await view(ctx, outcome.attempt ?? null, 'start')
    expect(seen?.failure?.field).toBe(field)
    const { password: _, ...shown } = answer
    expect(seen?.values).toEqual(shown)
    expect((await mails()).length).toBe(before)
  })

  it('is offered names that can be had where one cannot', async () => {
    await letBusinessesIn(world.own, 'open')
    const ctx = at(world.own)
    const { attempt = null } = await start(ctx, null, null, newBusiness({ name: 'Skyway Partners', handle: 'skyway' }))
    const { suggestions } = await lookAtStart(ctx, attempt, null)
    expect(suggestions).toEqual(['skyway-partners', 'skyway-partners-team', 'skyway-team'])
    expect(await start(ctx, attempt, null, newBusiness({ handle: suggestions[0] ?? '' }))).toMatchObject({
      next: '/verify',
    })
  })

  it('is bound as a sign-up is: by mailbox and by network', async () => {
    await letBusinessesIn(world.own, 'open')
    const ctx = at(world.own)
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await start(ctx, null, null, newBusiness({ email: 'often@harbour.example' }))).next).toBe('/verify')
    }
    const sixth = await start(at(world.own), null, null, newBusiness({ email: 'often@harbour.example' }))
    expect(await startFailureOf(ctx, sixth.attempt)).toMatchObject({ code: 'login.too_many_tries' })
    setClockForTests(hours(2))
    expect((await start(ctx, null, null, newBusiness({ email: 'often@harbour.example' }))).next).toBe('/verify')
  })

  it('gets another mail by asking for it, and the older link is worth nothing', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.own)
    setClockForTests(minutes(1))
    expect(await resend(ctx, secret, 'sign-up')).toEqual({ next: '/verify', notice: 'code_sent' })
    const newer = await newestMail('verify-email')
    expect(newer.to).toEqual({ email: answer.email })
    await verify(ctx, secret, { link: mail.ticket })
    expect(directory().byHandle(answer.handle)).toBeUndefined()
    expect((await verify(ctx, secret, { link: newer.ticket })).at).toBeDefined()
  })
})

describe('two that want the same name', () => {
  it('get it once; the other is told kindly, keeps all else, and goes on with another', async () => {
    await letBusinessesIn(world.own, 'open')
    const one = await beginStart(world.own, { handle: 'quay', name: 'Quay One' })
    const two = await beginStart(world.own, { handle: 'quay', name: 'Quay Two' })
    const before = countOrganizations()
    const outcomes = await Promise.all(
      [one, two].map(({ ctx, secret, mail }) => verify(ctx, secret, { answer: { code: mail.code } })),
    )
    await loadDirectory()
    expect(outcomes.filter(({ at: made }) => made !== undefined)).toHaveLength(1)
    expect(countOrganizations()).toBe(before + 1)
    const lost = outcomes[0]?.at === undefined ? one : two
    expect(outcomes.find(({ at: made }) => made === undefined)).toMatchObject({ next: '/start' })
    expect(await startFailureOf(lost.ctx, lost.secret)).toEqual({ code: 'organizations.handle_taken', field: 'handle' })
    const look = await lookAtStart(lost.ctx, lost.secret, null)
    expect(look).toMatchObject({ state: 'handle', suggestions: expect.arrayContaining(['quay-team']) })
    const taken = await chooseHandle(lost.ctx, lost.secret, { handle: 'quay' })
    expect(taken.at).toBeUndefined()
    const outcome = await chooseHandle(lost.ctx, lost.secret, { handle: 'quay-team' })
    expect(outcome.at).toBe(directory().byHandle('quay-team')?.id)
    await enterMade(lost.ctx, outcome)
  })

  it('are one where the same answer is sent twice', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.own)
    const before = countOrganizations()
    const outcomes = await Promise.all([1, 2, 3].map(() => verify(ctx, secret, { answer: { code: mail.code } })))
    await loadDirectory()
    expect(countOrganizations()).toBe(before + 1)
    expect(outcomes.filter(({ at: made }) => made !== undefined)).toHaveLength(1)
    for (const { at: made, next } of outcomes) expect(made === undefined ? next : '/start').toBe('/start')
    expect(directory().byHandle(answer.handle)).toBeDefined()
  })
})

describe('a start that was interrupted after the proof', () => {
  it('goes on when it is answered again', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, answer } = await beginStart(world.own)
    // As a process leaves it that dies between the two units of work.
    const attempt = await held(ctx, secret, 'start')
    if (attempt) await withOrganization(world.own, (tx) => move(tx, attempt, 'verify', {}))
    expect(await lookAtStart(ctx, secret, null)).toMatchObject({ state: 'handle', suggestions: [] })
    expect((await chooseHandle(ctx, secret, { handle: answer.handle })).at).toBeDefined()
  })

  it('leaves nothing where it cannot be ended: no organization without an owner, nobody without an organization', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.own)
    await withPlatform((tx) =>
      create(tx, systemActor, { parentId: world.root, handle: answer.handle, name: 'Quicker' }),
    )
    await loadDirectory()
    const before = (await mails()).length
    await verify(ctx, secret, { answer: { code: mail.code } })
    const quicker = directory().byHandle(answer.handle)?.id ?? ''
    expect(await withOrganization(quicker, (tx) => findByEmail(tx, answer.email))).toBeNull()
    expect((await mails()).length).toBe(before)
  })
})

describe('where it is closed', () => {
  it('nobody begins, nor ends what was begun before', async () => {
    await letBusinessesIn(world.own, 'open')
    const { ctx, secret, mail, answer } = await beginStart(world.own)
    await letBusinessesIn(world.own, 'closed')
    expect(await start(at(world.own), null, null, newBusiness())).toEqual({ next: '/start' })
    await verify(ctx, secret, { answer: { code: mail.code } })
    expect(await startFailureOf(ctx, secret)).toEqual({ code: 'login.start_closed' })
    expect(directory().byHandle(answer.handle)).toBeUndefined()
  })
})
