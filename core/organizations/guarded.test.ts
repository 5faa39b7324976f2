import { beforeAll, describe, expect, it, vi } from 'vitest'
import { systemActor } from '#core/authority'
import { type Actor, builtInRoles, type Reach } from '#core/authority/contract'
import { withPlatform } from '#platform/database'
import type { DnsAnswer } from '#platform/dns'
import { freshDatabase } from '#support/database'
import type { NewOrganization, Organization } from './contract.ts'
import {
  addDomain,
  addHost,
  checkDomain,
  checkHost,
  chooseAddress,
  create,
  createOnce,
  directory,
  find,
  list,
  loadDirectory,
  move,
  proofRecord,
  readAgain,
  remove,
  update,
} from './index.ts'

const zone = new Map<string, string[]>()
const asked: string[] = []
vi.mock('#platform/dns', () => ({
  lookUpTxt: async (name: string): Promise<DnsAnswer[]> => {
    asked.push(name)
    return [{ resolver: '192.0.2.53', values: zone.get(name) ?? [], error: null }]
  },
}))

freshDatabase()
let root: Organization
let count = 0
const make = (parent: Organization, more: Partial<NewOrganization> = {}, by: Actor = systemActor) => {
  count += 1
  const wanted = { handle: `guarded-${count}`, name: `Guarded ${count}`, ...more, parentId: parent.id }
  return withPlatform((tx) => create(tx, by, wanted))
}
const ownerOf = ({ id }: Organization, reach: Reach = 'subtree'): Actor => ({
  kind: 'person',
  homeId: id,
  personId: `per_${id}`,
  grants: builtInRoles.owner.map((permission) => ({ permission, organizationId: id, reach })),
})

beforeAll(async () => {
  root = await withPlatform((tx) =>
    create(tx, systemActor, { parentId: null, handle: 'guarded-root', name: 'Root', peopleFrom: 'own' }),
  )
  await loadDirectory()
}, 60_000)

it('a list shows nothing that whoever asks does not reach', async () => {
  const parent = await make(root)
  const child = await make(parent)
  const query = { below: parent.id, isDeep: true, limit: 10 }
  const near = await withPlatform((tx) => list(tx, ownerOf(parent, 'organization'), query))
  expect(near).toEqual({ organizations: [], next: null })
  const far = await withPlatform((tx) => list(tx, ownerOf(parent), query))
  expect(far.organizations.map(({ id }) => id)).toEqual([child.id])
})

describe('a removal', () => {
  it('wants the handle typed once more, and what was looked at', async () => {
    const one = await make(root)
    const removing = (sure: Parameters<typeof remove>[3]) => withPlatform((tx) => remove(tx, systemActor, one.id, sure))
    await expect(removing({ confirm: 'guarded' })).rejects.toThrow('organizations.not_confirmed')
    await withPlatform((tx) => update(tx, systemActor, one.id, { name: 'Changed' }))
    await expect(removing({ confirm: one.handle, version: one.version })).rejects.toThrow('changed_elsewhere')
    await removing({ confirm: one.handle, version: one.version + 1 })
    await expect(withPlatform((tx) => find(tx, systemActor, one.id))).rejects.toThrow('organizations.not_found')
  })

  it('and a creation below it at the same moment leave no orphan', async () => {
    const parent = await make(root)
    const results = await Promise.allSettled([
      make(parent),
      withPlatform((tx) => remove(tx, systemActor, parent.id)),
      make(parent),
    ])
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'))
    expect([
      ['done', 'organizations.has_children', 'done'],
      ['organizations.not_found', 'done', 'organizations.not_found'],
    ]).toContainEqual(codes)
  })
})

it('what is made while its parent moves has the ancestors that the parent has', async () => {
  const [from, to] = [await make(root), await make(root)]
  for (let round = 0; round < 5; round += 1) {
    const moving = await make(from)
    const [made] = await Promise.all([
      make(moving),
      withPlatform((tx) => move(tx, systemActor, moving.id, to.id)),
      make(moving),
    ])
    const { ancestors } = await withPlatform((tx) => find(tx, systemActor, made.id))
    expect(ancestors).toEqual([root.id, to.id, moving.id, made.id])
  }
})

describe('once', () => {
  it('is made what is known elsewhere by the same number, also by twenty at the same moment', async () => {
    const parent = await make(root)
    const wanted = (index: number) => ({
      parentId: parent.id,
      handle: `crm-${index}`,
      name: 'From the CRM',
      attributes: { crm: 'A-17' },
    })
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => withPlatform((tx) => createOnce(tx, systemActor, wanted(index), 'crm'))),
    )
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(results.map(({ organization }) => organization.id)).size).toBe(1)
    const other = await make(root)
    const elsewhere = { ...wanted(21), parentId: other.id }
    expect((await withPlatform((tx) => createOnce(tx, systemActor, elsewhere, 'crm'))).isNew).toBe(true)
  })

  it('needs the number, and the right to make and to see', async () => {
    const parent = await make(root)
    const once = (by: Actor, attributes: Record<string, string>) => {
      count += 1
      const wanted = { parentId: parent.id, handle: `once-${count}`, name: 'Once', attributes }
      return withPlatform((tx) => createOnce(tx, by, wanted, 'crm'))
    }
    await expect(once(systemActor, { toString: 'x' })).rejects.toThrow('organizations.invalid')
    await once(systemActor, { crm: 'B-1' })
    const maker: Actor = {
      kind: 'person',
      grants: [{ permission: 'organization.create', organizationId: parent.id, reach: 'subtree' }],
    }
    await once(maker, { crm: 'B-2' })
    await expect(once(maker, { crm: 'B-1' })).rejects.toThrow('authority.denied')
  })
})

describe('a proof', () => {
  it('is looked for by who may manage domains, and only of what was claimed', async () => {
    const [one, other] = [await make(root), await make(root)]
    const owner = ownerOf(one)
    const { proof } = await withPlatform((tx) => addHost(tx, owner, one.id, 'login.guarded.example'))
    const { name, value } = proofRecord('login.guarded.example', proof ?? '')
    await expect(checkHost(ownerOf(other), one.id, 'login.guarded.example')).rejects.toThrow('authority.unknown')
    await expect(checkHost(owner, one.id, 'other.guarded.example')).rejects.toThrow('organizations.host_unknown')
    await expect(checkDomain(owner, one.id, 'guarded.example')).rejects.toThrow('organizations.domain_unknown')
    expect(asked).toEqual([])
    expect(await checkHost(owner, one.id, 'login.guarded.example')).toMatchObject({ isVerified: false })
    zone.set(name, [value])
    const seen = await checkHost(owner, one.id, 'login.guarded.example')
    expect(seen).toMatchObject({ isVerified: true, evidence: [{ resolver: '192.0.2.53', values: [value] }] })
    const after = await withPlatform((tx) => chooseAddress(tx, owner, one.id, 'login.guarded.example'))
    expect(after.canonicalAddress).toBe('login.guarded.example')
    const claimed = await withPlatform((tx) => addDomain(tx, owner, one.id, 'guarded.example', 'staff'))
    zone.set('_livery.guarded.example', [`livery-verification=${claimed.proof}`])
    expect(await checkDomain(owner, one.id, 'guarded.example')).toMatchObject({ isVerified: true, joinsAs: 'staff' })
  })
})

it('whoever has just changed an organization can know it at once', async () => {
  const one = await make(root)
  expect((await readAgain(one.id))?.handle).toBe(one.handle)
  expect(directory().byHandle(one.handle)?.id).toBe(one.id)
  expect(await readAgain('org_00000000000000000000000000')).toBeUndefined()
})
