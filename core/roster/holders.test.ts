import { beforeAll, expect, it } from 'vitest'
import { createGroup, give } from '#core/access'
import { systemActor } from '#core/authority'
import { createAccount } from '#core/tokens'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { holders } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

it('who has a role is named, whatever kind they are, part by part', async () => {
  const ada = await member({ home: world.own, role: 'auditor', givenName: 'Ada', familyName: 'Keller' })
  const by = await acting(world.own, ada)
  await withOrganization(world.own, async (tx) => {
    const { id } = await createGroup(tx, systemActor, { name: 'Crew' })
    await give(tx, systemActor, { kind: 'group', homeId: world.own, id }, { role: 'auditor', reach: 'subtree' })
    const account = await createAccount(tx, systemActor, { name: 'Nightly import' })
    await give(tx, systemActor, { kind: 'service', homeId: world.own, id: account.id }, { role: 'auditor' })
    // Of another role: it is not in the list.
    await give(tx, systemActor, { kind: 'service', homeId: world.own, id: account.id }, { role: 'brand-editor' })
  })
  const first = await holders(world.own, by, 'auditor', { limit: 2 })
  expect(first.holders.map(({ kind, name, email, reach }) => [kind, name, email, reach])).toEqual([
    ['person', 'Ada Keller', ada.email, 'organization'],
    ['group', 'Crew', null, 'subtree'],
  ])
  const rest = await holders(world.own, by, 'auditor', { limit: 2, after: first.next ?? '' })
  expect(rest).toMatchObject({ holders: [{ kind: 'service', name: 'Nightly import' }], next: null })
})

it('whoever may not see people, or belongs elsewhere, is told nothing', async () => {
  const editor = await acting(world.own, await member({ home: world.own, role: 'brand-editor' }))
  const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
  await expect(holders(world.own, editor, 'owner', { limit: 5 })).rejects.toThrow('authority.denied')
  await expect(holders(world.own, stranger, 'owner', { limit: 5 })).rejects.toThrow('authority.unknown')
})
