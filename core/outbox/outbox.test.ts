import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { days, fromNow, minutes, seconds, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import type { OutboxOptions } from './contract.ts'
import { add, claim, dead, expire, finish, keep, leaseMs, retry, tidy } from './index.ts'

freshDatabase()
beforeEach(async () => {
  await withPlatform((tx) => sql`delete from outbox`.execute(tx.sql))
})
afterEach(() => setClockForTests(0))

const put = (organizationId: string, options: OutboxOptions = {}, event = 'email.welcome') =>
  withOrganization(organizationId, (tx) => add(tx, event, { greeting: 'hello' }, options))

type Stored = {
  id: string
  status: string
  payload: object
  last_error: string | null
  attempts: number
  finished_at: Date | null
}
const stored = (id: string) =>
  withPlatform(async (tx) => (await sql<Stored>`select * from outbox where id = ${id}`.execute(tx.sql)).rows[0])
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

describe('adding', () => {
  it('commits with the change, or not at all', async () => {
    const given = withOrganization('org_a', async (tx) => {
      await add(tx, 'email.welcome', {})
      throw new Error('the change failed')
    })
    await expect(given).rejects.toThrow('the change failed')
    expect(await claim({ limit: 10 })).toEqual([])
  })

  it('is claimed as it was put in', async () => {
    const expiresAt = fromNow(minutes(5))
    const id = await put('org_a', { expiresAt })
    const [row] = await claim({ limit: 10 })
    expect(row).toMatchObject({ id, organizationId: 'org_a', event: 'email.welcome', payload: { greeting: 'hello' } })
    expect(row).toMatchObject({ attempts: 1, expiresAt })
  })
})

describe('claiming', () => {
  it('takes urgent rows first and organizations in turn, and answers in that order', async () => {
    const a = [await put('org_a'), await put('org_a'), await put('org_a')]
    const b = [await put('org_b')]
    const urgentOfA = [await put('org_a', { priority: 0 }), await put('org_a', { priority: 0 })]
    const urgentOfB = await put('org_b', { priority: 0 })
    const rows = idsOf(await claim({ limit: 6 }))
    expect(rows).toEqual([urgentOfA[0], urgentOfB, urgentOfA[1], a[0], b[0], a[1]])
    expect(idsOf(await claim({ limit: 6 }))).toEqual([a[2]])
  })

  it('hands nothing out twice, however many ask at the same moment', async () => {
    const ids = []
    for (let count = 0; count < 12; count += 1) ids.push(await put(`org_${count % 3}`))
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim({ limit: 3 })))
    const rest = await claim({ limit: 20 })
    const handed = [...claims.flat(), ...rest].map(({ id }) => id)
    expect(handed.toSorted()).toEqual(ids.toSorted())
  })

  it('is not held up by the backlog of one organization', async () => {
    await withPlatform((tx) =>
      sql`insert into outbox (id, org_id, event, payload)
          select 'out_old' || i, 'org_a', 'email.welcome', '{}' from generate_series(1, 2000) i`.execute(tx.sql),
    )
    const waiting = await put('org_b')
    const urgent = await put('org_c', { priority: 0 })
    const rows = idsOf(await claim({ limit: 20 }))
    expect(rows[0]).toBe(urgent)
    expect(rows.slice(0, 3)).toContain(waiting)
    expect(rows).toHaveLength(20)
  })

  it('takes only the events that were asked for', async () => {
    const mail = await put('org_a')
    const text = await put('org_a', {}, 'sms.code')
    expect(idsOf(await claim({ limit: 10, events: 'email.' }))).toEqual([mail])
    expect(idsOf(await claim({ limit: 10, events: 'sms.' }))).toEqual([text])
  })

  it('waits until a row is due', async () => {
    const id = await put('org_a', { runAt: fromNow(minutes(2)) })
    expect(await claim({ limit: 10 })).toEqual([])
    setClockForTests(minutes(2) + 1)
    expect(idsOf(await claim({ limit: 10 }))).toEqual([id])
  })
})

