import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { addMembership, setStatus } from '#core/people'
import { fromNow, minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import {
  addToGroup,
  createGroup,
  createRole,
  give,
  grantsOf,
  personActor,
  removeGroup,
  removeRole,
  requireOver,
  standingsOf,
  takeBack,
  updateRole,
} from './index.ts'

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

type Ref = { homeId: string; personId: string }
const subject = ({ homeId, personId }: Ref) => ({ kind: 'person', homeId, id: personId }) as const

/** Somebody of an organization, with a role there. */
const holder = async (
  home: string,
  role: string | null,
  reach: 'organization' | 'subtree' = 'subtree',
): Promise<Ref> => {
  count += 1
  const { id } = await person({ email: `holder${count}@access.example`, home })
  const ref = { homeId: home, personId: id }
  await withOrganization(home, async (tx) => {
    await addMembership(tx, systemActor, { ...ref, kind: 'staff' })
    if (role) await give(tx, systemActor, subject(ref), { role, reach })
  })
  return ref
}
const acting = (at: string, ref: Ref): Promise<Actor> => personActor(at, ref, {})
const holds = async (at: string, ref: Ref, permission: string) =>
  (await acting(at, ref)).grants.some((grant) => grant.permission === permission && grant.organizationId === at)

describe('what somebody holds', () => {
  it('at an organization comes from there and from above, and never reaches up or beside', async () => {
    const rita = await holder(world.root, 'owner')
    for (const at of [world.root, world.own, world.mixed]) expect(await holds(at, rita, 'people.reset')).toBe(true)
    const ada = await holder(world.own, 'owner')
    expect(await holds(world.own, ada, 'people.reset')).toBe(true)
    expect((await acting(world.root, ada)).grants).toEqual([])
    expect((await acting(world.mixed, ada)).grants).toEqual([])
    const near = await holder(world.root, 'owner', 'organization')
    expect(await holds(world.root, near, 'people.reset')).toBe(true)
    expect(await holds(world.own, near, 'people.reset')).toBe(false)
  })

  it('ends with its time, with the membership and with the person', async () => {
    const ref = await holder(world.own, null)
    const giveUntil = (endsAt: Date) =>
      withOrganization(world.own, (tx) => give(tx, systemActor, subject(ref), { role: 'auditor', endsAt }))
    await giveUntil(fromNow(minutes(5)))
    expect(await holds(world.own, ref, 'audit.read')).toBe(true)
    setClockForTests(minutes(6))
    expect(await holds(world.own, ref, 'audit.read')).toBe(false)
    await expect(giveUntil(new Date(0))).rejects.toThrow('access.grant_ended')
    setClockForTests(0)
    await withOrganization(world.own, (tx) => setStatus(tx, systemActor, ref.personId, 'suspended'))
    expect((await acting(world.own, ref)).grants).toEqual([])
  })

  it('through a group is explained by the group', async () => {
    const ref = await holder(world.own, null)
    await withOrganization(world.own, async (tx) => {
      const group = await createGroup(tx, systemActor, { name: 'Night desk' })
      await addToGroup(tx, systemActor, group.id, ref)
      await give(tx, systemActor, { kind: 'group', homeId: world.own, id: group.id }, { role: 'auditor' })
    })
    const standings = await standingsOf(world.own, ref)
    expect(standings.at(-1)).toMatchObject({
      organizationId: world.own,
      reaching: [{ throughGroup: { name: 'Night desk' }, grant: { role: 'auditor' } }],
    })
  })

  it('through a group with a rule follows who somebody is', async () => {
    const ref = await holder(world.own, null)
    const { id } = await person({ email: 'night@rule.example', home: world.own })
    const night = { homeId: world.own, personId: id }
    await withOrganization(world.own, async (tx) => {
      await addMembership(tx, systemActor, { ...night, kind: 'staff' })
      const rule = { attribute: 'email_domain', operator: 'is', value: 'rule.example' } as const
      const group = await createGroup(tx, systemActor, { name: 'By domain', rule })
      await give(tx, systemActor, { kind: 'group', homeId: world.own, id: group.id }, { role: 'brand-editor' })
      await expect(addToGroup(tx, systemActor, group.id, ref)).rejects.toThrow('access.group_has_rule')
    })
    expect(await holds(world.own, night, 'theme.edit')).toBe(true)
    expect(await holds(world.own, ref, 'theme.edit')).toBe(false)
  })
})

describe('nobody', () => {
  it('gives what they do not hold', async () => {
    const eve = await holder(world.own, 'people-manager')
    const by = await acting(world.own, eve)
    const other = await holder(world.own, null)
    const giving = (role: string, reach: 'organization' | 'subtree' = 'organization') =>
      withOrganization(world.own, (tx) => give(tx, by, subject(other), { role, reach }))
    await giving('people-manager')
    for (const role of ['owner', 'administrator', 'brand-editor', 'auditor']) {
      await expect(giving(role), role).rejects.toThrow('authority.exceeds_own')
    }
    await expect(giving('rol_nobody')).rejects.toThrow('access.role_unknown')
    await expect(withOrganization(world.own, (tx) => give(tx, by, subject(eve), { role: 'owner' }))).rejects.toThrow(
      'authority.exceeds_own',
    )
  })

  it('takes back, changes or empties what they could not give', async () => {
    const eve = await acting(world.own, await holder(world.own, 'people-manager'))
    const boss = await holder(world.own, 'administrator')
    await withOrganization(world.own, async (tx) => {
      const [grant] = await grantsOf(tx, systemActor, subject(boss))
      await expect(takeBack(tx, eve, grant?.id ?? '')).rejects.toThrow('authority.exceeds_own')
      await expect(requireOver(tx, eve, boss, { email: 'x@access.example', locale: null })).rejects.toThrow(
        'authority.exceeds_own',
      )
      const group = await createGroup(tx, systemActor, { name: `Bosses ${count}` })
      await give(tx, systemActor, { kind: 'group', homeId: world.own, id: group.id }, { role: 'administrator' })
      const self = { homeId: eve.homeId ?? '', personId: eve.personId ?? '' }
      await expect(addToGroup(tx, eve, group.id, self)).rejects.toThrow('authority.exceeds_own')
      await expect(removeGroup(tx, eve, group.id)).rejects.toThrow('authority.exceeds_own')
    })
  })

  it('makes a role that holds more than themselves, nor widens one', async () => {
    const admin = await acting(world.own, await holder(world.own, 'administrator'))
    await withOrganization(world.own, async (tx) => {
      const role = { key: `desk-${count}`, name: 'Desk', permissions: ['people.read', 'shop:order.refund'] } as const
      // An application's permission is held by nobody yet, so only the owner of the process brings it in.
      await expect(createRole(tx, admin, { ...role, permissions: [...role.permissions] })).rejects.toThrow(
        'authority.exceeds_own',
      )
      const made = await createRole(tx, admin, { ...role, permissions: ['people.read'] })
      await expect(
        updateRole(tx, admin, made.id, { permissions: ['organization.transfer'] }, made.version),
      ).rejects.toThrow('authority.exceeds_own')
      await updateRole(tx, admin, made.id, { name: 'Front desk' }, made.version)
      await expect(updateRole(tx, admin, made.id, { name: 'Late' }, made.version)).rejects.toThrow(
        'access.changed_elsewhere',
      )
      await removeRole(tx, admin, made.id)
      await expect(createRole(tx, admin, { key: 'owner', name: 'x', permissions: ['people.read'] })).rejects.toThrow(
        'access.role_key_reserved',
      )
    })
  })

  it('acts beside or above', async () => {
    const ada = await acting(world.own, await holder(world.own, 'owner'))
    for (const elsewhere of [world.root, world.mixed]) {
      await withOrganization(elsewhere, async (tx) => {
        await expect(createGroup(tx, ada, { name: 'Mine' })).rejects.toThrow('authority.unknown')
      })
    }
  })
})

it('the last owner stays, also when two are taken at the same moment', async () => {
  const [one, two] = [await holder(world.strict, 'owner'), await holder(world.strict, 'owner')]
  const by = await acting(world.strict, one)
  const grantOf = (ref: Ref) =>
    withOrganization(world.strict, async (tx) => (await grantsOf(tx, systemActor, subject(ref)))[0]?.id ?? '')
  const [first, second] = [await grantOf(one), await grantOf(two)]
  const results = await Promise.allSettled(
    [first, second].map((id) => withOrganization(world.strict, (tx) => takeBack(tx, by, id))),
  )
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const left = [
    await holds(world.strict, one, 'organization.delete'),
    await holds(world.strict, two, 'organization.delete'),
  ]
  expect(left.filter(Boolean)).toHaveLength(1)
})
