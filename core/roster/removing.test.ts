import { beforeAll, describe, expect, it } from 'vitest'
import { addToGroup, createGroup } from '#core/access'
import { list as listTrail, seal, verify } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { hashPassword, passwordOf, plantTotp, setPassword, totpOf } from '#core/credentials'
import { invite } from '#core/invitations'
import { addMembership, elsewhereOf, find, findMembership, listed, noteElsewhere } from '#core/people'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, password, type World } from '#support/engine'
import { acting, member, signedIn, trailOf } from '#support/staff'
import { addExisting, bulk, create, look, remove, suspend } from './index.ts'

freshDatabase()
let world: World
let owner: Actor
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  owner = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
  eve = await acting(
    world.own,
    await member({ home: world.own, role: 'people-manager', givenName: 'Eve', familyName: 'Brunner' }),
  )
}, 60_000)

/** Everything that a trail tells by now, as text. */
const toldAt = async (organizationId: string): Promise<string> => {
  const { records } = await withOrganization(organizationId, (tx) => listTrail(tx, systemActor, [], { limit: 1000 }))
  return JSON.stringify(records)
}

it('a deletion takes what the trails tell of somebody along, also where they only belonged once', async () => {
  const root = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
  const wish = { home: world.root, at: world.mixed, email: 'zoe.unheard@skyway.example', givenName: 'Zoe-Unheard' }
  const zoe = await member(wish)
  const actor = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
  // Asked to join by somebody who knew their address, joined, and left again.
  await invite(world.own, actor, { emails: [zoe.email], kind: 'staff' })
  await withOrganization(world.root, (tx) => noteElsewhere(tx, zoe.id, world.own))
  await withOrganization(world.own, (tx) => addMembership(tx, systemActor, { ...zoe.ref, kind: 'staff', known: zoe }))
  await remove(world.own, actor, zoe.id, { reason: 'as asked by zoe.unheard@skyway.example' })
  await suspend(world.mixed, root, zoe.id, { reason: 'Zoe-Unheard is on leave' })
  for (const [at, words] of [
    [world.root, 'Zoe-Unheard'],
    [world.own, 'zoe.unheard@skyway.example'],
    [world.mixed, 'Zoe-Unheard'],
  ] as const)
    expect(await toldAt(at)).toContain(words)
  await remove(world.root, root, zoe.id)
  for (const at of [world.root, world.own, world.mixed]) {
    expect(await toldAt(at)).not.toMatch(/zoe|unheard/i)
    setClockForTests(minutes(10))
    await seal(at)
    setClockForTests(0)
    expect((await verify(at)).faults).toEqual([])
  }
})

