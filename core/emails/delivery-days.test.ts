// Bad days: of the mail server, and of the worker that writes.

import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { claim } from '#core/outbox'
import { days, fromNow, minutes, seconds, setClockForTests } from '#platform/clock'
import { withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { dropInTheMiddle, sayNothing, startMailServer, startRawServer } from '#support/mail-server'
import {
  deliverAll,
  order,
  quick,
  row,
  serve,
  start,
  stops,
  throughServer,
  withBrandsAndNoMail,
} from '#support/mailing'
import { deliver, type Post } from './deliver.ts'
import { listMail } from './index.ts'

freshDatabase()
withBrandsAndNoMail()

describe('on a bad day of the mail server', () => {
  it('nothing is lost while it is down', async () => {
    const server = await startMailServer()
    await server.stop()
    const ids = [await order(), await order({ handle: 'sahel' }), await order({ handle: 'pacifica' })]
    const post = throughServer(server.url)
    const delivery = await start(post)
    await delivery.idle()
    for (const id of ids) {
      const { status, attempts, last_error, run_at } = await row(id)
      expect({ status, attempts }).toEqual({ status: 'waiting', attempts: 1 })
      expect(last_error).toMatch(/ECONNREFUSED|ESOCKET|ECONNECTION/)
      expect(run_at.getTime() - Date.now()).toBeLessThan(seconds(13))
    }
    const back = await serve(server.port)
    setClockForTests(seconds(15))
    await delivery.idle()
    expect(back.accepted.map(({ mail }) => mail.messageId).toSorted()).toEqual(
      ids.map((id) => `<${id}@localhost>`).toSorted(),
    )
    for (const id of ids) expect(await row(id)).toMatchObject({ status: 'done', attempts: 2, last_error: null })
  })

  it('is tried again where it is busy, and not where it refuses', async () => {
    const server = await serve()
    server.manner.recipient = { status: 451, message: '4.7.1 come back later' }
    const busy = await order()
    await deliverAll(throughServer(server.url))
    expect(await row(busy)).toMatchObject({ status: 'waiting', last_error: expect.stringContaining('come back later') })
    server.manner.recipient = { status: 550, message: '5.1.1 no such mailbox' }
    const refused = await order({ handle: 'sahel' })
    await deliverAll(throughServer(server.url))
    expect(await row(refused)).toMatchObject({
      status: 'dead',
      last_error: expect.stringContaining('5.1.1 no such mailbox'),
    })
    server.manner.recipient = null
    setClockForTests(seconds(15))
    await deliverAll(throughServer(server.url))
    expect(await row(busy)).toMatchObject({ status: 'done' })
    expect(await row(refused)).toMatchObject({ status: 'dead' })
    expect(server.accepted).toHaveLength(1)
  })

  it.each([
    ['silent', sayNothing],
    ['gone in the middle of a message', dropInTheMiddle],
  ])('waits where it is %s, and arrives later under the same Message-ID', async (_, talk) => {
    const bad = await startRawServer(talk)
    stops.push(bad.stop)
    const id = await order()
    await deliverAll(throughServer(bad.url, quick))
    expect(await row(id)).toMatchObject({ status: 'waiting', attempts: 1 })
    const good = await serve()
    setClockForTests(seconds(15))
    await deliverAll(throughServer(good.url))
    expect(await row(id)).toMatchObject({ status: 'done', attempts: 2 })
    expect(good.accepted.map(({ mail }) => mail.messageId)).toEqual([`<${id}@localhost>`])
  })

  it('one that cannot be delivered keeps nobody else from being written to', async () => {
    const server = await serve()
    const bad = await order({ to: { email: 'no address' } })
    const good = await order()
    await deliverAll(throughServer(server.url))
    expect([(await row(bad)).status, (await row(good)).status]).toEqual(['dead', 'done'])
  })

  it('a notice is given up after three days, with the reason', async () => {
    const id = await order({ template: 'welcome', options: { expiresAt: undefined as unknown as Date } })
    await withPlatform((tx) =>
      sql`update outbox set created_at = ${fromNow(-days(3))} where id = ${id}`.execute(tx.sql),
    )
    await deliverAll(async () => ({ outcome: 'later', reason: 'still busy' }))
    expect(await row(id)).toMatchObject({ status: 'dead', last_error: 'given up: still busy' })
  })

  it('a code that is no longer valid is not sent', async () => {
    const server = await serve()
    const id = await order({ options: { expiresAt: fromNow(minutes(30)) } })
    setClockForTests(minutes(31))
    await deliverAll(throughServer(server.url))
    expect(await row(id)).toMatchObject({ status: 'expired' })
    expect(server.accepted).toEqual([])
  })
})

describe('a worker that dies', () => {
  it('between sending and settling causes the same mail again, never another one and never none', async () => {
    const server = await serve()
    const id = await order()
    // The dead one: it claimed and sent, and never came to settle.
    const [claimed] = await claim({ limit: 1 })
    if (!claimed) throw new Error('nothing was claimed')
    expect(await deliver(claimed, throughServer(server.url))).toEqual({ status: 'done' })
    expect(await row(id)).toMatchObject({ status: 'claimed' })
    await deliverAll(throughServer(server.url))
    expect(server.accepted).toHaveLength(1)
    setClockForTests(seconds(61))
    await deliverAll(throughServer(server.url))
    expect(await row(id)).toMatchObject({ status: 'done', attempts: 2 })
    expect(server.accepted.map(({ mail }) => mail.messageId)).toEqual([`<${id}@localhost>`, `<${id}@localhost>`])
  })

  it('and the built-in mailbox shows it once', async () => {
    await order()
    const [claimed] = await claim({ limit: 1 })
    if (!claimed) throw new Error('nothing was claimed')
    const { intoMailbox } = await import('./deliver.ts')
    await deliver(claimed, intoMailbox)
    setClockForTests(seconds(61))
    await deliverAll()
    expect(await listMail()).toHaveLength(1)
  })

  it('a stop finishes what is under way and takes nothing new', async () => {
    let sent = 0
    const slow: Post = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200))
      sent += 1
      return { outcome: 'delivered' }
    }
    const first = await order()
    const delivery = await start(slow)
    await vi.waitUntil(async () => (await row(first)).status === 'claimed', { timeout: 5000, interval: 10 })
    await delivery.stop()
    const second = await order()
    expect([await row(first), await row(second)]).toMatchObject([{ status: 'done' }, { status: 'waiting' }])
    expect(sent).toBe(1)
  })

  it('is heard of at once when there is something new', async () => {
    const server = await serve()
    const delivery = await start(throughServer(server.url))
    await delivery.idle()
    await order()
    await vi.waitUntil(() => server.accepted.length === 1, { timeout: 15_000, interval: 10 })
  })
})
