import { beforeAll, describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { type Tx, withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { failureOf } from './answers.ts'
import type { Person } from './contract.ts'
import {
  create,
  find,
  findByIdentifier,
  identifierOf,
  keepKnown,
  list,
  listed,
  updateProfile,
  verifyPhone,
} from './index.ts'

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const made = (username: string | null = null, home = world.own): Promise<Person> =>
  withOrganization(home, async (tx) => {
    count += 1
    const wanted = { email: `somebody${count}@own.example`, givenName: 'Ada', familyName: 'Keller', username }
    return (await create(tx, by, wanted)) as Person
  })

const refusal = async (act: Promise<unknown>) => {
  const thrown = await act.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown === null ? null : Object.values(failureOf(thrown))
}
const here = <T>(act: (tx: Tx) => Promise<T>) => withOrganization(world.own, act)
const change = (person: Person, wanted: Parameters<typeof updateProfile>[3]) =>
  here(async (tx) => updateProfile(tx, by, person.id, wanted, (await find(tx, person.id))?.version ?? 0))
const found = (typed: string, home = world.own) => {
  const identifier = identifierOf(typed, ['email', 'phone', 'username'])
  return identifier && withOrganization(home, async (tx) => (await findByIdentifier(tx, identifier))?.id ?? null)
}

describe('a username', () => {
  it('says who somebody is, at home alone, however it is typed', async () => {
    const { id } = await made('Straße.1')
    for (const typed of ['Straße.1', 'STRASSE.1', ' strasse.1 ']) expect(await found(typed)).toBe(id)
    expect(await found('strasse')).toBeNull()
    expect(await found('strasse.1', world.root)).toBeNull()
  })

  it('is one person’s at home, and may be somebody else’s at another', async () => {
    await made('twice')
    expect(await refusal(made('TWICE'))).toEqual(['username.taken', 'username'])
    const other = await made('twice', world.root)
    expect(await found('twice', world.root)).toBe(other.id)
  })

  it('is changed, given up, and free again', async () => {
    const [first, second] = [await made('first'), await made()]
    expect(await refusal(change(second, { username: 'FIRST' }))).toEqual(['username.taken', 'username'])
    expect((await change(first, { username: 'First' })).username).toBe('First')
    expect((await change(first, { username: null })).username).toBeNull()
    expect(await found('first')).toBeNull()
    expect((await change(second, { username: 'first' })).username).toBe('first')
    expect(await found('first')).toBe(second.id)
  })

  it('that 20 want at once becomes one person’s', async () => {
    const people = []
    for (let one = 0; one < 20; one += 1) people.push(await made())
    const results = await Promise.all(
      people.map((person, index) => refusal(change(person, { username: index % 2 ? 'wanted' : 'WANTED' }))),
    )
    expect(results.filter((result) => result === null)).toHaveLength(1)
    expect(new Set(results.map((result) => result?.[0] ?? 'done'))).toEqual(new Set(['done', 'username.taken']))
    const created = await Promise.all(Array.from({ length: 10 }, () => refusal(made('brand-new'))))
    expect(created.filter((result) => result === null)).toHaveLength(1)
  })

  it('stands in the lists, and is searched by how it begins', async () => {
    const { id } = await made('Searched_For')
    const search = (text: string) => here(async (tx) => (await list(tx, { search: text, limit: 10 })).people)
    expect((await search('searched_')).map(({ personId }) => personId)).toEqual([id])
    expect((await search('SEARCHED_FOR'))[0]?.username).toBe('Searched_For')
    expect(await search('earched_for')).toEqual([])
    await here(async (tx) => {
      const person = (await find(tx, id)) as Person
      await keepKnown(tx, { ...person, username: 'told-anew' })
      expect((await listed(tx, id))?.username).toBe('told-anew')
    })
  })
})

describe('a phone number', () => {
  const number = '+41795550142'

  it('says who somebody is once it is proven, and no longer when it changes', async () => {
    const person = await made()
    await change(person, { phone: number })
    expect(await found('+41 79 555 01 42')).toBeNull()
    const verified = await here((tx) => verifyPhone(tx, by, person.id, '+41 79 555 01 42'))
    expect([verified.phone, verified.phoneVerifiedAt !== null]).toEqual([number, true])
    expect(await found('0041 79 555 01 42')).toBe(person.id)
    expect((await change(person, { phone: number, givenName: 'Adele' })).phoneVerifiedAt).not.toBeNull()
    expect((await change(person, { phone: '+41795550143' })).phoneVerifiedAt).toBeNull()
    expect(await found(number)).toBeNull()
    await here((tx) => verifyPhone(tx, by, person.id, number))
    expect((await change(person, { phone: null })).phoneVerifiedAt).toBeNull()
    expect(await found(number)).toBeNull()
  })

  it('may be written down by many, and proven by one', async () => {
    const [one, other] = [await made(), await made()]
    const shared = '+41795550199'
    for (const person of [one, other]) await change(person, { phone: shared })
    const results = await Promise.all(
      [one, other].map(({ id }) => refusal(here((tx) => verifyPhone(tx, by, id, shared)))),
    )
    expect(results.map((result) => result?.[0] ?? 'done').sort()).toEqual(['done', 'phone.taken'])
    const holder = await found(shared)
    expect([one.id, other.id]).toContain(holder)
    await here((tx) => verifyPhone(tx, by, holder ?? '', shared))
    expect(await found(shared)).toBe(holder)
  })

  it.each([
    ['079 555 01 42', 'phone.invalid'],
    ['', 'phone.invalid'],
  ])('%j is none to prove', async (typed, code) => {
    const { id } = await made()
    expect((await refusal(here((tx) => verifyPhone(tx, by, id, typed))))?.[0]).toBe(code)
  })

  it('is nobody’s who is not there', async () => {
    expect(await refusal(here((tx) => verifyPhone(tx, by, 'per_nobody', '+41795550111')))).toEqual(['person.unknown'])
  })
})
