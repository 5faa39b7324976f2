import { beforeAll, describe, expect, it } from 'vitest'
import { addToGroup, createGroup, give, standingsOf } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { find, findByEmail, listed, listedByEmails } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, mails, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import { create, exportPeople, importPeople } from './index.ts'

freshDatabase()
let world: World
let eve: Actor
beforeAll(async () => {
  world = await buildWorld()
  eve = await acting(world.own, await member({ home: world.own, role: 'people-manager', email: 'eve@own.example' }))
}, 60_000)

const file = (...lines: string[]) => [new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)]
const header = 'email,given_name,family_name,phone,locale,kind,groups'
const importing = (lines: string[], { isDryRun = false, by = eve, at = world.own } = {}) =>
  importPeople(at, by, file(...lines), { isDryRun, hasMail: false })
const known = (email: string, at = world.own) => withOrganization(at, (tx) => findByEmail(tx, email))
const exported = async (at: string, by: Actor, query = {}) => {
  let text = ''
  for await (const piece of exportPeople(at, by, query)) text += piece
  return text
}

describe('a file of people', () => {
  it('is said first, row by row, and then done with the same words', async () => {
    const desk = await withOrganization(world.own, (tx) => createGroup(tx, systemActor, { name: 'Night | desk' }))
    await member({ home: world.own, email: 'same@own.example', givenName: 'Same', familyName: 'Person', kind: 'staff' })
    const changing = await member({ home: world.own, email: 'other@own.example', givenName: 'Old', kind: 'consumer' })
    const lines = [
      header,
      'new@own.example,Noa,Berg,+4532123456,de,staff,"Night \\| desk"',
      'SAME@own.example,Same,Person,,,staff,',
      'other@own.example,New,,,,staff,"Night \\| desk"',
      'broken,Noa,Berg,,,,',
      'nameless@own.example,,Berg,,,,',
      'phone@own.example,Noa,Berg,079,,,',
      'kind@own.example,Noa,Berg,,,boss,',
      'group@own.example,Noa,Berg,,,,Nobody',
      'new@own.example,Noa,Berg,,,,',
      'short@own.example,Noa',
      'locale@own.example,Noa,Berg,,xx,,',
    ]
    const expected = {
      created: 1,
      updated: 1,
      unchanged: 1,
      refused: 8,
      rows: [
        { row: 2, email: 'new@own.example', result: 'created' },
        { row: 3, email: 'same@own.example', result: 'unchanged' },
        { row: 4, email: 'other@own.example', result: 'updated' },
        { row: 5, email: 'broken', result: 'refused', code: 'email.invalid', field: 'email' },
        { row: 6, email: 'nameless@own.example', result: 'refused', code: 'name.required', field: 'given_name' },
        { row: 7, email: 'phone@own.example', result: 'refused', code: 'phone.invalid', field: 'phone' },
        { row: 8, email: 'kind@own.example', result: 'refused', code: 'csv.kind', field: 'kind' },
        { row: 9, email: 'group@own.example', result: 'refused', code: 'access.group_unknown', field: 'groups' },
        { row: 10, email: 'new@own.example', result: 'refused', code: 'csv.row_twice', field: 'email' },
        { row: 11, email: 'short@own.example', result: 'refused', code: 'csv.cells' },
        { row: 12, email: 'locale@own.example', result: 'refused', code: 'locale.invalid', field: 'locale' },
      ],
    }
    const before = (await mails()).length
    expect(await importing(lines, { isDryRun: true })).toMatchObject({ isDryRun: true, ...expected })
    expect(await known('new@own.example')).toBeNull()
    expect(await known('other@own.example')).toMatchObject({ givenName: 'Old' })
    expect(await importing(lines)).toMatchObject({ isDryRun: false, ...expected })
    expect(await mails()).toHaveLength(before)
    const made = await known('new@own.example')
    expect(made).toMatchObject({ givenName: 'Noa', phone: '+4532123456', locale: 'de', emailVerifiedAt: null })
    expect(await withOrganization(world.own, (tx) => listed(tx, changing.id))).toMatchObject({
      givenName: 'New',
      familyName: 'Keller',
      kind: 'staff',
    })
    expect(await exported(world.own, eve, { group: desk.id })).toBe(
      `${header}\r\nnew@own.example,Noa,Berg,'+4532123456,de,staff,Night \\| desk\r\nother@own.example,New,Keller,,,staff,Night \\| desk\r\n`,
    )
    const again = await importing(lines)
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 3 })
  })

  it.each([
    [['email,role', 'a@own.example,owner'], 'csv.role_column'],
    [['email, Roles ', 'a@own.example,owner'], 'csv.role_column'],
    [['email,permissions', 'a@own.example,x'], 'csv.role_column'],
    [['email,organization', 'a@own.example,x'], 'csv.column_unknown'],
    [['email,password', 'a@own.example,x'], 'csv.column_unknown'],
    [['email,home_id', 'a@own.example,x'], 'csv.column_unknown'],
    [['email,email', 'a@own.example,b@own.example'], 'csv.column_twice'],
    [['email,E-mail', 'a@own.example,b@own.example'], 'csv.column_unknown'],
    [['given_name,family_name', 'Noa,Berg'], 'csv.column_missing'],
    [[''], 'csv.empty'],
  ])('is refused as a whole: %j', async (lines, code) => {
    await expect(importing(lines)).rejects.toThrow(code)
    expect(await known('a@own.example')).toBeNull()
  })

  it('creates for an empty cell what was said, and takes nothing away by one', async () => {
    const ben = await member({ home: world.own, email: 'ben@own.example', givenName: 'Ben', locale: 'de' })
    await importing(['email,given_name,locale', 'ben@own.example,,'])
    expect(await withOrganization(world.own, (tx) => find(tx, ben.id))).toMatchObject({
      givenName: 'Ben',
      locale: 'de',
    })
  })

  it('writes to those who are created, when it should', async () => {
    const report = await importPeople(world.own, eve, file(header, 'mailed@own.example,Noa,Berg,,,,'), {
      isDryRun: false,
    })
    const [newest] = await mails()
    expect(newest).toMatchObject({ template: 'account-created', to: { person: report.rows[0]?.personId } })
  })
})

