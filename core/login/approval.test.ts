import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { hashesDone } from '#core/credentials'
import { addDomain, listDomains, loadDirectory, recordDomain, update } from '#core/organizations'
import { findByEmail, findMembership, listedByEmails } from '#core/people'
import { approve, create, decline, importPeople, list, suspend } from '#core/roster'
import { setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, enter, mails, newestMail, password, person, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { LoginContext } from './contract.ts'
import { organizationFor, recover, reset, signIn, signUp, verify, view } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  for (const id of [world.own, world.central]) {
    await withPlatform((tx) => update(tx, systemActor, id, { signUp: 'approval' }))
  }
  await loadDirectory()
  eve = await acting(world.own, await member({ home: world.own, role: 'people-manager' }))
}, 60_000)
afterEach(() => setClockForTests(0))

const form = (email: string) => ({ given_name: 'Noa', family_name: 'Berg', email, password })
const failureOf = async (ctx: LoginContext, attempt: string | null | undefined) =>
  (await view(ctx, attempt ?? null, 'sign-in'))?.failure ?? null
/** Through the form, the mail and the code. */
const signedUp = async (organizationId: string, email: string) => {
  const ctx = at(organizationId)
  const { attempt = null } = await signUp(ctx, null, form(email))
  const mail = (await mails()).find(({ to }) => to.email === email)
  return { ctx, outcome: await verify(ctx, attempt, { answer: { code: mail?.code ?? '' } }) }
}
const known = (home: string, email: string) => withOrganization(home, (tx) => findByEmail(tx, email))
const standingOf = async (organizationId: string, home: string, email: string) => {
  const found = await known(home, email)
  return withOrganization(organizationId, (tx) => findMembership(tx, { homeId: home, personId: found?.id ?? '' }))
}

describe('signing up where somebody has to agree', () => {
  it('makes a person who waits, is told so, and is let in by an approval', async () => {
    const email = 'waits@own.example'
    const { ctx, outcome } = await signedUp(world.own, email)
    expect(outcome).toMatchObject({ next: '/sign-in', link: null, notice: 'waiting_for_approval' })
    expect(outcome.ticket).toBeUndefined()
    expect(await standingOf(world.own, world.own, email)).toMatchObject({ status: 'pending', kind: 'consumer' })
    expect((await mails()).some(({ template }) => template === 'welcome')).toBe(false)
    const { attempt } = await signIn(ctx, null, { username: email, password })
    expect(await failureOf(ctx, attempt)).toEqual({ code: 'login.waiting_for_approval' })
    const [waiting] = (await list(world.own, eve, { status: 'pending' })).people
    expect(waiting).toMatchObject({ email, givenName: 'Noa' })
    await approve(world.own, eve, waiting?.personId ?? '')
    expect((await newestMail('sign-up-approved')).to).toEqual({ home: world.own, person: waiting?.personId })
    const { session } = await enter(ctx, await signIn(ctx, null, { username: email, password }))
    expect(session.personId).toBe(waiting?.personId)
  })

  it('says so after the right password alone, for the same work', async () => {
    const email = 'quiet@own.example'
    const { ctx } = await signedUp(world.own, email)
    const seen: unknown[] = []
    for (const username of [email, 'nobody@own.example']) {
      const before = hashesDone()
      const { attempt, ...outcome } = await signIn(ctx, null, { username, password: 'not this one, I am afraid' })
      seen.push([outcome, await failureOf(ctx, attempt), hashesDone() - before])
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]).toEqual([{ next: '/sign-in' }, { code: 'login.wrong_credentials' }, 1])
  })

  it('cannot be gone round: not by signing up again, nor by a recovery, nor by being suspended', async () => {
    const email = 'round@own.example'
    await signedUp(world.own, email)
    const again = await signedUp(world.own, email)
    expect(again.outcome).toMatchObject({ next: '/sign-in', notice: 'waiting_for_approval' })
    expect((await mails()).find(({ to }) => to.email === email)?.template).toBe('account-exists')
    const ctx = at(world.own)
    await recover(ctx, null, { email })
    const { ticket } = await newestMail('recover-password')
    expect(await reset(ctx, ticket, { new_password: 'velvet-otter-marble-canyon' })).toMatchObject({ next: '/sign-in' })
    const { attempt } = await signIn(ctx, null, { username: email, password: 'velvet-otter-marble-canyon' })
    expect(await failureOf(ctx, attempt)).toEqual({ code: 'login.waiting_for_approval' })
    const found = await known(world.own, email)
    await expect(suspend(world.own, eve, found?.id ?? '')).rejects.toThrow('roster.waiting')
  })

  it('ends with a refusal that frees the address', async () => {
    const email = 'declined@own.example'
    const { ctx } = await signedUp(world.own, email)
    const found = await known(world.own, email)
    await decline(world.own, eve, found?.id ?? '', { reason: 'a competitor' })
    expect((await newestMail('sign-up-declined')).to).toEqual({ email, name: 'Noa' })
    expect(await known(world.own, email)).toBeNull()
    const { attempt } = await signIn(ctx, null, { username: email, password })
    expect(await failureOf(ctx, attempt)).toEqual({ code: 'login.wrong_credentials' })
    expect((await signedUp(world.own, email)).outcome).toMatchObject({ notice: 'waiting_for_approval' })
  })

  it('is the same for somebody who lives above, whose home lets them in as before', async () => {
    const rita = await person({ email: 'rita@skyway.example', home: world.root })
    const { ctx, outcome } = await signedUp(world.central, rita.email)
    expect(outcome).toMatchObject({ next: '/sign-in', notice: 'waiting_for_approval' })
    const { attempt } = await signIn(ctx, null, { username: rita.email, password })
    expect(await failureOf(ctx, attempt)).toEqual({ code: 'login.waiting_for_approval' })
    expect((await signIn(at(world.root), null, { username: rita.email, password })).ticket).toBeDefined()
    const lead = await acting(
      world.central,
      await member({ home: world.root, at: world.central, role: 'people-manager' }),
    )
    await approve(world.central, lead, rita.id)
    expect((await signIn(ctx, null, { username: rita.email, password })).ticket).toBeDefined()
  })
})

