import { beforeAll, describe, expect, it } from 'vitest'
import { createGroup, give } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { lookAtReset, reset, signIn } from '#core/login'
import { elsewhereOf, find, listed } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, buildWorld, newestMail, password, type World } from '#support/engine'
import { acting, member, trailOf } from '#support/staff'
import { addExisting, create, look, suspend } from './index.ts'

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

describe('creating somebody', () => {
  const wanted = {
    email: 'New@Own.example',
    givenName: 'Noa',
    familyName: 'Berg',
    phone: '+45 32 12 34 56',
    locale: 'de',
  }

  it('makes a member without a password, who chooses it by the link of a mail', async () => {
    const made = await create(world.own, eve, { ...wanted, kind: 'staff' })
    expect(made).toMatchObject({ email: 'new@own.example', phone: '+4532123456', locale: 'de', emailVerifiedAt: null })
    expect(await look(world.own, eve, made.id)).toMatchObject({
      status: 'active',
      membership: { kind: 'staff' },
      passwordChangedAt: null,
    })
    const mail = await newestMail('account-created')
    expect(mail.to).toEqual({ home: world.own, person: made.id })
    const ctx = at(world.own)
    expect((await signIn(ctx, null, { username: made.email, password })).ticket).toBeUndefined()
    expect(await lookAtReset(ctx, mail.ticket)).toEqual({ state: 'valid', email: made.email })
    await reset(ctx, mail.ticket, { new_password: password })
    expect((await signIn(ctx, null, { username: made.email, password })).ticket).toBeDefined()
    expect((await withOrganization(world.own, (tx) => find(tx, made.id)))?.emailVerifiedAt).toBeInstanceOf(Date)
    expect(JSON.stringify(await trailOf(world.own, made.id))).not.toContain(mail.ticket)
  })

  it('happens once for an address, however often it is asked for at the same moment', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => create(world.own, eve, { ...wanted, email: 'once@own.example' })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(create(world.own, eve, { ...wanted, email: 'ONCE@own.example' })).rejects.toThrow('person.exists')
  })

  it.each([
    [{ email: 'nobody' }, 'email.invalid'],
    [{ email: 'a@b.example,c@d.example' }, 'email.invalid'],
    [{ givenName: '' }, 'name.required'],
    [{ familyName: '<b>' }, 'name.invalid'],
    [{ givenName: 'A\u202eda' }, 'input.control_characters'],
    [{ phone: '079' }, 'phone.invalid'],
    [{ locale: 'xx' }, 'locale.invalid'],
    [{ kind: 'admin' }, 'roster.invalid'],
    [{ password: 'chosen by an administrator' }, 'roster.invalid'],
    [{ role: 'owner' }, 'roster.invalid'],
    [{ groups: ['grp_nobody'] }, 'access.group_unknown'],
  ])('refuses %j', async (more, code) => {
    await expect(
      create(world.own, owner, { ...wanted, email: 'refused@own.example', ...more } as typeof wanted),
    ).rejects.toThrow(code)
  })

  it('is for an organization where people live, and for whoever may', async () => {
    const yara = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    await expect(create(world.central, yara, wanted)).rejects.toThrow('roster.no_home_here')
    const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
    await expect(create(world.own, auditor, wanted)).rejects.toThrow('authority.denied')
    await expect(create(world.root, owner, wanted)).rejects.toThrow('authority.unknown')
  })

  it('gives nobody by a group, not even one with a rule, what its maker does not hold', async () => {
    const [bosses, byRule] = await withOrganization(world.own, async (tx) => {
      const made = await createGroup(tx, systemActor, { name: 'Bosses' })
      const rule = { attribute: 'email_domain', operator: 'is', value: 'boss.example' } as const
      const ruled = await createGroup(tx, systemActor, { name: 'By domain', rule })
      for (const { id } of [made, ruled])
        await give(tx, systemActor, { kind: 'group', homeId: world.own, id }, { role: 'owner' })
      return [made.id, ruled.id]
    })
    const someone = { ...wanted, email: 'pawn@own.example' }
    await expect(create(world.own, eve, { ...someone, groups: [bosses ?? ''] })).rejects.toThrow(
      'authority.exceeds_own',
    )
    await expect(create(world.own, eve, { ...someone, email: 'pawn@boss.example' })).rejects.toThrow(
      'authority.exceeds_own',
    )
    await expect(create(world.own, owner, { ...someone, groups: [byRule ?? ''] })).rejects.toThrow(
      'access.group_has_rule',
    )
  })
})

describe('taking in somebody from above', () => {
  it('ties who lives there, with a kind, and says nothing of anybody else', async () => {
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'people-manager' }))
    const sofia = await member({ home: world.root, at: world.root, email: 'sofia@skyway.example', givenName: 'Sofia' })
    await member({ home: world.own, email: 'sibling@own.example' })
    const sam = await member({ home: world.root, email: 'sam@skyway.example' })
    const root = await acting(world.root, await member({ home: world.root, role: 'owner' }))
    await suspend(world.root, root, sam.id)
    const added = await addExisting(world.mixed, lead, { email: 'Sofia@skyway.example', kind: 'staff' })
    expect(added).toMatchObject({ homeId: world.root, personId: sofia.id, kind: 'staff', status: 'active' })
    expect(await withOrganization(world.root, (tx) => elsewhereOf(tx, sofia.id))).toEqual([world.mixed])
    expect(await withOrganization(world.mixed, (tx) => listed(tx, sofia.id))).toMatchObject({ givenName: 'Sofia' })
    await expect(addExisting(world.mixed, lead, { email: 'sofia@skyway.example' })).rejects.toThrow('person.exists')
    for (const email of ['sibling@own.example', 'sam@skyway.example', 'nobody@skyway.example']) {
      await expect(addExisting(world.mixed, lead, { email })).rejects.toThrow('person.unknown')
    }
    await expect(addExisting(world.own, eve, { email: 'sofia@skyway.example' })).rejects.toThrow('person.unknown')
    await expect(addExisting(world.mixed, eve, { email: 'sofia@skyway.example' })).rejects.toThrow('authority.unknown')
  })

  it('is bounded, since each answer says whether somebody lives there', async () => {
    const lead = await acting(
      world.central,
      await member({ home: world.root, at: world.central, role: 'people-manager' }),
    )
    const codes = new Set<string>()
    for (let turn = 0; turn < 201; turn += 1) {
      await addExisting(world.central, lead, { email: `x${turn}@skyway.example` }).catch(({ code }) => codes.add(code))
    }
    expect([...codes]).toEqual(['person.unknown', 'roster.too_many_tries'])
  })
})
