import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createGroup, personActor } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { find as findInvitation, invite, resend } from '#core/invitations'
import type { NewInvitations } from '#core/invitations/contract'
import { loadDirectory } from '#core/organizations'
import { elsewhereOf, find, findByEmail, findMembership } from '#core/people'
import { days, hours, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, codeOf, enter, type Mail, mails, password, person, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { LoginContext } from './contract.ts'
import {
  acceptInvitation,
  lookAtInvitation,
  requestInvitation,
  secondStep,
  signIn,
  signUp,
  verify,
  view,
} from './index.ts'

freshDatabase()
let world: World
let owner: Actor
beforeAll(async () => {
  world = await buildWorld()
  owner = await acting(
    world.own,
    await member({ home: world.own, role: 'owner', reach: 'subtree', givenName: 'Olga', familyName: 'Boss' }),
  )
}, 60_000)
afterEach(() => setClockForTests(0))

const answer = { given_name: 'Noa', family_name: 'Berg', password }
const asked = async (email: string, more: Omit<NewInvitations, 'emails'> = {}, where = world.own, by = owner) => {
  const [result] = await invite(where, by, { emails: [email], ...more })
  expect(result?.result).toBe('invited')
  const mail = (await mails()).find(({ template, to }) => template === 'invitation' && to.email === email) as Mail
  return { id: result?.invitationId ?? '', link: mail.ticket }
}
const known = (email: string, home = world.own) => withOrganization(home, (tx) => findByEmail(tx, email))
const membershipOf = (ref: { homeId: string; personId: string }, where: string) =>
  withOrganization(where, (tx) => findMembership(tx, ref))
const failureOf = async (ctx: LoginContext, attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'sign-up'))?.failure ?? null
const rolesOf = async (where: string, ref: { homeId: string; personId: string }) =>
  new Set((await personActor(where, ref, {})).grants.map(({ permission }) => permission))

const mode = async (signUpMode: 'open' | 'approval' | 'invitation' | 'closed') => {
  const { update } = await import('#core/organizations')
  await withPlatform((tx) => update(tx, systemActor, world.own, { signUp: signUpMode }))
  await loadDirectory()
}