describe('a file cannot', () => {
  it('give anybody more than who brings it holds, nor touch somebody who holds more', async () => {
    const boss = await member({ home: world.own, email: 'boss@own.example', role: 'owner' })
    await withOrganization(world.own, async (tx) => {
      const bosses = await createGroup(tx, systemActor, { name: 'Bosses' })
      const rule = { attribute: 'email_domain', operator: 'is', value: 'boss.example' } as const
      const ruled = await createGroup(tx, systemActor, { name: 'Ruled', rule })
      for (const { id } of [bosses, ruled]) {
        await give(tx, systemActor, { kind: 'group', homeId: world.own, id }, { role: 'administrator' })
      }
    })
    const lines = [
      header,
      'boss@own.example,Mallory,,,,,',
      'eve@own.example,,,,,,Bosses',
      'pawn@own.example,Noa,Berg,,,,Bosses',
      'pawn@boss.example,Noa,Berg,,,,',
      'ruled@own.example,Noa,Berg,,,,Ruled',
    ]
    for (const isDryRun of [true, false]) {
      expect((await importing(lines, { isDryRun })).rows.map(({ code }) => code)).toEqual([
        'authority.exceeds_own',
        'authority.exceeds_own',
        'authority.exceeds_own',
        'authority.exceeds_own',
        'access.group_has_rule',
      ])
    }
    expect(await withOrganization(world.own, (tx) => find(tx, boss.id))).toMatchObject({ givenName: 'Ada' })
    const standings = await standingsOf(world.own, { homeId: eve.homeId ?? '', personId: eve.personId ?? '' })
    expect(standings.at(-1)?.reaching.map(({ grant }) => grant.role)).toEqual(['people-manager'])
  })

  it('touch people of other organizations', async () => {
    const lead = await acting(world.mixed, await member({ home: world.mixed, role: 'people-manager' }))
    const sofia = await member({ home: world.root, at: world.mixed, email: 'sofia@skyway.example', kind: 'consumer' })
    const rita = await member({ home: world.root, email: 'rita@skyway.example' })
    const bolt = await member({ home: world.own, email: 'bolt@own.example' })
    const report = await importing(
      [
        header,
        'sofia@skyway.example,Mallory,,,,,',
        'rita@skyway.example,Mallory,Fake,,,staff,',
        'bolt@own.example,Mallory,Fake,,,,',
      ],
      { at: world.mixed, by: lead },
    )
    expect(report.rows).toMatchObject([
      { result: 'refused', code: 'roster.lives_elsewhere', field: 'given_name' },
      // Addresses are unique in one home, so these are other people, who live here.
      { result: 'created' },
      { result: 'created' },
    ])
    for (const { id, homeId } of [sofia, rita, bolt]) {
      expect(await withOrganization(homeId, (tx) => find(tx, id))).toMatchObject({ givenName: 'Ada', version: 1 })
    }
    const kind = await importing([header, 'sofia@skyway.example,,,,,staff,'], { at: world.mixed, by: lead })
    expect(kind).toMatchObject({ updated: 1 })
    const central = await acting(world.central, await member({ home: world.root, at: world.central, role: 'owner' }))
    expect(
      (await importing([header, 'new@sahel.example,Noa,Berg,,,,'], { at: world.central, by: central })).rows,
    ).toMatchObject([{ result: 'refused', code: 'roster.no_home_here' }])
  })

  it('be brought by who may not, nor change anybody without the right to', async () => {
    const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner' }))
    await expect(importing([header], { by: stranger })).rejects.toThrow('authority.unknown')
    const auditor = await acting(world.own, await member({ home: world.own, role: 'auditor' }))
    await expect(importing([header], { by: auditor })).rejects.toThrow('authority.denied')
    await expect(exported(world.own, auditor)).rejects.toThrow('authority.denied')
    const only = { ...eve, grants: eve.grants.filter(({ permission }) => permission !== 'people.update') }
    await member({ home: world.own, email: 'kept@own.example' })
    expect((await importing([header, 'kept@own.example,New,,,,,'], { by: only })).rows).toMatchObject([
      { result: 'refused', code: 'authority.denied' },
    ])
  })
})