describe('a lease', () => {
  it('gives the rows of a worker that died to the next one', async () => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    expect(await claim({ limit: 10 })).toEqual([])
    setClockForTests(leaseMs + 1)
    expect(await claim({ limit: 10 })).toMatchObject([{ id, attempts: 2 }])
  })

  it('lasts as long as its worker keeps it', async () => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    setClockForTests(leaseMs - seconds(1))
    await keep([id])
    setClockForTests(leaseMs + seconds(1))
    expect(await claim({ limit: 10 })).toEqual([])
  })

  it('does not keep what was settled meanwhile', async () => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    await retry(id, 'busy', 0)
    await keep([id])
    expect(idsOf(await claim({ limit: 10 }))).toEqual([id])
  })
})

describe('settling', () => {
  it.each([
    ['done', null, finish],
    ['dead', 'no such mailbox', (id: string) => dead(id, 'no such mailbox')],
    ['expired', null, expire],
  ] as const)('%s is for good', async (status, reason, settle) => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    await settle(id)
    expect(await stored(id)).toMatchObject({ status, last_error: reason, finished_at: expect.any(Date) })
    setClockForTests(minutes(60))
    expect(await claim({ limit: 10 })).toEqual([])
  })

  it('leaves no secret behind, and keeps it as long as it is of use', async () => {
    const wanted = { sealed: 'c2VjcmV0', to: { email: 'a@b.example' } }
    const id = await withOrganization('org_a', (tx) =>
      add(tx, 'email.verify-email', wanted, { expiresAt: fromNow(minutes(5)) }),
    )
    await claim({ limit: 10 })
    await retry(id, 'busy', 0)
    expect((await claim({ limit: 10 }))[0]?.payload).toEqual(wanted)
    await finish(id)
    expect((await stored(id))?.payload).toEqual({ to: wanted.to })
    const late = await withOrganization('org_a', (tx) =>
      add(tx, 'email.verify-email', wanted, { expiresAt: fromNow(minutes(5)) }),
    )
    setClockForTests(minutes(6))
    await claim({ limit: 10 })
    expect(await stored(late)).toMatchObject({ status: 'expired', payload: { to: wanted.to } })
  })

  it('is remembered for a month', async () => {
    const [done, waiting] = [await put('org_a'), await put('org_a', { runAt: fromNow(days(90)) })]
    await claim({ limit: 10 })
    await finish(done)
    setClockForTests(days(29))
    await tidy()
    expect(await stored(done)).toBeDefined()
    setClockForTests(days(31))
    await tidy()
    expect(await stored(done)).toBeUndefined()
    expect(await stored(waiting)).toBeDefined()
  })

  it('a retry is due after its delay, with its reason on record', async () => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    await retry(id, 'server is down', seconds(30))
    expect(await stored(id)).toMatchObject({ status: 'waiting', last_error: 'server is down', finished_at: null })
    setClockForTests(seconds(29))
    expect(await claim({ limit: 10 })).toEqual([])
    setClockForTests(seconds(31))
    expect(await claim({ limit: 10 })).toMatchObject([{ id, attempts: 2 }])
  })

  it('by a worker that comes late brings nothing back', async () => {
    const id = await put('org_a')
    await claim({ limit: 10 })
    setClockForTests(leaseMs + 1)
    await claim({ limit: 10 })
    await finish(id)
    await retry(id, 'too late', 0)
    expect(await stored(id)).toMatchObject({ status: 'done' })
  })
})

describe('an expiry', () => {
  it('keeps a code that is no longer valid from being handed out', async () => {
    const id = await put('org_a', { expiresAt: fromNow(minutes(30)) })
    setClockForTests(minutes(30))
    expect(await claim({ limit: 10 })).toEqual([])
    expect(await stored(id)).toMatchObject({ status: 'expired' })
  })

  it('leaves a row alone that somebody is delivering at this moment', async () => {
    const id = await put('org_a', { expiresAt: fromNow(seconds(10)) })
    await claim({ limit: 10 })
    setClockForTests(seconds(20))
    expect(await claim({ limit: 10 })).toEqual([])
    expect(await stored(id)).toMatchObject({ status: 'claimed' })
    await finish(id)
    expect(await stored(id)).toMatchObject({ status: 'done' })
  })
})
