import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { freshDatabase, openAsOwner } from '#support/database'
import { elsewhere, startElsewhere } from '#support/elsewhere'
import { announce, listen, withPlatform } from './database.ts'

freshDatabase()

const within = 2000
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** What is heard of a topic, with the moment. */
const hearing = async (topic: string) => {
  const heard: { id: string; at: number }[] = []
  stops.push(await listen(topic, (id) => heard.push({ id, at: Date.now() })))
  return heard
}
const idsOf = (heard: { id: string }[]) => heard.map(({ id }) => id)
const say = (topic: string, id: string) => withPlatform((tx) => announce(tx, topic, id))

describe('a change', () => {
  it('is heard once by every listener of its topic, and by no other', async () => {
    const [one, two, other] = [await hearing('x'), await hearing('x'), await hearing('y')]
    await say('x', 'org_1')
    await vi.waitFor(() => expect([idsOf(one), idsOf(two)]).toEqual([['org_1'], ['org_1']]), { timeout: within })
    await say('y', 'org_2')
    await vi.waitFor(() => expect(idsOf(other)).toEqual(['org_2']), { timeout: within })
    expect([idsOf(one), idsOf(two)]).toEqual([['org_1'], ['org_1']])
  })

  it('that is taken back is never heard', async () => {
    const heard = await hearing('x')
    const undone = withPlatform(async (tx) => {
      await announce(tx, 'x', 'org_undone')
      throw new Error('on purpose')
    })
    await expect(undone).rejects.toThrow('on purpose')
    await say('x', 'org_after')
    await vi.waitFor(() => expect(idsOf(heard)).toEqual(['org_after']), { timeout: within })
  })

  it('is heard in order, none is left out and none is heard twice', async () => {
    const heard = await hearing('x')
    const ids = Array.from({ length: 50 }, (_, index) => `org_${index}`)
    for (const id of ids) await say('x', id)
    await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(ids.length), { timeout: within })
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(idsOf(heard)).toEqual(ids)
  })

  it('is heard by the others when one of them fails', async () => {
    stops.push(
      await listen('x', () => {
        throw new Error('on purpose')
      }),
    )
    const heard = await hearing('x')
    await say('x', 'org_1')
    await say('x', 'org_2')
    await vi.waitFor(() => expect(idsOf(heard)).toEqual(['org_1', 'org_2']), { timeout: within })
  })

  it('is not heard after one has stopped to listen', async () => {
    const stop = await listen('x', () => expect.unreachable())
    stop()
    const heard = await hearing('x')
    await say('x', 'org_1')
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: within })
  })
})

// The embedded database has one process, which the tests above are about.
if (inject('postgres')) {
  it('of another process is heard within two seconds, also one that was committed out of turn', async () => {
    const heard = await hearing('x')
    const slow = startElsewhere(`
      import { sql } from 'kysely'
      import { announce, closeDatabase, withPlatform } from '#platform/database'
      await withPlatform(async (tx) => {
        await announce(tx, 'x', 'org_slow')
        console.log('announced')
        const isEnough = async () => (await sql\`select from changes where topic = 'enough'\`.execute(tx.sql)).rows.length > 0
        while (!(await isEnough())) await new Promise((done) => setTimeout(done, 50))
      })
      console.log(Date.now())
      await closeDatabase()`)
    expect(await slow.next()).toBe('announced')
    const [quickAt] = await elsewhere(`
      import { announce, closeDatabase, withPlatform } from '#platform/database'
      await withPlatform((tx) => announce(tx, 'x', 'org_quick'))
      console.log(Date.now())
      await closeDatabase()`)
    await vi.waitFor(() => expect(idsOf(heard)).toEqual(['org_quick']), { timeout: within })
    await say('enough', 'org_slow')
    const committedAt = { org_quick: Number(quickAt), org_slow: Number(await slow.next()) }
    await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: within })
    for (const { id, at } of heard) expect(at - committedAt[id as keyof typeof committedAt]).toBeLessThan(within)
    expect(idsOf(heard)).toEqual(['org_quick', 'org_slow'])
    await slow.over
  })

  it('is heard within two seconds while the connection that listens is broken', async () => {
    const heard = await hearing('x')
    const owner = await openAsOwner()
    const { rows } = await owner.query(
      "select pg_terminate_backend(pid) as is_ended from pg_stat_activity where datname = current_database() and query ilike 'listen%'",
    )
    expect(rows).toEqual([{ is_ended: true }])
    await say('x', 'org_1')
    await vi.waitFor(() => expect(idsOf(heard)).toEqual(['org_1']), { timeout: within })
    await owner.close()
  })
}
