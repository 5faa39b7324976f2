// From the outbox to whoever has the phone.

import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemActor as by } from '#core/authority'
import { listMail } from '#core/emails'
import { directory } from '#core/organizations'
import type { Address } from '#core/organizations/contract'
import { fromNow, minutes, setClockForTests } from '#platform/clock'
import { listen, withOrganization, withPlatform } from '#platform/database'
import { settings } from '#platform/env'
import { isFailure } from '#platform/failure'
import { brand, buildBrands } from '#support/brands'
import { freshDatabase } from '#support/database'
import { startGateway } from '#support/sms-gateway'
import type { Happening } from './contract.ts'
import { throughGateway } from './gateway.ts'
import { publishSms, sendCode, sendSecuritySms, startSmsDelivery } from './index.ts'

freshDatabase()
let heard = 0
beforeAll(async () => {
  await buildBrands()
  await listen('documents', () => {
    heard += 1
  })
})
beforeEach(async () => {
  for (const table of ['outbox', 'mailbox'])
    await withPlatform((tx) => sql`delete from ${sql.table(table)}`.execute(tx.sql))
})
afterEach(() => setClockForTests(0))

const number = '+4915112345678'
const from = (handle: string, locale = 'en', address: Address = { form: 'path' }) => ({
  organizationId: brand(handle).id,
  address,
  locale,
})
type Wish = { handle?: string; locale?: string; address?: Address; isDecoy?: boolean; number?: string | null }
const order = (wish: Wish = {}, expiresAt = fromNow(minutes(10))) => {
  const { handle = 'alpine', locale = 'en', address = { form: 'path' }, isDecoy = false } = wish
  const to = wish.number === undefined ? number : wish.number
  return withOrganization(brand(handle).id, (tx) =>
    sendCode(tx, from(handle, locale, address), 'sign-in-code', { number: to, code: '482913', expiresAt }, { isDecoy }),
  )
}
const tell = (happened: Happening) =>
  withOrganization(brand('alpine').id, (tx) => sendSecuritySms(tx, from('alpine'), number, happened))
const deliverAll = async (post?: ReturnType<typeof throughGateway>) => {
  const delivery = await startSmsDelivery(post ? { post } : {})
  await delivery.idle()
  await delivery.stop()
}
type Row = { status: string; payload: Record<string, unknown>; last_error: string | null; attempts: number }
const row = (id: string) =>
  withPlatform(async (tx) => (await sql<Row>`select * from outbox where id = ${id}`.execute(tx.sql)).rows[0])

describe('a code', () => {
  it('arrives in the mailbox, bound to the host where it is typed', async () => {
    const id = await order()
    await deliverAll()
    const mails = await listMail({ to: number })
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      kind: 'sms',
      to: number,
      organization: 'alpine',
      template: 'sign-in-code',
      html: '',
    })
    const host = new URL(settings().origin).hostname
    expect(mails[0]?.text).toBe(
      `482913 is your code to sign in at Alpine Air. It works for 10 minutes. Give it to nobody.\n\n@${host} #482913`,
    )
    expect(await row(id)).toMatchObject({ status: 'done' })
    // In an address of a page, a plus is a space.
    expect(await listMail({ to: ` ${number.slice(1)}` })).toHaveLength(1)
    expect(await listMail({ to: '+4915112345679' })).toEqual([])
  })

  it('is bound to the own domain of an organization, while it has that', async () => {
    const host = directory().hostsOf(brand('alpine').id)[0] ?? ''
    expect(host).not.toBe('')
    await order({ address: { form: 'domain', host } })
    await order({ address: { form: 'domain', host: 'gone.example' } })
    await deliverAll()
    const lines = (await listMail()).map(({ text }) => text.split('\n').at(-1))
    expect(lines.toSorted()).toEqual([`@${host} #482913`, `@${new URL(settings().origin).hostname} #482913`].toSorted())
  })

  it('and its number are in nobody’s copy of the outbox, before or after', async () => {
    const id = await order()
    expect(JSON.stringify(await row(id))).not.toMatch(/482913|15112345/)
    expect((await row(id))?.payload.to).toBe('+49 ··· 78')
    await deliverAll()
    expect(await row(id)).not.toHaveProperty('payload.sealed')
  })

  it('speaks the language of the page', async () => {
    for (const locale of ['de', 'pt', 'ar']) await order({ handle: 'sahel', locale })
    await deliverAll()
    const offered = brand('sahel').locales
    const texts = (await listMail()).map(({ text }) => text)
    expect(offered).toContain('ar')
    expect(texts.some((text) => text.includes('رمز دخولك'))).toBe(true)
    expect(texts.join('')).not.toMatch(/[\u2066-\u2069]/)
  })

  it('that is over is not sent', async () => {
    const id = await order({}, fromNow(minutes(1)))
    setClockForTests(minutes(1))
    await deliverAll()
    expect(await row(id)).toMatchObject({ status: 'expired' })
    expect(await listMail()).toEqual([])
  })

  it('of a decoy costs the same and reaches nobody', async () => {
    const ids = [
      await order({ isDecoy: true }),
      await order({ isDecoy: true, number: null }),
      await order({ number: null }),
    ]
    const asked: unknown[] = []
    await deliverAll(async (message) => {
      asked.push(message)
      return { outcome: 'delivered' }
    })
    for (const id of ids) expect(await row(id)).toMatchObject({ status: 'done', attempts: 1 })
    expect(asked).toEqual([])
  })
})