const proveDomain = async (
  organizationId: string,
  domain: string,
  joinsAs: 'staff' | 'consumer' | null,
  isProven = true,
) => {
  await withPlatform(async (tx) => {
    await addDomain(tx, systemActor, organizationId, domain, joinsAs)
    const proof = (await listDomains(tx, systemActor, organizationId)).find((one) => one.domain === domain)?.proof
    const values = isProven ? [`livery-verification=${proof}`] : []
    await recordDomain(tx, systemActor, organizationId, domain, [{ resolver: 'test', values, error: null }])
  })
}

describe('an email domain', () => {
  it('lets its people in as what it says, without anybody’s word', async () => {
    await proveDomain(world.own, 'pacifica-hotels.test', 'staff')
    const { ctx, outcome } = await signedUp(world.own, 'lia@pacifica-hotels.test')
    await enter(ctx, outcome)
    expect(await standingOf(world.own, world.own, 'lia@pacifica-hotels.test')).toMatchObject({
      kind: 'staff',
      status: 'active',
    })
    expect((await mails()).some(({ template, to }) => template === 'welcome' && to.home === world.own)).toBe(true)
    for (const email of [
      'x@evil-pacifica-hotels.test',
      'x@sub.pacifica-hotels.test',
      'x@pacifica-hotels.test.evil.test',
    ]) {
      expect((await signedUp(world.own, email)).outcome).toMatchObject({ notice: 'waiting_for_approval' })
    }
  })

  it('makes members of those who sign up above, where it looks for people there', async () => {
    await proveDomain(world.central, 'sahel-rail.test', 'staff')
    const { ctx, outcome } = await signedUp(world.root, 'yara@sahel-rail.test')
    await enter(ctx, outcome)
    expect(await standingOf(world.central, world.root, 'yara@sahel-rail.test')).toMatchObject({
      kind: 'staff',
      status: 'active',
    })
    expect((await signIn(at(world.central), null, { username: 'yara@sahel-rail.test', password })).ticket).toBeDefined()
    // Strict Bank has people of its own: whoever lives at the root could never be found there.
    await proveDomain(world.strict, 'strict-bank.test', 'staff')
    await signedUp(world.root, 'sam@strict-bank.test')
    expect(await standingOf(world.strict, world.root, 'sam@strict-bank.test')).toBeNull()
  })

  it('does nothing before it is proven, nor for discovery alone, nor to whoever belongs already', async () => {
    await proveDomain(world.mixed, 'unproven.test', 'staff', false)
    await proveDomain(world.mixed, 'discovery.test', null)
    for (const email of ['a@unproven.test', 'a@discovery.test']) {
      await signedUp(world.mixed, email)
      expect(await standingOf(world.mixed, world.mixed, email)).toMatchObject({ kind: 'consumer' })
    }
    const before = await member({ home: world.mixed, email: 'kept@kept.test', kind: 'consumer', status: 'suspended' })
    await proveDomain(world.mixed, 'kept.test', 'staff')
    await signedUp(world.mixed, 'kept@kept.test')
    expect(await withOrganization(world.mixed, (tx) => findMembership(tx, before.ref))).toMatchObject({
      kind: 'consumer',
      status: 'suspended',
    })
  })

  it('leads to its organization, whoever may have the address', async () => {
    expect(await organizationFor('Anybody@Pacifica-Hotels.test')).toMatchObject({ id: world.own })
    expect(await organizationFor('x@discovery.test')).toMatchObject({ id: world.mixed })
    for (const email of ['x@unproven.test', 'x@sub.pacifica-hotels.test', 'nonsense', '', 'x@gmail.com']) {
      expect(await organizationFor(email)).toBeNull()
    }
  })
})

it('two hundred who bring one address at the same moment, by whatever way, make one account', async () => {
  const email = 'crowd@mixed.example'
  const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'people-manager' }))
  const begun = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const ctx = at(world.mixed)
      return { ctx, attempt: (await signUp(ctx, null, form(email))).attempt ?? null }
    }),
  )
  const sent = (await mails()).filter(({ to }) => to.email === email)
  const file = [new TextEncoder().encode(`email,given_name,family_name\r\n${email},Noa,Berg\r\n`)]
  const ways = Array.from({ length: 200 }, (_, turn) => async (): Promise<unknown> => {
    const [one, mail] = [begun[turn % 4], sent[3 - (turn % 4)]]
    if (turn < 4 && one) return verify(one.ctx, one.attempt, { answer: { code: mail?.code ?? '' } })
    if (turn % 2 === 0) return create(world.mixed, lead, { email, givenName: 'Noa', familyName: 'Berg' })
    return importPeople(world.mixed, lead, file, { isDryRun: false, hasMail: false })
  })
  await Promise.allSettled(ways.map((way) => way()))
  expect(await withOrganization(world.mixed, (tx) => listedByEmails(tx, [email]))).toHaveLength(1)
  const people = await withOrganization(world.mixed, (tx) =>
    tx.sql
      .withTables<{ people: { email_key: string } }>()
      .selectFrom('people')
      .selectAll()
      .where('email_key', '=', email)
      .execute(),
  )
  expect(people).toHaveLength(1)
}, 60_000)