it('two hundred who bring one address at the same moment make one account', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, turn) =>
      turn % 2 === 0
        ? importing([header, 'crowd@own.example,Noa,Berg,,,,'])
        : create(world.own, eve, { email: 'Crowd@own.example', givenName: 'Noa', familyName: 'Berg' }),
    ),
  )
  const made = results.filter(({ status, ...rest }) => {
    const value = 'value' in rest ? rest.value : null
    return status === 'fulfilled' && (value && 'rows' in value ? value.created === 1 : true)
  })
  expect(made).toHaveLength(1)
  expect(await withOrganization(world.own, (tx) => listedByEmails(tx, ['crowd@own.example']))).toHaveLength(1)
}, 60_000)

it('an export opens in a spreadsheet without computing anything, and importing it changes nothing', async () => {
  const odd = ["O'Neil", 'Smith-Jones', 'ç']
  for (const [index, familyName] of odd.entries()) {
    await member({ home: world.strict, email: `=odd${index}@strict.example`, familyName, kind: 'consumer' })
  }
  await withOrganization(world.strict, async (tx) => {
    const group = await createGroup(tx, systemActor, { name: '=HYPERLINK("x"),;' })
    const [someone] = await listedByEmails(tx, ['=odd0@strict.example'])
    await addToGroup(tx, systemActor, group.id, { homeId: world.strict, personId: someone?.personId ?? '' })
  })
  const owner = await acting(
    world.strict,
    await member({ home: world.strict, role: 'owner', email: 'owner@strict.example' }),
  )
  const text = await exported(world.strict, owner)
  for (const line of text.split('\r\n')) {
    for (const cell of line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)) expect(cell).not.toMatch(/^"?[=+\-@\t\r＝＋－＠]/u)
  }
  const report = await importPeople(world.strict, owner, [new TextEncoder().encode(text)], { isDryRun: false })
  expect(report).toMatchObject({ created: 0, updated: 0, refused: 0, unchanged: 4 })
})
