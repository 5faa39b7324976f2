import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { addToGroup, createGroup, give } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { updateProfile } from '#core/people'
import { begin } from '#core/sessions'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import type { RosterQuery } from './contract.ts'
import { homes, list, look, tidy } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
const names = [
  ['Ada', 'Keller'],
  ['Björk', 'Ågren'],
  ['Søren', 'Sørensen'],
  ['Émile', 'Zola'],
  ['يارا', 'حداد'],
] as const

beforeAll(async () => {
  world = await buildWorld()
  for (const [index, [givenName, familyName]] of names.entries()) {
    const kind = index % 2 === 0 ? 'staff' : 'consumer'
    await member({ home: world.own, email: `p${index}@names.example`, givenName, familyName, kind })
  }
  const boss = await member({
    home: world.own,
    email: 'eve@own.example',
    givenName: 'Eve',
    familyName: 'Brunner',
    role: 'people-manager',
  })
  eve = await acting(world.own, boss)
}, 60_000)

const given = async (query: RosterQuery) => (await list(world.own, eve, query)).people.map(({ givenName }) => givenName)

describe('the list of people', () => {
  it('is in the order of names, whatever letters they are written in', async () => {
    expect(await given({})).toEqual(['Björk', 'Eve', 'Ada', 'Søren', 'Émile', 'يارا'])
  })

  it.each([
    ['so', ['Søren']],
    ['SØREN S', ['Søren']],
    ['sorensen so', ['Søren']],
    ['zola', ['Émile']],
    ['emile', ['Émile']],
    ['ågr', ['Björk']],
    ['eve@own', ['Eve']],
    ['يا', ['يارا']],
    ['%', []],
    ['_da', []],
    ["' or 1=1 --", []],
    ['keller ada x', []],
  ])('finds by what a name or an address begins with: %s', async (search, found) => {
    expect(await given({ search })).toEqual(found)
  })

  it('is filtered by kind, status, role and group', async () => {
    expect(await given({ kind: 'consumer' })).toEqual(['Björk', 'Émile'])
    expect(await given({ status: 'suspended' })).toEqual([])
    expect(await given({ role: 'people-manager' })).toEqual(['Eve'])
    const [ada] = (await list(world.own, eve, { search: 'ada' })).people
    await withOrganization(world.own, async (tx) => {
      const byHand = await createGroup(tx, systemActor, { name: 'Desk' })
      await addToGroup(tx, systemActor, byHand.id, { homeId: world.own, personId: ada?.personId ?? '' })
      const rule = { attribute: 'kind', operator: 'is', value: 'consumer' } as const
      const ruled = await createGroup(tx, systemActor, { name: 'Customers', rule })
      for (const { id } of [byHand, ruled]) {
        await give(tx, systemActor, { kind: 'group', homeId: world.own, id }, { role: 'auditor' })
      }
      return [byHand.id, ruled.id]
    }).then(async ([byHand, ruled]) => {
      expect(await given({ group: byHand ?? '' })).toEqual(['Ada'])
      expect(await given({ group: ruled ?? '' })).toEqual(['Björk', 'Émile'])
      expect(await given({ group: ruled ?? '', search: 'zola' })).toEqual(['Émile'])
      expect(await given({ group: ruled ?? '', role: 'people-manager' })).toEqual([])
    })
    expect(await given({ role: 'auditor' })).toEqual(['Björk', 'Ada', 'Émile'])
    await expect(list(world.own, eve, { group: 'grp_nobody' })).rejects.toThrow('access.group_unknown')
  })

  it.each(['name', 'newest'] as const)(
    'comes in pages by %s that leave nobody out and show nobody twice',
    async (sort) => {
      const whole = (await list(world.own, eve, { sort })).people.map(({ personId }) => personId)
      const paged: string[] = []
      let after: RosterQuery['after'] = null
      do {
        const page = await list(world.own, eve, { sort, limit: 2, after })
        paged.push(...page.people.map(({ personId }) => personId))
        after = page.next
      } while (after)
      expect(paged).toEqual(whole)
      expect(new Set(whole).size).toBe(names.length + 1)
    },
  )

  it.each([{ limit: 0 }, { limit: 201 }, { kind: 'admin' }, { sort: 'x' }, { after: { key: 1 } }, { more: 1 }])(
    'refuses what cannot be asked: %j',
    async (query) => {
      await expect(list(world.own, eve, query as RosterQuery)).rejects.toThrow('roster.invalid')
    },
  )

  it('is for whoever may see people here, and as if nothing were there for anybody else', async () => {
    const editor = await acting(
      world.own,
      await member({ home: world.own, role: 'brand-editor', givenName: 'Zed', familyName: 'Zz' }),
    )
    await expect(list(world.own, editor)).rejects.toThrow('authority.denied')
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    for (const at of [world.own, world.root]) await expect(list(at, stranger)).rejects.toThrow('authority.unknown')
    await expect(list(world.own, await acting(world.own, await member({ home: world.strict })))).rejects.toThrow(
      'authority.unknown',
    )
  })
})

