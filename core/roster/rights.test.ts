import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { find, listed } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import {
  askForNewPassword,
  change,
  changeKind,
  endSessions,
  look,
  remove,
  resetPassword,
  resetSecondStep,
  resume,
  suspend,
} from './index.ts'

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

describe('nobody', () => {
  const acts: [string, (by: Actor, id: string) => Promise<unknown>][] = [
    ['suspends', (by, id) => suspend(world.own, by, id)],
    ['resumes', (by, id) => resume(world.own, by, id)],
    ['resets the password of', (by, id) => resetPassword(world.own, by, id, { reason: 'x' })],
    ['asks for a new password of', (by, id) => askForNewPassword(world.own, by, id, { reason: 'x' })],
    ['resets the second step of', (by, id) => resetSecondStep(world.own, by, id, { reason: 'x' })],
    ['removes', (by, id) => remove(world.own, by, id)],
    ['signs out', (by, id) => endSessions(world.own, by, id)],
    ['renames', (by, id) => change(world.own, by, id, { givenName: 'Mallory' })],
    ['changes the kind of', (by, id) => changeKind(world.own, by, id, 'consumer')],
  ]

  it.each(acts)('%s somebody who holds more', async (_, act) => {
    const boss = await member({ home: world.own, role: 'owner', reach: 'subtree' })
    const administrator = await acting(world.own, await member({ home: world.own, role: 'administrator' }))
    for (const by of [administrator, eve])
      await expect(act(by, boss.id)).rejects.toThrow(/authority\.(exceeds_own|denied)/)
    const seen = await look(world.own, owner, boss.id)
    expect(seen).toMatchObject({ status: 'active', givenName: 'Ada', membership: { kind: 'staff' } })
  })

  it.each(acts)('%s somebody beside or above', async (_, act) => {
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
    const ben = await member({ home: world.own })
    await expect(act(stranger, ben.id)).rejects.toThrow('authority.unknown')
    for (const other of [(await member({ home: world.strict })).id, 'per_nobody']) {
      await expect(act(owner, other)).rejects.toThrow('person.unknown')
    }
  })

  it('suspends, resets or removes themselves', async () => {
    const own = owner.personId ?? ''
    for (const act of [
      () => suspend(world.own, owner, own),
      () => resume(world.own, owner, own),
      () => remove(world.own, owner, own),
      () => resetPassword(world.own, owner, own, { reason: 'x' }),
      () => askForNewPassword(world.own, owner, own, { reason: 'x' }),
      () => resetSecondStep(world.own, owner, own, { reason: 'x' }),
    ]) {
      await expect(act()).rejects.toThrow('roster.own_account')
    }
  })

  it('may do at home what would be felt elsewhere by somebody who holds more there', async () => {
    const helper = await acting(world.root, await member({ home: world.root, role: 'administrator' }))
    const yara = await member({ home: world.root, at: world.central, role: 'owner' })
    for (const act of [
      () => suspend(world.root, helper, yara.id),
      () => remove(world.root, helper, yara.id),
      () => resetPassword(world.root, helper, yara.id, { reason: 'x' }),
      () => change(world.root, helper, yara.id, { givenName: 'Mine' }),
    ]) {
      await expect(act()).rejects.toThrow(/authority\.(exceeds_own|denied)/)
    }
    expect(await withOrganization(world.central, (tx) => listed(tx, yara.id))).toMatchObject({ status: 'active' })
  })
})

describe('the last owner', () => {
  const pair = async (home: string, at = home) => [
    await member({ home, at, role: 'owner', reach: 'subtree' }),
    await member({ home, at, role: 'owner', reach: 'subtree' }),
  ]
  const activeOwners = async (at: string, people: { id: string }[]) => {
    const entries = await Promise.all(people.map(({ id }) => withOrganization(at, (tx) => listed(tx, id))))
    return entries.filter((entry) => entry?.status === 'active').length
  }

  it('stays, when twenty take each other out at the same moment', async () => {
    for (const act of [suspend, remove]) {
      const two = await pair(world.closed)
      const actors = await Promise.all(two.map((one) => acting(world.closed, one)))
      await Promise.allSettled(
        Array.from({ length: 20 }, (_, turn) => {
          const [by, target] = [actors[turn % 2], two[(turn + 1) % 2]]
          return act(world.closed, by ?? systemActor, target?.id ?? '')
        }),
      )
      expect(await activeOwners(world.closed, two)).toBe(1)
      const left = (
        await Promise.all(two.map(({ id }) => withOrganization(world.closed, (tx) => listed(tx, id))))
      ).find((entry) => entry?.status === 'active')
      await expect(remove(world.closed, systemActor, left?.personId ?? '')).rejects.toThrow('access.last_owner')
      await withOrganization(world.closed, (tx) =>
        tx.sql
          .withTables<{ grants: { org_id: string } }>()
          .deleteFrom('grants')
          .where('org_id', '=', world.closed)
          .execute(),
      )
    }
  })

  it('of an organization below stays, too, when their home suspends or deletes them', async () => {
    const root = await acting(world.root, await member({ home: world.root, role: 'owner', reach: 'subtree' }))
    const two = await pair(world.root, world.central)
    const others = await withOrganization(world.central, async (tx) =>
      tx.sql
        .withTables<{ grants: { subject_id: string; org_id: string; role: string } }>()
        .deleteFrom('grants')
        .where('org_id', '=', world.central)
        .where('role', '=', 'owner')
        .where(
          'subject_id',
          'not in',
          two.map(({ id }) => id),
        )
        .execute(),
    )
    expect(others).toBeDefined()
    const results = await Promise.allSettled(two.map(({ id }) => suspend(world.root, root, id)))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await activeOwners(world.central, two)).toBe(1)
    const left = two[results.findIndex(({ status }) => status === 'rejected')]
    await expect(remove(world.root, root, left?.id ?? '')).rejects.toThrow('access.last_owner')
    expect(await withOrganization(world.root, (tx) => find(tx, left?.id ?? ''))).toMatchObject({ status: 'active' })
  })
})
