import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addToGroup, createGroup } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { find as findInvitation, invite, revoke } from '#core/invitations'
import type { NewInvitations } from '#core/invitations/contract'
import { loadDirectory, resume, suspend as suspendOrganization } from '#core/organizations'
import { addMembership, findByEmail, findMembership, setStatus } from '#core/people'
import { remove, suspend } from '#core/roster'
import { days, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, type Mail, mails, password, person, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { LoginContext } from './contract.ts'
import { acceptInvitation, lookAtInvitation, signIn, view } from './index.ts'

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

describe('an invitation is worth nothing', () => {
  const refusedWith = async (link: string, state: string, where = world.own) => {
    const ctx = at(where)
    expect(await lookAtInvitation(ctx, link, null)).toMatchObject({ state })
    const outcome = await acceptInvitation(ctx, null, link, null, answer)
    expect(outcome.ticket).toBeUndefined()
    expect(outcome.next).toBe('/invitation')
  }

  it('a second after its end, with nothing having run', async () => {
    const { link } = await asked('late@own.example', { lifetimeDays: 1 })
    setClockForTests(days(1) + 1000)
    await refusedWith(link, 'expired')
    expect(await known('late@own.example')).toBeNull()
  })

  it('once it was taken back', async () => {
    const { id, link } = await asked('back@own.example')
    await revoke(world.own, owner, id)
    await refusedWith(link, 'revoked')
  })

  it('once whoever stands for it may not give it any more, or is gone', async () => {
    const lead = await member({ home: world.own, role: 'people-manager' })
    const by = await acting(world.own, lead)
    const first = await asked('orphan1@own.example', { roles: [{ role: 'people-manager' }] }, world.own, by)
    const second = await asked('orphan2@own.example', {}, world.own, by)
    await suspend(world.own, owner, lead.id)
    await refusedWith(first.link, 'revoked')
    await remove(world.own, owner, lead.id)
    await refusedWith(second.link, 'revoked')
    expect(await known('orphan1@own.example')).toBeNull()
  })

  it('while its organization is suspended', async () => {
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    const { link } = await asked('dusk@mixed.example', {}, world.mixed, lead)
    await withPlatform((tx) => suspendOrganization(tx, systemActor, world.mixed))
    await loadDirectory()
    await refusedWith(link, 'unknown', world.mixed)
    await withPlatform((tx) => resume(tx, systemActor, world.mixed))
    await loadDirectory()
    expect((await acceptInvitation(at(world.mixed), null, link, null, answer)).ticket).toBeDefined()
  })

  it('at another organization, cut off, or made of another ticket', async () => {
    const { link } = await asked('bound@own.example')
    await refusedWith(link, 'unknown', world.root)
    for (const made of ['', link.slice(1), `${link}x`, 'inv_x']) await refusedWith(made, 'unknown')
    expect(await lookAtInvitation(at(world.own), null, null)).toEqual({ state: 'unknown' })
    const ben = await person({ email: 'other-ticket@own.example', home: world.own })
    const { ticket = '' } = await signIn(at(world.own), null, { username: ben.email, password })
    await refusedWith(ticket, 'unknown')
  })

  it('to somebody suspended, here or at home', async () => {
    const sam = await person({ email: 'sam@skyway.example', home: world.root })
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    const { link } = await asked(sam.email, {}, world.mixed, lead)
    await withOrganization(world.root, (tx) => setStatus(tx, systemActor, sam.id, 'suspended'))
    const ctx = at(world.mixed)
    expect(await lookAtInvitation(ctx, link, null)).toMatchObject({ state: 'unavailable' })
    expect(await acceptInvitation(ctx, null, link, null, answer)).toMatchObject({
      failure: { code: 'invitation.unavailable' },
    })
    expect(await known(sam.email, world.mixed)).toBeNull()
    await withOrganization(world.root, (tx) => setStatus(tx, systemActor, sam.id, 'active'))
    const ref = { homeId: world.root, personId: sam.id }
    await withOrganization(world.mixed, (tx) =>
      addMembership(tx, systemActor, { ...ref, kind: 'consumer', status: 'suspended' }),
    )
    expect((await acceptInvitation(ctx, null, link, null, { password })).ticket).toBeUndefined()
    expect(await membershipOf(ref, world.mixed)).toMatchObject({ status: 'suspended' })
  })
})

describe('an acceptance', () => {
  it('happens once, however many bring the link at the same moment', async () => {
    const { link } = await asked('race@own.example')
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => acceptInvitation(at(world.own), null, link, null, answer)),
    )
    expect(outcomes.filter(({ ticket }) => ticket)).toHaveLength(1)
    const made = await known('race@own.example')
    const all = await withOrganization(world.own, (tx) =>
      tx.sql
        .withTables<{ memberships: { person_id: string; org_id: string } }>()
        .selectFrom('memberships')
        .selectAll()
        .where('person_id', '=', made?.id ?? '')
        .execute(),
    )
    expect(all).toHaveLength(1)
    const twice = await asked('twice@own.example')
    const ben = await person({ email: 'twice@own.example', home: world.own })
    const session = { homeId: world.own, personId: ben.id }
    const pressed = await Promise.all(
      Array.from({ length: 10 }, () => acceptInvitation(at(world.own), null, twice.link, session, {})),
    )
    expect(pressed.filter(({ notice }) => notice === 'invitation_accepted')).toHaveLength(1)
  })

  it('that comes too late leaves nothing of the account that it would have made', async () => {
    const lead = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const { id, link } = await asked('shadow@sahel.example', {}, world.central, lead)
    const results = await Promise.all([
      acceptInvitation(at(world.central), null, link, null, answer),
      revoke(world.central, lead, id)
        .then(() => null)
        .catch(() => null),
    ])
    const made = await known('shadow@sahel.example', world.root)
    const { state } = await findInvitation(world.central, lead, id)
    expect([state === 'accepted', results[0]?.ticket !== undefined]).toEqual([made !== null, made !== null])
  })

  it('lets somebody in who has signed up meanwhile and waits for an approval', async () => {
    const { link } = await asked('waits@own.example')
    const noa = await person({ email: 'waits@own.example', home: world.own })
    const ref = { homeId: world.own, personId: noa.id }
    await withOrganization(world.own, (tx) =>
      addMembership(tx, systemActor, { ...ref, kind: 'consumer', status: 'pending' }),
    )
    const outcome = await acceptInvitation(at(world.own), null, link, null, { password })
    expect(outcome.ticket).toBeDefined()
    expect(await membershipOf(ref, world.own)).toMatchObject({ status: 'active' })
  })

  it.each([
    [{ ...answer, given_name: ' ' }, 'name.required', 'given_name'],
    [{}, 'name.required', 'given_name'],
    [{ ...answer, password: undefined }, 'input.missing', 'password'],
    [{ ...answer, family_name: '<b>' }, 'name.invalid', 'family_name'],
    [{ ...answer, password: 'short' }, 'password.too_short', 'password'],
    [{ ...answer, password: 'passwordpassword' }, 'password.too_common', 'password'],
    [{ ...answer, password: [password, password] }, 'input.invalid', 'password'],
  ])('with a form that is not as it should be keeps what was typed, and the link: %j', async (form, code, field) => {
    const email = `form-${Object.keys(form).length}-${code.replace(/[._]/g, '-')}@own.example`
    const { link } = await asked(email)
    const ctx = at(world.own)
    const { next, attempt } = await acceptInvitation(ctx, null, link, null, form)
    expect(next).toBe('/invitation')
    const seen = await view(ctx, attempt ?? null, 'sign-up')
    expect(seen?.failure).toEqual({ code, field })
    expect(JSON.stringify(seen)).not.toContain(password)
    expect((await acceptInvitation(ctx, attempt ?? null, link, null, answer)).ticket).toBeDefined()
  })

  it('cannot choose another address', async () => {
    const { link } = await asked('fixed@own.example')
    await acceptInvitation(at(world.own), null, link, null, { ...answer, email: 'mallory@evil.test' })
    expect(await known('mallory@evil.test')).toBeNull()
    expect(await known('fixed@own.example')).not.toBeNull()
  })

  it('does not guess passwords for anybody', async () => {
    const ben = await person({ email: 'guessed@skyway.example', home: world.root })
    const lead = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const { link } = await asked(ben.email, {}, world.central, lead)
    let last = { attempt: null as string | null }
    for (let guess = 0; guess < 11; guess += 1) {
      const outcome = await acceptInvitation(at(world.central), null, link, null, { password: `guess number ${guess}` })
      last = { attempt: outcome.attempt ?? null }
    }
    expect((await failureOf(at(world.central), last.attempt))?.code).toBe('login.too_many_tries')
    expect((await acceptInvitation(at(world.central), null, link, null, { password })).ticket).toBeUndefined()
  })

  it('fills no group that its inviter could not fill by then', async () => {
    const lead = await member({ home: world.own, role: 'people-manager' })
    const group = await withOrganization(world.own, (tx) => createGroup(tx, systemActor, { name: 'Later boss' }))
    const { link } = await asked('later@own.example', { groups: [group.id] }, world.own, await acting(world.own, lead))
    await withOrganization(world.own, async (tx) => {
      const { give } = await import('#core/access')
      await give(tx, systemActor, { kind: 'group', homeId: world.own, id: group.id }, { role: 'owner' })
      await addToGroup(tx, systemActor, group.id, lead.ref).catch(() => {})
    })
    await withOrganization(world.own, (tx) =>
      tx.sql
        .withTables<{ group_members: { group_id: string } }>()
        .deleteFrom('group_members')
        .where('group_id', '=', group.id)
        .execute(),
    )
    expect(await lookAtInvitation(at(world.own), link, null)).toMatchObject({ state: 'revoked' })
    expect((await acceptInvitation(at(world.own), null, link, null, answer)).ticket).toBeUndefined()
  })
})
