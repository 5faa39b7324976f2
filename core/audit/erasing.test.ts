// What the trail tells of somebody goes with them; that something happened, and the proof of it, stays.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '#core/authority'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import { eraseAbout, list, record, seal, verify } from './index.ts'

freshDatabase()
let here: string
beforeEach(() => {
  here = newId('org')
})
afterEach(() => setClockForTests(0))

const tell = (target: string, details: Record<string, unknown>, by = systemActor) =>
  withOrganization(here, (tx) => record(tx, by, 'person.profile_changed', { kind: 'person', id: target }, details))
const erase = (...people: { id: string; email: string }[]) =>
  withOrganization(here, (tx) => eraseAbout(tx, systemActor, { kind: 'person', id: people[0]?.id ?? '' }, people))
/** What is still told, the oldest first. */
const told = async () => {
  const { records } = await withOrganization(here, (tx) =>
    list(tx, systemActor, [], { action: 'person.profile_changed', limit: 100 }),
  )
  return records.toReversed().map(({ details }) => details)
}

const ada = { id: 'per_ada', email: 'ada@alpine.example' }

describe('erasing what is told about somebody', () => {
  it('empties the records about them, and no other', async () => {
    await tell('per_ada', { after: { givenName: 'Ada', email: ada.email } })
    await tell('per_ben', { after: { givenName: 'Ben', email: 'ben@alpine.example' } })
    await erase(ada)
    expect(await told()).toEqual([null, { after: { givenName: 'Ben', email: 'ben@alpine.example' } }])
  })

  it('empties records that name their address, wherever it stands in them', async () => {
    const naming = [
      { after: { email: 'ada@alpine.example' } },
      { before: { list: ['x', 'ADA@Alpine.example'] } },
      { reason: 'Asked for by <ada@alpine.example>, by phone.' },
      { reason: 'Write to ada@alpine.example.' },
      { query: { search: 'ada@alpine.example' } },
    ]
    const others = [
      { after: { email: 'nada@alpine.example' } },
      { after: { email: 'ada@alpine.example.org' } },
      { after: { email: 'ada@alpine.examples' } },
      { after: { email: 'x.ada@alpine.example' } },
      { after: { email: 'ada+news@alpine.example' } },
      { after: { givenName: 'Ada' } },
    ]
    for (const details of [...naming, ...others]) await tell('inv_1', details)
    await erase(ada)
    expect(await told()).toEqual([...naming.map(() => null), ...others])
  })

  it('leaves told what they did to others', async () => {
    const by = { kind: 'person' as const, homeId: here, personId: ada.id, grants: [] }
    await tell('per_ben', { after: { kind: 'staff' } }, by)
    await erase(ada)
    expect(await told()).toEqual([{ after: { kind: 'staff' } }])
  })

  it('is done for many at once', async () => {
    const people = Array.from({ length: 50 }, (_, index) => ({ id: `per_${index}`, email: `p${index}@alpine.example` }))
    for (const { id, email } of people.slice(0, 5)) await tell(id, { email })
    await tell('inv_1', { email: 'p49@alpine.example' })
    await tell('inv_2', { email: 'p50@alpine.example' })
    await erase(...people)
    expect(await told()).toEqual([null, null, null, null, null, null, { email: 'p50@alpine.example' }])
  })

  it('keeps the proof, before and after it is sealed, and says that it was done', async () => {
    await tell('per_ada', { email: ada.email })
    setClockForTests(minutes(10))
    await seal(here)
    await tell('per_ada', { email: ada.email })
    await erase(ada)
    setClockForTests(minutes(20))
    await seal(here)
    expect(await verify(here)).toMatchObject({ records: 3, faults: [], unsealed: 0 })
    const { records } = await withOrganization(here, (tx) =>
      list(tx, systemActor, [], { action: 'audit.details_erased', limit: 5 }),
    )
    expect(records).toMatchObject([{ target: { kind: 'person', id: ada.id }, details: { count: 2 } }])
    // Nothing is left to be erased, and nothing is said of it.
    await erase(ada)
    expect((await verify(here)).unsealed).toBe(0)
  })
})
