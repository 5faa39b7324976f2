import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { setStatus } from '#core/people'
import { days, fromNow } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { addToGroup, createGroup, createRole, explain, give, takeBack } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const subject = ({ homeId, personId }: { homeId: string; personId: string }) =>
  ({ kind: 'person', homeId, id: personId }) as const

describe('why can Sofia enter Alpine?', () => {
  it('because she lives at Skyway, is a member, and holds this by that', async () => {
    const endsAt = fromNow(days(30))
    const sofia = await member({ home: world.root, at: world.mixed, givenName: 'Sofia', email: 'sofia@skyway.example' })
    const ada = await member({ home: world.mixed, role: 'owner', givenName: 'Ada' })
    const by = await acting(world.mixed, ada)
    const groupId = await withOrganization(world.mixed, async (tx) => {
      await give(tx, by, subject(sofia.ref), { role: 'brand-editor', endsAt })
      const desk = await createRole(tx, systemActor, { key: 'desk', name: 'Front desk', permissions: ['people.read'] })
      const group = await createGroup(tx, systemActor, { name: 'Desk' })
      await addToGroup(tx, systemActor, group.id, sofia.ref)
      await give(tx, systemActor, { kind: 'group', homeId: world.mixed, id: group.id }, { role: desk.id })
      return group.id
    })
    const explained = await explain(world.mixed, by, sofia.ref)
    expect(explained).toMatchObject({
      organization: { handle: 'mixed', name: 'Alpine Air' },
      person: { email: 'sofia@skyway.example', givenName: 'Sofia' },
      home: { handle: 'skyway', name: 'Skyway' },
      membership: { kind: 'staff', status: 'active' },
      entrance: 'member',
      canEnter: true,
    })
    const edit = explained.permissions.find(({ permission }) => permission === 'theme.edit')
    expect(edit).toMatchObject({
      reach: 'organization',
      reasons: [
        { role: 'brand-editor', through: 'person', givenBy: ada.id, endsAt, organization: { handle: 'mixed' } },
      ],
    })
    const read = explained.permissions.find(({ permission }) => permission === 'people.read')
    expect(read?.reasons).toMatchObject([
      { roleName: 'Front desk', through: 'group', group: { id: groupId, name: 'Desk' } },
    ])
    expect(explained.permissions.map(({ permission }) => permission)).toEqual([
      'organization.read',
      'people.read',
      'theme.edit',
    ])
  })

  it('names the organization above that a right comes from, and nothing else of it', async () => {
    const rita = await member({ home: world.root, role: 'owner', reach: 'subtree', givenName: 'Rita' })
    const boss = await member({ home: world.root, at: world.central, role: 'owner' })
    await withOrganization(world.root, async (tx) => {
      const group = await createGroup(tx, systemActor, { name: 'Secret circle' })
      await addToGroup(tx, systemActor, group.id, rita.ref)
      const circle = { kind: 'group', homeId: world.root, id: group.id } as const
      await give(tx, systemActor, circle, { role: 'auditor', reach: 'subtree' })
    })
    await withOrganization(world.central, async (tx) => {
      const { addMembership } = await import('#core/people')
      await addMembership(tx, systemActor, { ...rita.ref, kind: 'staff', known: rita })
    })
    const seen = await explain(world.central, await acting(world.central, boss), rita.ref)
    const [read] = seen.permissions.filter(({ permission }) => permission === 'audit.read')
    expect(read?.reach).toBe('subtree')
    expect(read?.reasons).toHaveLength(2)
    expect(read?.reasons).toContainEqual(
      expect.objectContaining({
        through: 'group',
        group: null,
        givenBy: null,
        grantId: null,
        organization: expect.objectContaining({ handle: 'skyway' }),
      }),
    )
    expect(JSON.stringify(seen)).not.toContain('Secret circle')
    const own = await explain(world.root, await acting(world.root, rita), rita.ref)
    expect(JSON.stringify(own)).toContain('Secret circle')
  })

  it.each([
    ['suspended', 'membership_suspended'],
    ['pending', 'waiting_for_approval'],
  ] as const)('she cannot while her membership is %s', async (status, entrance) => {
    const owner = await acting(world.own, await member({ home: world.own, role: 'owner' }))
    const sofia = await member({ home: world.own, status })
    expect(await explain(world.own, owner, sofia.ref)).toMatchObject({ entrance, canEnter: false, permissions: [] })
  })

  it('she cannot while her home has suspended her', async () => {
    const owner = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    const sofia = await member({ home: world.root, at: world.mixed, role: 'auditor' })
    await withOrganization(world.root, (tx) => setStatus(tx, systemActor, sofia.id, 'suspended'))
    expect(await explain(world.mixed, owner, sofia.ref)).toMatchObject({
      entrance: 'person_suspended',
      canEnter: false,
      permissions: [],
    })
  })

  it('is answered to those who may see people, and about those who live or belong there', async () => {
    const owner = await acting(world.own, await member({ home: world.own, role: 'owner' }))
    const elsewhere = await member({ home: world.strict })
    for (const ref of [
      elsewhere.ref,
      { ...elsewhere.ref, homeId: world.own },
      { homeId: world.root, personId: 'per_x' },
    ]) {
      await expect(explain(world.own, owner, ref)).rejects.toThrow('person.unknown')
    }
    const ben = await member({ home: world.own })
    await expect(explain(world.own, owner, { ...ben.ref, homeId: world.root })).rejects.toThrow('person.unknown')
    await expect(explain(world.own, await acting(world.strict, elsewhere), ben.ref)).rejects.toThrow(
      'authority.unknown',
    )
  })
})

describe('the last owner', () => {
  it('is the last one who can do anything: a suspended one does not count', async () => {
    const [one, two] = [
      await member({ home: world.closed, role: 'owner' }),
      await member({ home: world.closed, role: 'owner' }),
    ]
    const grantOf = (id: string) =>
      withOrganization(world.closed, async (tx) => {
        const { grantsOf } = await import('./index.ts')
        return (await grantsOf(tx, systemActor, { kind: 'person', homeId: world.closed, id }))[0]?.id ?? ''
      })
    await withOrganization(world.closed, (tx) => setStatus(tx, systemActor, two.id, 'suspended'))
    const grant = await grantOf(one.id)
    await expect(withOrganization(world.closed, (tx) => takeBack(tx, systemActor, grant))).rejects.toThrow(
      'access.last_owner',
    )
    await withOrganization(world.closed, (tx) => setStatus(tx, systemActor, two.id, 'active'))
    await withOrganization(world.closed, (tx) => takeBack(tx, systemActor, grant))
  })

  it('does not become one for a while', async () => {
    const only = await member({ home: world.strict, role: 'owner' })
    const endsAt = fromNow(days(1))
    await expect(
      withOrganization(world.strict, (tx) => give(tx, systemActor, subject(only.ref), { role: 'owner', endsAt })),
    ).rejects.toThrow('access.last_owner')
  })
})
