import { beforeAll, describe, expect, it } from 'vitest'
import { createGroup } from '#core/access'
import { list, record } from '#core/audit'
import { systemActor } from '#core/authority'
import type { Actor, ConsolePermission } from '#core/authority/contract'
import { addMembership } from '#core/people'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, person, type World } from '#support/engine'
import { exportTrail, idsCalled, namesIn } from './index.ts'

freshDatabase()
let world: World
let ada: string
let rita: string
beforeAll(async () => {
  world = await buildWorld()
  ada = (await person({ email: 'ada@trail.example', home: world.own })).id
  rita = (await person({ email: 'rita@root.example', home: world.root })).id
  await withOrganization(world.own, (tx) =>
    addMembership(tx, systemActor, { homeId: world.own, personId: ada, kind: 'staff' }),
  )
}, 60_000)

const holding = (organizationId: string, ...held: ConsolePermission[]): Actor => ({
  kind: 'person',
  homeId: world.own,
  personId: ada,
  grants: held.map((permission) => ({ permission, organizationId, reach: 'organization' })),
})
const auditor = () => holding(world.own, 'audit.read', 'people.read')
const fromAbove = (): Actor => ({ kind: 'person', homeId: world.root, personId: rita, grants: [] })
const trail = (query = {}) =>
  withOrganization(world.own, async (tx) => (await list(tx, systemActor, [], { limit: 100, ...query })).records)
const fileOf = async (format: 'csv' | 'jsonl', query = {}, by = auditor()) => {
  let file = ''
  for await (const piece of exportTrail(world.own, by, format, query)) file += piece
  return file
}

describe('names', () => {
  it('are found for who acts, whom it is about, and what stands in the details', async () => {
    const group = await withOrganization(world.own, async (tx) => {
      const made = await createGroup(tx, systemActor, { name: 'Cabin crew' })
      await record(tx, fromAbove(), 'group.member_added', { kind: 'group', id: made.id }, { after: { personId: ada } })
      return made
    })
    const names = await namesIn(world.own, auditor(), await trail({ targetId: group.id }))
    expect(names.get(group.id)).toEqual({ name: 'Cabin crew' })
    expect(names.get(ada)).toEqual({ name: 'Ada Keller', email: 'ada@trail.example' })
    expect(names.get(rita), 'no address of somebody from above').toEqual({ name: 'Ada Keller', from: 'Skyway' })
  })

  it('are not found for organizations beside this one, nor for their people', async () => {
    const sam = (await person({ email: 'sam@beside.example', home: world.mixed })).id
    await withOrganization(world.own, (tx) =>
      record(tx, systemActor, 'organization.changed', { kind: 'organization', id: world.mixed }, { after: { x: sam } }),
    )
    const names = await namesIn(world.own, auditor(), await trail({ targetId: world.mixed }))
    expect([...names.keys()]).toEqual([])
  })

  it('are for who may read the trail', async () => {
    await expect(namesIn(world.own, holding(world.own, 'usage.read'), [])).rejects.toThrow('authority.denied')
    await expect(namesIn(world.own, holding(world.mixed, 'audit.read'), [])).rejects.toThrow('authority.unknown')
  })

  it('are what a search means, for who may see people', async () => {
    expect(await idsCalled(world.own, auditor(), 'kell')).toEqual([ada])
    expect(await idsCalled(world.own, holding(world.own, 'audit.read'), 'kell')).toEqual([])
    await expect(idsCalled(world.own, holding(world.own, 'people.read'), 'kell')).rejects.toThrow('authority.denied')
  })
})

describe('a file of the trail', () => {
  const hostile = '=HYPERLINK("https://evil.example")\r\n"quoted", ＝1+1'
  beforeAll(() =>
    withOrganization(world.own, (tx) =>
      record(
        tx,
        { ...fromAbove(), address: '198.51.100.9' },
        'person.created',
        { kind: 'person', id: ada },
        { after: { givenName: hostile, password: 'canary-secret' }, reason: '@SUM(A1)' },
      ),
    ),
  )

  it('is never computed by a spreadsheet, and a line is a record', async () => {
    const file = await fileOf('csv', { action: 'person.created', targetId: ada })
    expect(file.split('\r\n')[0]).toBe(
      'at,action,by,by_kind,by_id,about,about_kind,about_id,address,browser,system,before,after,details,request_id,id',
    )
    for (const cell of file.split(/[\r\n,]/)) expect(cell).not.toMatch(/^"?[=+\-@\t＝＋－＠]/u)
    expect(file.match(/^\d{4}-\d\d-\d\dT/gm)).toHaveLength(2)
  })

  it('keeps secrets masked', async () => {
    for (const format of ['csv', 'jsonl'] as const) {
      const file = await fileOf(format, { targetId: ada })
      expect(file).toContain('[masked]')
      expect(file).not.toContain('canary-secret')
    }
  })

  it('for programs has one record on each line, as it is', async () => {
    const lines = (await fileOf('jsonl', { targetId: ada })).trimEnd().split('\n')
    const all = lines.map((line) => JSON.parse(line))
    expect(all[0]).toMatchObject({
      action: 'person.created',
      actor: { kind: 'person', id: rita, home_id: world.root, name: 'Ada Keller' },
      target: { kind: 'person', id: ada, name: 'Ada Keller' },
      address: '198.51.100.9',
      details: { after: { givenName: hostile } },
    })
    expect((await trail({ targetId: ada })).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  })

  it('is on record, with what was asked for', async () => {
    await fileOf('csv', { kind: 'people', search: { text: 'ada', ids: [ada] } })
    const [first] = await trail({ action: 'audit.exported' })
    expect(first).toMatchObject({
      actor: { id: ada },
      details: { format: 'csv', isWhole: true, query: { kind: 'people', search: 'ada' } },
    })
  })

  it('is for who may read the trail, and leaves no trace otherwise', async () => {
    const before = (await trail({ action: 'audit.exported' })).length
    await expect(fileOf('csv', {}, holding(world.own, 'people.export'))).rejects.toThrow('authority.denied')
    await expect(fileOf('csv', {}, holding(world.mixed, 'audit.read'))).rejects.toThrow('authority.unknown')
    expect(await trail({ action: 'audit.exported' })).toHaveLength(before)
  })
})
