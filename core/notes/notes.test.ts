import { describe, expect, it } from 'vitest'
import { minutes, setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { longestNote, mostNotes } from './contract.ts'
import { dropNotesOf, keepNote, readNote, takeNote, tidy } from './index.ts'

freshDatabase()

const keep = (content: string, personId = 'per_ada') =>
  withOrganization('org_a', (tx) => keepNote(tx, personId, content, minutes(10)))
const read = (id: string, personId = 'per_ada', organizationId = 'org_a') =>
  withOrganization(organizationId, (tx) => readNote(tx, personId, id))

describe('a note', () => {
  it('is read by whoever left it, at this organization, and by nobody else', async () => {
    const id = await keep('two hundred addresses')
    expect(await read(id)).toBe('two hundred addresses')
    expect(await read(id, 'per_ben')).toBeNull()
    expect(await read(id, 'per_ada', 'org_b')).toBeNull()
    expect(await read('nte_unknown')).toBeNull()
  })

  it('does not lie in the table in clear text', async () => {
    await keep('ada@alpine.example')
    type Tables = { notes: { content: Buffer } }
    const rows = await withOrganization('org_a', (tx) =>
      tx.sql.withTables<Tables>().selectFrom('notes').select('content').execute(),
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { content } of rows) expect(content.toString('latin1')).not.toContain('ada@alpine.example')
  })

  it('is over after its time, and then forgotten', async () => {
    const id = await keep('soon over')
    setClockForTests(minutes(11))
    expect(await read(id)).toBeNull()
    await withOrganization('org_a', tidy)
    setClockForTests(0)
    expect(await read(id)).toBeNull()
  })

  it('goes with its person', async () => {
    const id = await keep('of Cem', 'per_cem')
    await withOrganization('org_a', (tx) => dropNotesOf(tx, 'per_cem'))
    expect(await read(id, 'per_cem')).toBeNull()
  })

  it('is taken once, by whoever left it', async () => {
    const id = await keep('to be used once')
    const take = (personId: string) => withOrganization('org_a', (tx) => takeNote(tx, personId, id))
    expect(await take('per_ben')).toBeNull()
    const taken = await Promise.all([take('per_ada'), take('per_ada')])
    expect(taken.toSorted()).toEqual(['to be used once', null].toSorted())
    expect(await read(id)).toBeNull()
  })

  it('is refused where it is longer than anything a form may send', async () => {
    await expect(keep('x'.repeat(longestNote + 1))).rejects.toThrow('notes.too_long')
  })

  it('makes room for the newest of the same person', async () => {
    const first = await keep('the first', 'per_dora')
    const others = await keep('of Emil', 'per_emil')
    setClockForTests(minutes(1))
    for (let count = 0; count < mostNotes; count += 1) await keep(`note ${count}`, 'per_dora')
    expect(await read(first, 'per_dora')).toBeNull()
    expect(await read(others, 'per_emil')).toBe('of Emil')
    setClockForTests(0)
  })
})