describe('a removal', () => {
  it('of somebody who lives elsewhere takes back what they had here, and nothing else', async () => {
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    const sofia = await member({ home: world.root, at: world.mixed, role: 'auditor' })
    const there = await signedIn(world.mixed, sofia.ref)
    await remove(world.mixed, lead, sofia.id, { reason: 'project over' })
    expect(await there()).toBe(false)
    expect(await withOrganization(world.mixed, (tx) => findMembership(tx, sofia.ref))).toBeNull()
    expect(await withOrganization(world.root, (tx) => find(tx, sofia.id))).not.toBeNull()
    expect(await withOrganization(world.root, (tx) => elsewhereOf(tx, sofia.id))).toEqual([])
    await expect(look(world.mixed, lead, sofia.id)).rejects.toThrow('person.unknown')
    const again = await addExisting(world.mixed, lead, { email: sofia.email })
    expect((await acting(world.mixed, sofia)).grants).toEqual([])
    expect(again.personId).toBe(sofia.id)
  })

  it('of somebody who lives here deletes them, wherever they belong, and keeps no name', async () => {
    const root = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
    const sofia = await member({ home: world.root, at: world.mixed, role: 'auditor', email: 'gone@skyway.example' })
    const hash = await hashPassword(password)
    await withOrganization(world.root, async (tx) => {
      await setPassword(tx, systemActor, sofia.id, hash, 'test')
      await plantTotp(tx, systemActor, sofia.id, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')
    })
    const [here, there] = [await signedIn(world.root, sofia.ref), await signedIn(world.mixed, sofia.ref)]
    await remove(world.root, root, sofia.id)
    expect([await here(), await there()]).toEqual([false, false])
    for (const at of [world.root, world.mixed]) {
      expect(await withOrganization(at, (tx) => listed(tx, sofia.id))).toBeNull()
      expect(await withOrganization(at, (tx) => findMembership(tx, sofia.ref))).toBeNull()
    }
    expect(await withOrganization(world.root, (tx) => passwordOf(tx, sofia.id))).toBeNull()
    expect(await withOrganization(world.root, (tx) => totpOf(tx, sofia.id))).toBeNull()
    const last = (await trailOf(world.root, sofia.id)).at(-1)
    expect(last).toMatchObject({ action: 'person.deleted', details: { before: { email: 'g•••@s•••••.example' } } })
    expect(JSON.stringify(last)).not.toContain('gone')
    // The address is free again.
    await create(world.root, root, { email: 'gone@skyway.example', givenName: 'Other', familyName: 'Person' })
  })
})

describe('many at once', () => {
  it('each hear what became of them, once', async () => {
    const [one, two] = [await member({ home: world.own }), await member({ home: world.own })]
    const boss = await member({ home: world.own, role: 'owner' })
    const ids = [one.id, boss.id, one.id, 'per_nobody', eve.personId ?? '', two.id]
    expect(await bulk(world.own, eve, ids, { action: 'suspend', reason: 'season over' })).toEqual([
      { personId: one.id, isDone: true },
      { personId: boss.id, isDone: false, code: 'authority.exceeds_own' },
      { personId: 'per_nobody', isDone: false, code: 'person.unknown' },
      { personId: eve.personId ?? '', isDone: false, code: 'roster.own_account' },
      { personId: two.id, isDone: true },
    ])
    const back = await bulk(world.own, eve, [one.id, two.id], { action: 'resume' })
    expect(back.every(({ isDone }) => isDone)).toBe(true)
  })

  it('get a role or come into a group, as far as whoever gives it holds it themselves', async () => {
    const [one, two] = [await member({ home: world.own }), await member({ home: world.own })]
    const group = await withOrganization(world.own, (tx) => createGroup(tx, systemActor, { name: 'Night desk' }))
    const ids = [one.id, two.id, 'per_nobody']
    const done = [true, true, false]
    const codes = (results: Awaited<ReturnType<typeof bulk>>) => results.map((one) => (one.isDone ? true : one.code))
    const given = await bulk(world.own, owner, ids, { action: 'give-role', role: 'auditor', reach: 'organization' })
    expect(given.map(({ isDone }) => isDone)).toEqual(done)
    const added = await bulk(world.own, owner, ids, { action: 'add-to-group', group: group.id })
    expect(added.map(({ isDone }) => isDone)).toEqual(done)
    const seen = await look(world.own, owner, one.id)
    expect(seen.grants.map(({ role }) => role)).toEqual(['auditor'])
    expect(seen.groups.map(({ name }) => name)).toContain('Night desk')
    const taller = await bulk(world.own, eve, [two.id], { action: 'give-role', role: 'administrator' })
    expect(codes(taller)).toEqual(['authority.exceeds_own'])
    expect((await look(world.own, owner, two.id)).grants.map(({ role }) => role)).toEqual(['auditor'])
  })

  it('are left alone where whoever asks may not do it at all', async () => {
    const ben = await member({ home: world.own })
    await expect(bulk(world.own, eve, [ben.id], { action: 'remove' })).rejects.toThrow('authority.denied')
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    await expect(bulk(world.own, stranger, [ben.id], { action: 'suspend' })).rejects.toThrow('authority.unknown')
    expect((await look(world.own, owner, ben.id)).status).toBe('active')
  })

  it('are five hundred at the most, and the wish is a wish', async () => {
    const many = Array.from({ length: 501 }, (_, index) => `per_${index}`)
    await expect(bulk(world.own, eve, many, { action: 'end-sessions' })).rejects.toThrow('roster.too_many')
    const made = (wish: object) => bulk(world.own, eve, [eve.personId ?? ''], wish as Parameters<typeof bulk>[3])
    await expect(made({ action: 'reset-password' })).rejects.toThrow('roster.invalid')
    await expect(made({ action: 'promote' })).rejects.toThrow('roster.invalid')
  })
})

it('what was ordered by mail belongs to the organization that ordered it', async () => {
  const rows = await withPlatform((tx) =>
    tx.sql
      .withTables<{ outbox: { org_id: string; payload: { organizationId: string; sealed?: string } } }>()
      .selectFrom('outbox')
      .select(['org_id', 'payload'])
      .execute(),
  )
  expect(rows.length).toBeGreaterThan(0)
  for (const { org_id, payload } of rows) expect(payload.organizationId).toBe(org_id)
})

it('a group keeps nobody who is gone', async () => {
  const ben = await member({ home: world.own })
  const id = await withOrganization(world.own, async (tx) => {
    const group = await createGroup(tx, systemActor, { name: 'Leaving' })
    await addToGroup(tx, systemActor, group.id, ben.ref)
    return group.id
  })
  await remove(world.own, owner, ben.id)
  const left = await withOrganization(world.own, (tx) =>
    tx.sql
      .withTables<{ group_members: { group_id: string; person_id: string } }>()
      .selectFrom('group_members')
      .selectAll()
      .where('group_id', '=', id)
      .execute(),
  )
  expect(left).toEqual([])
})
