import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { addMembership } from '#core/people'
import { type Tx, withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import {
  addToGroup,
  createGroup,
  createRole,
  findGroup,
  findRole,
  give,
  grantsOfAccount,
  listGrants,
  listMembers,
  removeGroup,
  removeRole,
  updateGroup,
  updateRole,
} from './index.ts'

freshDatabase()
let world: World
const members: { homeId: string; personId: string }[] = []
beforeAll(async () => {
  world = await buildWorld()
  for (let index = 0; index < 5; index += 1) {
    const { id } = await person({ email: `member${index}@lists.example`, home: world.own })
    const ref = { homeId: world.own, personId: id }
    await inOwn((tx) => addMembership(tx, systemActor, { ...ref, kind: 'staff' }))
    members.push(ref)
  }
}, 60_000)
const inOwn = <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(world.own, fn)

describe('a part of a list goes on where the one before ended', () => {
  it('of members of a group', async () => {
    const { id } = await inOwn((tx) => createGroup(tx, systemActor, { name: 'Everybody' }))
    for (const ref of members) await inOwn((tx) => addToGroup(tx, systemActor, id, ref))
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await inOwn((tx) => listMembers(tx, systemActor, id, { limit: 2, ...(after ? { after } : {}) }))
      seen.push(...page.map(({ personId }) => personId))
      const last = page.at(-1)
      if (!last) break
      after = `${last.homeId}/${last.personId}`
    }
    expect(seen).toEqual(members.map(({ personId }) => personId).sort())
  })

  it('of grants, of everybody or of one', async () => {
    for (const { homeId, personId } of members) {
      await inOwn((tx) => give(tx, systemActor, { kind: 'person', homeId, id: personId }, { role: 'auditor' }))
    }
    const first = await inOwn((tx) => listGrants(tx, systemActor, { limit: 3 }))
    const last = first.at(-1)?.id ?? ''
    const rest = await inOwn((tx) => listGrants(tx, systemActor, { limit: 10, after: last }))
    expect([...first, ...rest]).toHaveLength(5)
    const subject = { kind: 'person', id: members[1]?.personId ?? '' } as const
    expect(await inOwn((tx) => listGrants(tx, systemActor, { limit: 10, subject }))).toHaveLength(1)
  })
})

describe('what was changed since it was looked at', () => {
  it('is not removed', async () => {
    const role = await inOwn((tx) =>
      createRole(tx, systemActor, { key: 'night-desk', name: 'Night', permissions: ['audit.read'] }),
    )
    const changed = await inOwn((tx) => updateRole(tx, systemActor, role.id, { name: 'Night desk' }, role.version))
    expect(changed).toMatchObject({ name: 'Night desk', version: 2 })
    await expect(inOwn((tx) => removeRole(tx, systemActor, role.id, 1))).rejects.toThrow('access.changed_elsewhere')
    expect(await inOwn((tx) => findRole(tx, systemActor, role.id))).toEqual(changed)
    await inOwn((tx) => removeRole(tx, systemActor, role.id, 2))
    await expect(inOwn((tx) => findRole(tx, systemActor, role.id))).rejects.toThrow('access.role_unknown')

    const group = await inOwn((tx) => createGroup(tx, systemActor, { name: 'Desk' }))
    const renamed = await inOwn((tx) => updateGroup(tx, systemActor, group.id, { name: 'Front desk' }, 1))
    expect(renamed).toMatchObject({ name: 'Front desk', version: 2 })
    await expect(inOwn((tx) => removeGroup(tx, systemActor, group.id, 1))).rejects.toThrow('access.changed_elsewhere')
    await inOwn((tx) => removeGroup(tx, systemActor, group.id))
    await expect(inOwn((tx) => findGroup(tx, systemActor, group.id))).rejects.toThrow('access.group_unknown')
  })
})

it('what is given twice is given once, until the later end', async () => {
  const subject = { kind: 'service', homeId: world.own, id: 'sva_x' } as const
  const until = (endsAt: Date | null) => inOwn((tx) => give(tx, systemActor, subject, { role: 'auditor', endsAt }))
  const first = await until(null)
  expect(await until(null)).toEqual(first)
  const end = new Date(Date.now() + 3_600_000)
  expect(await until(end)).toMatchObject({ id: first.id, endsAt: end })
  const grants = await inOwn((tx) => grantsOfAccount(tx, 'sva_x'))
  expect(grants.map(({ permission }) => permission)).toContain('audit.read')
  expect(new Set(grants.map(({ organizationId }) => organizationId))).toEqual(new Set([world.own]))
  const unheard = { kind: 'group', homeId: world.own, id: 'grp_x' } as const
  await expect(inOwn((tx) => give(tx, systemActor, unheard, { role: 'auditor' }))).rejects.toThrow('group_unknown')
})