describe('a notice', () => {
  it.each([
    ['password-changed', 'your password was changed'],
    ['phone-removed', 'this phone was removed'],
    ['account-secured', 'your account was secured'],
  ] as const)('of %s says so, without a code and without a line for one', async (happened, words) => {
    await tell(happened)
    await deliverAll()
    const [mail] = await listMail()
    expect(mail?.text).toContain(`Alpine Air: ${words}`)
    expect(mail?.text).not.toMatch(/@|#/)
  })
})

describe('on a bad day of the gateway', () => {
  const describeGateway = (url: string) =>
    throughGateway({ url, headers: {}, body: '{"to":"{{to}}","text":"{{text}}","id":"{{id}}"}', format: 'json' })

  it('a message waits, and arrives later under the same id', async () => {
    const server = await startGateway()
    server.manner = { status: 503 }
    const id = await order()
    await deliverAll(describeGateway(server.url))
    expect(await row(id)).toMatchObject({ status: 'waiting', last_error: 'the gateway answered 503' })
    setClockForTests(minutes(3))
    server.manner = { status: 200 }
    await deliverAll(describeGateway(server.url))
    expect(await row(id)).toMatchObject({ status: 'done', attempts: 2 })
    expect(server.asked.map(({ body }) => JSON.parse(body).id)).toEqual([id, id])
    await server.stop()
  })

  it('a message that is refused is not sent again', async () => {
    const server = await startGateway()
    server.manner = { status: 400 }
    const id = await order()
    await deliverAll(describeGateway(server.url))
    setClockForTests(minutes(5))
    await deliverAll(describeGateway(server.url))
    expect(await row(id)).toMatchObject({ status: 'dead', attempts: 1 })
    expect(server.asked).toHaveLength(1)
    await server.stop()
  })
})

describe('what an organization says differently', () => {
  const say = async (handle: string, name: string, words: unknown) => {
    const before = heard
    await withOrganization(brand(handle).id, (tx) => publishSms(tx, by, name, words))
    await vi.waitUntil(() => heard > before, { timeout: 5000, interval: 5 })
  }
  const textOf = async (handle: string, locale = 'en') => {
    await withPlatform((tx) => sql`delete from mailbox`.execute(tx.sql))
    await order({ handle, locale })
    await deliverAll()
    return (await listMail())[0]?.text ?? ''
  }

  it('is inherited by those below it, and can be taken back', async () => {
    await say('pacifica', 'sign-in-code/en', { text: '{code} opens your room at {organization}.' })
    expect(await textOf('pacifica')).toMatch(/^482913 opens your room at Pacifica/)
    expect(await textOf('pacifica-lisbon')).toMatch(/^482913 opens your room at Pacifica Lisbon\./)
    expect(await textOf('alpine')).toMatch(/^482913 is your code/)
    await say('pacifica-lisbon', 'sign-in-code/en', { text: null })
    expect(await textOf('pacifica-lisbon')).toMatch(/^482913 is your code/)
    expect(await textOf('pacifica')).toMatch(/^482913 opens/)
  })

  it('is refused where something is wrong with it, and nothing of it is published', async () => {
    const given = say('alpine', 'sign-in-code/en', { text: 'Welcome!' })
    await expect(given).rejects.toSatisfy((error) => isFailure(error, 'sms.invalid'))
    expect(await textOf('alpine')).toMatch(/^482913 is your code/)
  })
})