it('the list finds whom it is asked for among very many', async () => {
  const many = world.closed
  await withOrganization(many, async (tx) => {
    await sql`
      insert into listed_people (org_id, person_id, home_id, email, given_name, family_name, name_key, call_key, kind,
                                 membership, person, joined_at)
      select ${many}, 'per_' || lpad(i::text, 8, '0'), ${many}, 'p' || i || '@many.example', 'G' || i % 977, 'F' || i % 4999,
             'f' || i % 4999 || ' g' || i % 977, 'g' || i % 977 || ' f' || i % 4999,
             case when i % 1000 = 0 then 'staff' else 'consumer' end, case when i % 5000 = 0 then 'pending' else 'active' end,
             'active', now() - i * interval '1 minute'
      from generate_series(1, 30000) i`.execute(tx.sql)
  })
  const counted: [RosterQuery, number][] = [
    [{}, 50],
    [{ sort: 'newest', limit: 200 }, 200],
    [{ search: 'f12' }, 50],
    [{ search: 'p4711@' }, 1],
    [{ search: 'nobody' }, 0],
    [{ kind: 'staff' }, 30],
    [{ status: 'pending' }, 6],
    [{ kind: 'staff', search: 'g1' }, 4],
  ]
  for (const [query, expected] of counted) {
    const { people } = await list(many, systemActor, query)
    expect(people.length, JSON.stringify(query)).toBe(expected)
  }
})

describe('people who live elsewhere', () => {
  it('are shown as their home knows them now, and found so from then on', async () => {
    const sofia = await member({ home: world.root, at: world.central, givenName: 'Sofia', familyName: 'Lindqvist' })
    const owner = await acting(
      world.central,
      await member({ home: world.root, at: world.central, role: 'owner', givenName: 'Yara', familyName: 'Haddad' }),
    )
    await withOrganization(world.root, (tx) => updateProfile(tx, systemActor, sofia.id, { familyName: 'Ekström' }, 1))
    expect((await list(world.central, owner, { search: 'ekstrom' })).people).toEqual([])
    const shown = (await list(world.central, owner)).people.find(({ personId }) => personId === sofia.id)
    expect(shown).toMatchObject({ familyName: 'Ekström', livesHere: false })
    expect((await list(world.central, owner, { search: 'ekstrom' })).people).toHaveLength(1)
    await withOrganization(world.root, (tx) => updateProfile(tx, systemActor, sofia.id, { familyName: 'Berg' }, 2))
    await tidy(world.central)
    expect((await list(world.central, owner, { search: 'berg' })).people).toHaveLength(1)
  })

  it('keep their phone number and what they prove themselves with to their home', async () => {
    const owner = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    const lars = await member({ home: world.root, at: world.central, givenName: 'Lars' })
    await withOrganization(world.root, (tx) => updateProfile(tx, systemActor, lars.id, { phone: '+4532123456' }, 1))
    const seen = await look(world.central, owner, lars.id)
    expect(seen).toMatchObject({ phone: null, passwordChangedAt: null, home: { handle: 'skyway' }, livesHere: false })
    const atHome = await acting(world.root, await member({ home: world.root, role: 'owner' }))
    expect(await look(world.root, atHome, lars.id)).toMatchObject({ phone: '+4532123456', membership: null })
  })
})

describe('one of them', () => {
  it('is looked at with everything that they hold here and where they are signed in', async () => {
    const ben = await member({ home: world.own, role: 'auditor', email: 'ben@own.example' })
    const from = { kind: 'visitor', grants: [], address: '192.0.2.77', userAgent: 'Firefox' } as const
    const beginning = { ...ben.ref, methods: ['pwd'], generation: 1, by: { ...from, grants: [] } }
    await withOrganization(world.own, (tx) => begin(tx, beginning))
    const seen = await look(world.own, eve, ben.id)
    expect(seen).toMatchObject({
      email: 'ben@own.example',
      status: 'active',
      isEmailVerified: true,
      membership: { kind: 'staff', status: 'active' },
      grants: [{ role: 'auditor', reach: 'organization' }],
      sessions: [{ address: '192.0.2.77', userAgent: 'Firefox', methods: ['pwd'] }],
      mustChangePassword: false,
      secondStepAddedAt: null,
    })
    expect(seen.lastSignInAt).toBeInstanceOf(Date)
    expect(JSON.stringify(seen)).not.toMatch(/secret|hash/i)
  })

  it('is nobody where they neither live nor belong', async () => {
    const elsewhere = await member({ home: world.strict })
    for (const id of [elsewhere.id, 'per_nobody', '', '../x', `${elsewhere.id}' or ''='`]) {
      await expect(look(world.own, eve, id)).rejects.toThrow('person.unknown')
    }
  })
})

describe('where they live', () => {
  it('is counted for whoever changes it, and for nobody else', async () => {
    const owner = await acting(world.closed, await member({ home: world.closed, role: 'owner' }))
    const before = await homes(world.closed, owner)
    await member({ home: world.closed })
    await member({ home: world.root, at: world.closed })
    await member({ home: world.root, at: world.closed })
    expect(await homes(world.closed, owner)).toEqual({ here: before.here + 1, elsewhere: before.elsewhere + 2 })
    await expect(homes(world.own, eve)).rejects.toThrow('authority.denied')
    await expect(homes(world.own, owner)).rejects.toThrow('authority.unknown')
  })
})
