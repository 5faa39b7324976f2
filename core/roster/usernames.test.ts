import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#core/authority/contract'
import { find, findByIdentifier } from '#core/people'
import { withOrganization } from '#platform/database'
import { isFailure } from '#platform/failure'
import { freshDatabase } from '#support/database'
import { allowIdentifiers, buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { change, create, csvTemplate, exportPeople, importPeople, list, look } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  await allowIdentifiers(world.own, ['email', 'username'])
  eve = await acting(world.own, await member({ home: world.own, role: 'people-manager', email: 'eve@own.example' }))
}, 60_000)

const refusal = async (act: Promise<unknown>) => {
  try {
    await act
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return [error.code, error.field]
  }
}
const wanted = (name: string, username?: string) => ({
  email: `${name}@own.example`,
  givenName: 'Noa',
  familyName: 'Berg',
  ...(username === undefined ? {} : { username }),
})
const holder = (key: string) =>
  withOrganization(world.own, async (tx) => (await findByIdentifier(tx, { kind: 'username', key }))?.email)

describe('an administrator', () => {
  it('gives somebody a username, changes it, and takes it back', async () => {
    const { id } = await create(world.own, eve, wanted('noa', 'Noa.Berg'))
    expect((await look(world.own, eve, id)).username).toBe('Noa.Berg')
    expect((await list(world.own, eve, { search: 'noa.b' })).people[0]?.username).toBe('Noa.Berg')
    await change(world.own, eve, id, { username: 'noa' })
    expect(await holder('noa')).toBe('noa@own.example')
    await change(world.own, eve, id, { username: null })
    expect(await holder('noa')).toBeUndefined()
  })

  it.each([
    ['taken-1', 'TAKEN', ['username.taken', 'username']],
    ['taken-2', 'admin', ['username.reserved', 'username']],
    ['taken-3', 'x', ['username.invalid', 'username']],
    ['taken-4', 'a'.repeat(81), ['roster.invalid', 'username']],
    ['taken-5', 'a\u200bda', ['input.control_characters', 'username']],
  ])('is told why %s cannot be called %s', async (name, username, expected) => {
    if (!(await holder('taken'))) await create(world.own, eve, wanted('first', 'taken'))
    expect(await refusal(create(world.own, eve, wanted(name, username)))).toEqual(expected)
  })

  it('gives none where people do not sign in with one', async () => {
    const root = await acting(world.root, await member({ home: world.root, role: 'owner' }))
    expect(await refusal(create(world.root, root, wanted('nowhere', 'nowhere')))).toEqual([
      'username.not_used',
      'username',
    ])
    const { id } = await create(world.root, root, wanted('somewhere'))
    expect(await refusal(change(world.root, root, id, { username: 'nowhere' }))).toEqual([
      'username.not_used',
      'username',
    ])
  })

  it('changes a number, which is then no longer proven', async () => {
    const { id } = await create(world.own, eve, { ...wanted('phone'), phone: '+41795550142' })
    await change(world.own, eve, id, { phone: '+41795550143' })
    expect((await look(world.own, eve, id)).isPhoneVerified).toBe(false)
  })
})

describe('a file of people', () => {
  const importing = (lines: string[], isDryRun: boolean) =>
    importPeople(world.own, eve, [Buffer.from(lines.join('\n'))], { isDryRun, hasMail: false })

  it('gives usernames out as it was said before, each to one', async () => {
    const kept = await create(world.own, eve, wanted('kept', 'kept'))
    const lines = [
      'email,given_name,family_name,username',
      'one@own.example,One,Berg,the-one',
      'two@own.example,Two,Berg,THE-ONE',
      'three@own.example,Three,Berg,KEPT',
      'kept@own.example,,,renamed',
      'four@own.example,Four,Berg,root',
    ]
    const expected = [
      { row: 2, result: 'created' },
      { row: 3, result: 'refused', code: 'username.taken', field: 'username' },
      { row: 4, result: 'refused', code: 'username.taken', field: 'username' },
      { row: 5, result: 'updated' },
      { row: 6, result: 'refused', code: 'username.reserved', field: 'username' },
    ]
    expect((await importing(lines, true)).rows).toMatchObject(expected)
    expect((await importing(lines, false)).rows).toMatchObject(expected)
    expect(await holder('the-one')).toBe('one@own.example')
    expect((await withOrganization(world.own, (tx) => find(tx, kept.id)))?.username).toBe('renamed')
  })

  it('has the column where it says something, and what is downloaded changes nothing', async () => {
    let text = ''
    for await (const piece of exportPeople(world.own, { ...eve, kind: 'system' })) text += piece
    expect(text.split('\r\n')[0]).toBe('email,given_name,family_name,username,phone,locale,kind,groups')
    expect(text).toContain('kept@own.example,Noa,Berg,renamed,')
    const report = await importPeople(world.own, { ...eve, kind: 'system' }, [Buffer.from(text)], { isDryRun: true })
    expect(report).toMatchObject({ created: 0, updated: 0, refused: 0 })
    expect(csvTemplate({ handle: 'alpine', locales: ['en'] })).not.toContain('username')
    const security = { identifiers: ['email', 'username'] } as const
    expect(csvTemplate({ handle: 'alpine', locales: ['en'], security } as never)).toContain('noa.keller')
  })
})
