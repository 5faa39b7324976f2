import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { builtInRoles } from '#core/authority/contract'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import type { NewOrganization, Organization } from './contract.ts'
import {
  addDomain,
  addHost,
  checkHandle,
  chooseAddress,
  create,
  directory,
  domainOwner,
  find,
  list,
  listHosts,
  loadDirectory,
  move,
  proofRecord,
  recordDomain,
  recordHost,
  remove,
  suspend,
  update,
} from './index.ts'

freshDatabase()
let root: Organization
let count = 0
const make = (parent: Organization, more: Partial<NewOrganization> = {}, by: Actor = systemActor) => {
  count += 1
  return withPlatform((tx) =>
    create(tx, by, { parentId: parent.id, handle: `tree-${count}`, name: `Tree ${count}`, ...more }),
  )
}
const ownerOf = ({ id }: Organization): Actor => ({
  kind: 'person',
  homeId: id,
  personId: `per_${id}`,
  grants: builtInRoles.owner.map((permission) => ({ permission, organizationId: id, reach: 'subtree' })),
})
const inPlatform = withPlatform
const chainOf = (id: string) => withPlatform(async (tx) => (await find(tx, systemActor, id)).ancestors)

beforeAll(async () => {
  root = await withPlatform((tx) =>
    create(tx, systemActor, { parentId: null, handle: 'tree-root', name: 'Root', peopleFrom: 'own' }),
  )
  await loadDirectory()
}, 60_000)

