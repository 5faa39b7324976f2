import { beforeAll, describe, expect, it } from 'vitest'
import { createGroup, give } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { find, findMembership, listed } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, mails, newestMail, type World } from '#support/engine'
import { acting, member, trailOf } from '#support/staff'
import { approve, change, changeKind, decline, look, resume, suspend } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  eve = await acting(
    world.own,
    await member({ home: world.own, role: 'people-manager', givenName: 'Eve', familyName: 'Brunner' }),
  )
}, 60_000)

describe('changing somebody', () => {
  it('keeps what was before in the trail, and overwrites nothing that was not seen', async () => {
    const ben = await member({ home: world.own })
    const changed = await change(world.own, eve, ben.id, { familyName: 'Hofer', phone: '+41446681800' }, 1)
    expect(changed).toMatchObject({ familyName: 'Hofer', phone: '+41446681800', email: ben.email })
    await expect(change(world.own, eve, ben.id, { familyName: 'Late' }, 1)).rejects.toThrow('person.changed_elsewhere')
    await change(world.own, eve, ben.id, { phone: null })
    expect((await trailOf(world.own, ben.id)).slice(1, 2)).toMatchObject([
      {
        action: 'person.profile_changed',
        by: eve.personId,
        details: { before: { familyName: 'Keller', phone: null }, after: { familyName: 'Hofer' } },
      },
    ])
    await expect(change(world.own, eve, ben.id, { email: 'mine@evil.test' } as object)).rejects.toThrow(
      'roster.invalid',
    )
  })

  it('is felt wherever they belong, and is not done from there', async () => {
    const root = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
    const lead = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const sofia = await member({ home: world.root, at: world.central })
    await expect(change(world.central, lead, sofia.id, { givenName: 'Mine' })).rejects.toThrow('roster.lives_elsewhere')
    await change(world.root, root, sofia.id, { givenName: 'Sofía' })
    expect(await withOrganization(world.central, (tx) => listed(tx, sofia.id))).toMatchObject({ givenName: 'Sofía' })
  })

  it('turns a consumer into staff, but not into what a rule would make of them', async () => {
    const ben = await member({ home: world.strict, kind: 'consumer' })
    const manager = await acting(world.strict, await member({ home: world.strict, role: 'people-manager' }))
    await changeKind(world.strict, manager, ben.id, 'staff')
    await changeKind(world.strict, manager, ben.id, 'consumer')
    expect((await trailOf(world.strict, ben.id)).at(-1)).toMatchObject({
      action: 'membership.kind_changed',
      details: { before: { kind: 'staff' }, after: { kind: 'consumer' } },
    })
    await withOrganization(world.strict, async (tx) => {
      const kind = await createGroup(tx, systemActor, {
        name: 'Staff',
        rule: { attribute: 'kind', operator: 'is', value: 'staff' },
      })
      const german = await createGroup(tx, systemActor, {
        name: 'German',
        rule: { attribute: 'locale', operator: 'is', value: 'de' },
      })
      await give(tx, systemActor, { kind: 'group', homeId: world.strict, id: kind.id }, { role: 'auditor' })
      await give(tx, systemActor, { kind: 'group', homeId: world.strict, id: german.id }, { role: 'owner' })
    })
    await expect(changeKind(world.strict, manager, ben.id, 'staff')).rejects.toThrow('authority.exceeds_own')
    await expect(change(world.strict, manager, ben.id, { locale: 'de' })).rejects.toThrow('authority.exceeds_own')
    expect((await withOrganization(world.strict, (tx) => findMembership(tx, ben.ref)))?.kind).toBe('consumer')
  })
})

describe('somebody who has signed up and waits', () => {
  const waiting = (home: string, at = home) => member({ home, at, kind: 'consumer', status: 'pending' })

  it('is let in by whoever may approve, and told', async () => {
    const noa = await waiting(world.own)
    const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
    await expect(approve(world.own, auditor, noa.id)).rejects.toThrow('authority.denied')
    await approve(world.own, eve, noa.id)
    expect((await newestMail('sign-up-approved')).to).toEqual({ home: world.own, person: noa.id })
    expect((await trailOf(world.own, noa.id)).at(-1)).toMatchObject({ action: 'membership.approved', by: eve.personId })
    await expect(approve(world.own, eve, noa.id)).rejects.toThrow('roster.not_waiting')
  })

  it('is turned away with a reason that stays here; the account that the sign-up made goes with it', async () => {
    const noa = await waiting(world.own)
    await decline(world.own, eve, noa.id, { reason: 'not a customer of ours' })
    const mail = await newestMail('sign-up-declined')
    expect(mail.to).toEqual({ email: noa.email, name: 'Ada' })
    expect(JSON.stringify(await mails())).not.toContain('not a customer')
    expect(await withOrganization(world.own, (tx) => find(tx, noa.id))).toBeNull()
    const central = await waiting(world.root, world.mixed)
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'people-manager' }))
    await decline(world.mixed, lead, central.id, { reason: 'unknown here' })
    expect(await withOrganization(world.root, (tx) => find(tx, central.id))).not.toBeNull()
    await expect(decline(world.own, eve, (await member({ home: world.own })).id, { reason: 'x' })).rejects.toThrow(
      'roster.not_waiting',
    )
  })

  it('is not let in by being suspended and resumed', async () => {
    const noa = await waiting(world.own)
    await expect(suspend(world.own, eve, noa.id)).rejects.toThrow('roster.waiting')
    await resume(world.own, eve, noa.id)
    expect(await look(world.own, eve, noa.id)).toMatchObject({ status: 'pending' })
  })
})
