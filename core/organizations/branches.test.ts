import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor, Grant } from '#core/authority/contract'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import type { Organization } from './contract.ts'
import { create, loadDirectory, unfold } from './index.ts'

freshDatabase()
let root: Organization
let alpine: Organization
let cargo: Organization

const make = (parent: Organization | null, handle: string) =>
  withPlatform((tx) => create(tx, systemActor, { parentId: parent?.id ?? null, handle, name: handle }))
const holder = (reach: Grant['reach']): Actor => ({
  kind: 'person',
  homeId: root.id,
  personId: 'per_a',
  grants: [{ permission: 'organization.read', organizationId: root.id, reach }],
})
const drawn = async (by: Actor, open: string[]) =>
  (await withPlatform((tx) => unfold(tx, by, root.id, open))).map(
    ({ organization, depth, children, isOpen }) =>
      `${'  '.repeat(depth)}${organization.handle}${children > 0 ? ` ${children}` : ''}${isOpen ? ' open' : ''}`,
  )

beforeAll(async () => {
  root = await make(null, 'top')
  alpine = await make(root, 'alpine')
  await make(root, 'sahel')
  cargo = await make(alpine, 'cargo')
  await make(alpine, 'tours')
  await make(cargo, 'zurich')
  await loadDirectory()
}, 60_000)

describe('a tree', () => {
  it('shows one level, and how much is below each', async () => {
    expect(await drawn(holder('subtree'), [])).toEqual(['alpine 2', 'sahel'])
  })

  it('is unfolded where somebody asks for it, in the order in which it is drawn', async () => {
    expect(await drawn(holder('subtree'), [alpine.id, cargo.id])).toEqual([
      'alpine 2 open',
      '  cargo 1 open',
      '    zurich',
      '  tours',
      'sahel',
    ])
  })

  it('of a branch that is closed shows nothing, also where a deeper one is said to be open', async () => {
    expect(await drawn(holder('subtree'), [cargo.id])).toEqual(['alpine 2', 'sahel'])
  })

  it('shows nothing to whoever reaches no further than the organization itself', async () => {
    expect(await drawn(holder('organization'), [alpine.id])).toEqual([])
  })
})