describe('a move', () => {
  it('takes everything below along', async () => {
    const [a, b] = [await make(root), await make(root)]
    const child = await make(a)
    const grandchild = await make(child)
    await inPlatform((tx) => move(tx, systemActor, child.id, b.id))
    expect(await chainOf(grandchild.id)).toEqual([root.id, b.id, child.id, grandchild.id])
    await expect.poll(() => directory().byId(grandchild.id)?.ancestors, { timeout: 2000 }).toContain(b.id)
  })

  it('never makes a circle, also when two are made at the same moment', async () => {
    const [a, b] = [await make(root), await make(root)]
    const results = await Promise.allSettled([
      inPlatform((tx) => move(tx, systemActor, a.id, b.id)),
      inPlatform((tx) => move(tx, systemActor, b.id, a.id)),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    for (const { id } of [a, b]) expect(await chainOf(id)).toContain(root.id)
    await expect(inPlatform((tx) => move(tx, systemActor, a.id, a.id))).rejects.toThrow('organizations.would_be_circle')
    await expect(inPlatform((tx) => move(tx, systemActor, root.id, a.id))).rejects.toThrow('organizations.is_root')
  })

  it('needs authority at both ends', async () => {
    const [mine, theirs] = [await make(root), await make(root)]
    const child = await make(mine)
    const owner = ownerOf(mine)
    await expect(inPlatform((tx) => move(tx, owner, child.id, theirs.id))).rejects.toThrow('authority.unknown')
    await expect(inPlatform((tx) => move(tx, ownerOf(theirs), child.id, theirs.id))).rejects.toThrow(
      'authority.unknown',
    )
    await expect(inPlatform((tx) => move(tx, owner, mine.id, child.id))).rejects.toThrow()
    const inner = await make(mine)
    await inPlatform((tx) => move(tx, owner, inner.id, child.id))
  })
})

describe('nobody acts above or beside', () => {
  it('by any function', async () => {
    const [mine, theirs] = [await make(root), await make(root)]
    const owner = ownerOf(mine)
    for (const target of [theirs, root]) {
      await expect(make(target, {}, owner)).rejects.toThrow('authority.unknown')
      await expect(inPlatform((tx) => find(tx, owner, target.id))).rejects.toThrow('authority.unknown')
      await expect(inPlatform((tx) => update(tx, owner, target.id, { name: 'x' }))).rejects.toThrow('authority.unknown')
      await expect(inPlatform((tx) => suspend(tx, owner, target.id))).rejects.toThrow()
      await expect(inPlatform((tx) => remove(tx, owner, target.id))).rejects.toThrow()
      await expect(inPlatform((tx) => addHost(tx, owner, target.id, 'x.example'))).rejects.toThrow('authority.unknown')
      await expect(inPlatform((tx) => list(tx, owner, { below: target.id, limit: 5 }))).rejects.toThrow(
        'authority.unknown',
      )
    }
    // The ground one stands on belongs to who is above.
    for (const act of [suspend, remove])
      await expect(inPlatform<unknown>((tx) => act(tx, owner, mine.id))).rejects.toThrow('authority.unknown')
    const child = await make(mine, {}, owner)
    await inPlatform((tx) => suspend(tx, owner, child.id))
    await inPlatform((tx) => remove(tx, owner, child.id))
  })
})

describe('a handle', () => {
  it('that was given up leads home, and to nobody else', async () => {
    const one = await make(root)
    await inPlatform((tx) => update(tx, systemActor, one.id, { handle: 'renamed-one' }))
    await expect.poll(() => directory().byOldHandle(one.handle)?.id, { timeout: 2000 }).toBe(one.id)
    await expect(make(root, { handle: one.handle })).rejects.toThrow('organizations.handle_taken')
    await expect(inPlatform((tx) => checkHandle(tx, systemActor, root.id, one.handle))).rejects.toThrow('handle_taken')
    await inPlatform((tx) => update(tx, systemActor, one.id, { handle: one.handle }))
    await expect.poll(() => directory().byHandle(one.handle)?.id, { timeout: 2000 }).toBe(one.id)
  })
})

describe('a change', () => {
  it('is refused to who has seen an older version', async () => {
    const one = await make(root)
    const after = await inPlatform((tx) => update(tx, systemActor, one.id, { name: 'New' }, one.version))
    expect(after.version).toBe(one.version + 1)
    await expect(inPlatform((tx) => update(tx, systemActor, one.id, { name: 'Old' }, one.version))).rejects.toThrow(
      'organizations.changed_elsewhere',
    )
  })
  it('of attributes is a patch, and a list finds by them', async () => {
    const one = await make(root, { attributes: { crm: 'A-1', plan: 'gold' } })
    const after = await inPlatform((tx) =>
      update(tx, systemActor, one.id, { attributes: { plan: null, region: 'eu' } }),
    )
    expect(after.attributes).toEqual({ crm: 'A-1', region: 'eu' })
    const found = await inPlatform((tx) =>
      list(tx, systemActor, { below: root.id, isDeep: true, attribute: { name: 'crm', value: 'A-1' }, limit: 10 }),
    )
    expect(found.organizations.map(({ id }) => id)).toEqual([one.id])
  })
})

it('a list goes on where it ended, without gaps and without repeating', async () => {
  const parent = await make(root)
  const made = []
  for (let index = 0; index < 7; index += 1) made.push(await make(parent, { name: `Same ${index % 2}` }))
  const seen: string[] = []
  let after: { name: string; id: string } | null = null
  do {
    const page: Awaited<ReturnType<typeof list>> = await inPlatform((tx) =>
      list(tx, systemActor, { below: parent.id, limit: 3, ...(after ? { after } : {}) }),
    )
    seen.push(...page.organizations.map(({ id }) => id))
    after = page.next ?? null
  } while (after)
  expect(seen.sort()).toEqual(made.map(({ id }) => id).sort())
  const searched = await inPlatform((tx) => list(tx, systemActor, { below: parent.id, search: 'same 1', limit: 10 }))
  expect(searched.organizations).toHaveLength(3)
  const wild = await inPlatform((tx) => list(tx, systemActor, { below: parent.id, search: '%', limit: 10 }))
  expect(wild.organizations).toHaveLength(0)
})

describe('a host', () => {
  it('is met only after proof, and a claim without proof stands in nobody’s way', async () => {
    const [one, other] = [await make(root), await make(root)]
    const owner = ownerOf(one)
    await inPlatform((tx) => addHost(tx, owner, one.id, 'login.tree.example', { verified: true }))
    await loadDirectory()
    expect(directory().byHost('login.tree.example')).toBeUndefined()
    await expect(inPlatform((tx) => chooseAddress(tx, owner, one.id, 'login.tree.example'))).rejects.toThrow('unproven')
    await inPlatform((tx) => addHost(tx, ownerOf(other), other.id, 'login.tree.example'))
    const [claimed] = await inPlatform((tx) => listHosts(tx, systemActor, other.id))
    const { value } = proofRecord('login.tree.example', claimed?.proof ?? '')
    const seen = (values: string[]) => [{ resolver: '192.0.2.53', values, error: null }]
    const check = (values: string[]) =>
      inPlatform((tx) => recordHost(tx, ownerOf(other), other.id, 'login.tree.example', seen(values)))
    expect(await check(['livery-verification=wrong'])).toBe(false)
    expect(await check(['something else', value])).toBe(true)
    await expect.poll(() => directory().byHost('login.tree.example')?.id, { timeout: 2000 }).toBe(other.id)
    await expect(inPlatform((tx) => addHost(tx, owner, one.id, 'login.tree.example'))).rejects.toThrow('host_taken')
    await inPlatform((tx) => chooseAddress(tx, ownerOf(other), other.id, 'login.tree.example'))
  })
})

describe('an email domain', () => {
  it('counts after proof, and no domain of everybody is anybody’s', async () => {
    const one = await make(root)
    await expect(inPlatform((tx) => addDomain(tx, systemActor, one.id, 'gmail.com', 'consumer'))).rejects.toThrow(
      'domain_public',
    )
    await inPlatform((tx) => addDomain(tx, systemActor, one.id, 'Tree.Example', 'consumer'))
    expect(await inPlatform((tx) => domainOwner(tx, 'tree.example'))).toBeNull()
    const { proof } = (
      await inPlatform(async (tx) => (await import('./index.ts')).listDomains(tx, systemActor, one.id))
    )[0] ?? { proof: '' }
    const evidence = [{ resolver: 'x', values: [`livery-verification=${proof}`], error: null }]
    expect(await inPlatform((tx) => recordDomain(tx, systemActor, one.id, 'tree.example', evidence))).toBe(true)
    expect(await inPlatform((tx) => domainOwner(tx, 'TREE.example'))).toMatchObject({ organizationId: one.id })
  })
})