describe('accepting an invitation', () => {
  it('makes an account of who has none: a member with what was promised, signed in', async () => {
    const group = await withOrganization(world.own, (tx) => createGroup(tx, systemActor, { name: 'Desk' }))
    const { id, link } = await asked('new@own.example', {
      kind: 'staff',
      roles: [{ role: 'auditor' }],
      groups: [group.id],
      message: 'Welcome!',
    })
    const ctx = at(world.own)
    for (let look = 0; look < 5; look += 1) {
      expect(await lookAtInvitation(ctx, link, null)).toMatchObject({
        state: 'valid',
        asks: 'account',
        email: 'new@own.example',
        inviter: 'Olga Boss',
        kind: 'staff',
        roles: [{ key: 'auditor', name: null }],
        message: 'Welcome!',
      })
    }
    const outcome = await acceptInvitation(ctx, null, link, null, answer)
    expect(outcome).toMatchObject({ next: '/account', link: null, notice: 'invitation_accepted' })
    const { session } = await enter(ctx, outcome)
    const ref = { homeId: world.own, personId: session.personId }
    expect(await known('new@own.example')).toMatchObject({ givenName: 'Noa', emailVerifiedAt: expect.any(Date) })
    expect(await membershipOf(ref, world.own)).toMatchObject({ kind: 'staff', status: 'active' })
    expect(await rolesOf(world.own, ref)).toContain('audit.read')
    expect(await findInvitation(world.own, owner, id)).toMatchObject({ state: 'accepted', acceptedBy: ref })
    expect(await lookAtInvitation(ctx, link, null)).toMatchObject({ state: 'used', email: 'n••@o••.example' })
    expect(await acceptInvitation(ctx, null, link, null, answer)).toEqual({ next: '/invitation' })
    expect((await signIn(ctx, null, { username: 'new@own.example', password })).ticket).toBeDefined()
  })

  it('asks who has an account for their password, and never replaces it', async () => {
    const rita = await person({ email: 'rita@skyway.example', home: world.root })
    const lead = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const { link } = await asked('rita@skyway.example', { kind: 'staff' }, world.central, lead)
    const ctx = at(world.central)
    const ref = { homeId: world.root, personId: rita.id }
    expect(await lookAtInvitation(ctx, link, null)).toMatchObject({ state: 'valid', asks: 'password' })
    const wrong = await acceptInvitation(ctx, null, link, null, { ...answer, password: 'velvet-otter-marble-canyon' })
    expect(wrong).toMatchObject({ next: '/invitation' })
    expect(await failureOf(ctx, wrong.attempt)).toEqual({ code: 'password.wrong', field: 'password' })
    expect(await membershipOf(ref, world.central)).toBeNull()
    const outcome = await acceptInvitation(ctx, wrong.attempt ?? null, link, null, { password })
    const { session } = await enter(ctx, outcome)
    expect(session).toMatchObject({ ...ref, organizationId: world.central })
    expect(await membershipOf(ref, world.central)).toMatchObject({ kind: 'staff' })
    expect(await withOrganization(world.root, (tx) => elsewhereOf(tx, rita.id))).toEqual([world.central])
    expect(await withOrganization(world.root, (tx) => find(tx, rita.id))).toMatchObject({
      givenName: 'Ada',
      emailVerifiedAt: expect.any(Date),
    })
  })

  it('leaves the second step to be asked for, or to be set up', async () => {
    const paolo = await person({ email: 'paolo@skyway.example', home: world.root, totp: true })
    const lead = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const { link } = await asked(paolo.email, {}, world.central, lead)
    const ctx = at(world.central)
    const outcome = await acceptInvitation(ctx, null, link, null, { password })
    expect(outcome).toMatchObject({ next: '/mfa', link: null })
    expect(outcome.ticket).toBeUndefined()
    expect((await secondStep(ctx, outcome.attempt ?? null, { code: codeOf(paolo.totpSecret) })).ticket).toBeDefined()
    const strict = await acting(world.strict, await member({ home: world.strict, role: 'owner' }))
    const invited = await asked('new@strict.example', {}, world.strict, strict)
    const there = at(world.strict)
    const enrolling = await acceptInvitation(there, null, invited.link, null, { ...answer, password: 'kx7?vuop' })
    expect(enrolling).toMatchObject({ next: '/mfa' })
    const secret = (await view(there, enrolling.attempt ?? null, 'sign-up'))?.enrolment?.secret ?? ''
    const { session } = await enter(there, await secondStep(there, enrolling.attempt ?? null, { code: codeOf(secret) }))
    expect(session.methods).toEqual(['pwd', 'otp'])
  })

  it('is a press of a button for whoever is signed in as the one invited', async () => {
    const { id, link } = await asked('early@own.example', { roles: [{ role: 'auditor' }] })
    const ctx = at(world.own)
    const early = await person({ email: 'early@own.example', home: world.own, memberOf: [world.own] })
    const session = { homeId: world.own, personId: early.id }
    expect(await lookAtInvitation(ctx, link, session)).toMatchObject({ state: 'valid', asks: 'nothing' })
    expect(await acceptInvitation(ctx, null, link, session, {})).toEqual({
      next: '/account',
      link: null,
      notice: 'invitation_accepted',
    })
    expect(await rolesOf(world.own, session)).toContain('audit.read')
    expect(await findInvitation(world.own, owner, id)).toMatchObject({ state: 'accepted' })
  })

  it('with the wrong account is refused, and the account stays as it is', async () => {
    const { link } = await asked('right@own.example', { roles: [{ role: 'auditor' }] })
    const mallory = await member({ home: world.own, email: 'mallory@own.example' })
    const ctx = at(world.own)
    expect(await lookAtInvitation(ctx, link, mallory.ref)).toMatchObject({
      state: 'wrong-account',
      email: 'r••••@o••.example',
    })
    expect(await acceptInvitation(ctx, null, link, mallory.ref, { ...answer, password })).toEqual({
      next: '/invitation',
      failure: { code: 'invitation.wrong_account' },
    })
    expect(await rolesOf(world.own, mallory.ref)).toEqual(new Set())
    expect(await known('right@own.example')).toBeNull()
    expect((await acceptInvitation(ctx, null, link, null, answer)).ticket).toBeDefined()
  })

  it.each(['open', 'approval', 'invitation', 'closed'] as const)(
    'is possible where sign-up is %s',
    async (signUpMode) => {
      await mode(signUpMode)
      const { link } = await asked(`${signUpMode}@own.example`)
      const outcome = await acceptInvitation(at(world.own), null, link, null, answer)
      expect(outcome.ticket).toBeDefined()
      const made = await known(`${signUpMode}@own.example`)
      expect(await membershipOf({ homeId: world.own, personId: made?.id ?? '' }, world.own)).toMatchObject({
        status: 'active',
      })
      await mode('open')
    },
  )
})

describe('where sign-up is by invitation', () => {
  it('nobody comes in without one, nor goes on with a sign-up that was begun before', async () => {
    const ctx = at(world.own)
    const { attempt = null } = await signUp(ctx, null, { ...answer, email: 'begun@own.example' })
    const [mail] = await mails()
    await mode('invitation')
    const refusal = await signUp(at(world.own), null, { ...answer, email: 'begun2@own.example' })
    expect(await failureOf(ctx, refusal.attempt)).toEqual({ code: 'login.sign_up_closed' })
    await verify(ctx, attempt, { answer: { code: mail?.code ?? '' } })
    expect(await failureOf(ctx, attempt)).toEqual({ code: 'login.sign_up_closed' })
    expect(await known('begun@own.example')).toBeNull()
    await mode('open')
    expect((await verify(ctx, attempt, { answer: { code: mail?.code ?? '' } })).ticket).toBeDefined()
  })
})

describe('whoever comes too late', () => {
  it('may ask for a new one, once a day, and the old link works again', async () => {
    const { id, link } = await asked('again@own.example', { lifetimeDays: 1 })
    expect(await requestInvitation(at(world.own), link)).toEqual({ next: '/invitation' })
    setClockForTests(days(1) + minutes(1))
    const requests = async () => (await mails()).filter(({ template }) => template === 'invitation-request')
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await requestInvitation(at(world.own), link)).toEqual({
        next: '/invitation',
        notice: 'invitation_requested',
      })
    }
    expect(await requests()).toMatchObject([{ to: { home: world.own, person: owner.personId } }])
    setClockForTests(days(2) + hours(1))
    await requestInvitation(at(world.own), link)
    expect(await requests()).toHaveLength(2)
    await resend(world.own, owner, id)
    expect((await acceptInvitation(at(world.own), null, link, null, answer)).ticket).toBeDefined()
    expect(await requestInvitation(at(world.own), link)).toEqual({ next: '/invitation' })
    expect(await requestInvitation(at(world.own), 'made-up')).toEqual({ next: '/invitation' })
  })
})
