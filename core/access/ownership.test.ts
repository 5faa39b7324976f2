import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor as system } from '#core/authority'
import { create, loadDirectory } from '#core/organizations'
import { findMembership, setMembershipStatus, setStatus } from '#core/people'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { acting, member, trailOf } from '#support/staff'
import { allGrants, createRole, give, transferOwnership } from './index.ts'

freshDatabase()
let root: string
let here: string
let count = 0
const make = async (parentId: string | null): Promise<string> => {
  count += 1
  const made = await withPlatform((tx) => create(tx, system, { parentId, handle: `org-${count}`, name: 'Alpine Air' }))
  await loadDirectory()
  return made.id
}
beforeAll(async () => {
  root = await make(null)
}, 60_000)
beforeEach(async () => {
  here = await make(root)
})

type Somebody = Awaited<ReturnType<typeof member>>
const owner = (reach: 'organization' | 'subtree' = 'subtree') => member({ home: here, role: 'owner', reach })
const owners = () =>
  withOrganization(here, async (tx) =>
    (await allGrants(tx, system))
      .filter(({ role }) => role === 'owner')
      .map(({ subject, reach }) => [subject.id, reach]),
  )
/** As whoever hands over was known when their request began. */
const prepared = async (from: Somebody, to: Somebody, stepDown: boolean) => {
  const by = await acting(here, from)
  return () => withOrganization(here, (tx) => transferOwnership(tx, by, { person: to.id, stepDown }))
}
const transfer = async (from: Somebody, to: Somebody, stepDown = false) => (await prepared(from, to, stepDown))()

describe('handing an organization over', () => {
  it('makes somebody an owner beside the giver, as far as the giver is one', async () => {
    const [ada, ben] = [await owner('organization'), await member({ home: here })]
    await transfer(ada, ben)
    expect(await owners()).toEqual([
      [ada.id, 'organization'],
      [ben.id, 'organization'],
    ])
    const trail = (await trailOf(here, ben.id)).filter(({ action }) => action.startsWith('ownership.'))
    expect(trail).toEqual([
      { action: 'ownership.given', by: ada.id, details: { after: { role: 'owner', reach: 'organization' } } },
    ])
  })

  it('lets the giver step down in the same moment, which both their trails say', async () => {
    const [ada, ben] = [await owner(), await member({ home: here })]
    await transfer(ada, ben, true)
    expect(await owners()).toEqual([[ben.id, 'subtree']])
    expect((await trailOf(here, ada.id)).at(-1)).toMatchObject({ action: 'ownership.given_up', by: ada.id })
    await expect(transfer(ada, ben)).rejects.toThrow('authority.unknown')
    await transfer(ben, ada, true)
    expect(await owners()).toEqual([[ada.id, 'subtree']])
  })

  it('is for good, also where somebody was an owner for a while', async () => {
    const [ada, ben] = [await owner('organization'), await member({ home: here })]
    const subject = { kind: 'person' as const, homeId: here, id: ben.id }
    const endsAt = new Date(Date.now() + 60_000)
    await withOrganization(here, (tx) => give(tx, system, subject, { role: 'owner', endsAt }))
    await transfer(ada, ben, true)
    const grants = await withOrganization(here, (tx) => allGrants(tx, system))
    expect(grants.map(({ endsAt: end }) => end)).toEqual([null])
  })

  it('reaches members who live elsewhere, and is done from above as well', async () => {
    const rita = await member({ home: root, role: 'owner', reach: 'subtree' })
    const sofia = await member({ home: root, at: here })
    const by = await acting(here, rita)
    await withOrganization(here, (tx) => transferOwnership(tx, by, { person: sofia.id, stepDown: false }))
    expect(await owners()).toEqual([[sofia.id, 'subtree']])
    // She owns nothing here herself that she could give up.
    const again = { person: sofia.id, stepDown: true }
    await expect(withOrganization(here, (tx) => transferOwnership(tx, by, again))).rejects.toThrow(
      'access.not_an_owner',
    )
  })
})

describe('nobody hands over', () => {
  it('who does not hold everything that an owner holds', async () => {
    await owner()
    const ben = await member({ home: here })
    const wanted = { key: 'notary', name: 'Notary', permissions: ['organization.transfer' as const] }
    const notary = await withOrganization(here, (tx) => createRole(tx, system, wanted))
    for (const role of ['administrator', 'people-manager', 'auditor', notary.id]) {
      await expect(transfer(await member({ home: here, role }), ben)).rejects.toThrow('authority.denied')
    }
    const beside = await make(root)
    await expect(transfer(await member({ home: beside, role: 'owner' }), ben)).rejects.toThrow('authority.unknown')
  })

  it('to whoever is no active member of staff, nor to themselves', async () => {
    const ada = await owner()
    const suspended = await member({ home: here })
    const gone = await member({ home: here })
    await withOrganization(here, async (tx) => {
      const membership = (await findMembership(tx, suspended.ref)) ?? fail('person.unknown')
      await setMembershipStatus(tx, system, membership, 'suspended')
      await setStatus(tx, system, gone.id, 'suspended')
    })
    const unfit = [
      ada,
      await member({ home: here, kind: 'consumer' }),
      await member({ home: here, status: 'pending' }),
      suspended,
      gone,
    ]
    for (const one of unfit) {
      await expect(transfer(ada, one, true)).rejects.toThrow('access.owner_unfit')
      await expect(transfer(ada, one)).rejects.toThrow('access.owner_unfit')
    }
    await expect(transfer(ada, await member({ home: root }))).rejects.toThrow('person.unknown')
    expect(await owners()).toEqual([[ada.id, 'subtree']])
  })
})

describe('at the same moment', () => {
  it('two who hand over to each other leave one owner', async () => {
    const [ada, ben] = [await owner(), await owner()]
    const both = [await prepared(ada, ben, true), await prepared(ben, ada, true)]
    await Promise.allSettled(both.map((run) => run()))
    expect((await owners()).length).toBe(1)
  })

  it('one who hands over twice gives it once when they step down', async () => {
    const [ada, ben, eve] = [await owner(), await member({ home: here }), await member({ home: here })]
    const both = [await prepared(ada, ben, true), await prepared(ada, eve, true)]
    const done = await Promise.allSettled(both.map((run) => run()))
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await owners()).length).toBe(1)
  })

  it('whoever becomes the owner and is suspended meanwhile does not leave it without one', async () => {
    const [ada, ben] = [await owner(), await member({ home: here })]
    const run = await prepared(ada, ben, true)
    await withOrganization(here, (tx) => setStatus(tx, system, ben.id, 'suspended'))
    await expect(run()).rejects.toThrow('access.owner_unfit')
    expect(await owners()).toEqual([[ada.id, 'subtree']])
  })
})
