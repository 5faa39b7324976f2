// For tests of delivery: brands without people, an empty outbox before each test, and what a mail is ordered by, sent
// through and looked at with.

import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import { systemActor as by } from '#core/authority'
import { startDelivery } from '#core/emails'
import type { EmailTemplate } from '#core/emails/contract'
import { add } from '#core/outbox'
import type { OutboxOptions } from '#core/outbox/contract'
import { create as createPerson } from '#core/people'
import type { Person } from '#core/people/contract'
import { fromNow, minutes, setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { type MailTransport, openMailTransport } from '#platform/mail-transport'
import { seal } from '#platform/secrets'
import { brand, buildBrands } from './brands.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

type Post = NonNullable<NonNullable<Parameters<typeof startDelivery>[0]>['post']>

export const stops: (() => Promise<unknown> | unknown)[] = []

let people = 0
export const somebody = async (handle: string, more: { locale?: string; givenName?: string } = {}): Promise<Person> => {
  people += 1
  const wanted = { email: `person${people}@example.com`, givenName: 'Mara', familyName: 'Lind', ...more }
  return (await withOrganization(brand(handle).id, (tx) => createPerson(tx, by, wanted))) ?? fail('person.exists')
}

type Wish = {
  template?: EmailTemplate
  handle?: string
  to?: object
  address?: object
  locale?: string
  data?: object
  sealed?: string
  decoy?: true
  options?: OutboxOptions
}
export const ticket = { ticket: 'a-secret-of-a-link', code: '482913' }
export const sealed = seal('outbox', JSON.stringify(ticket)).toString('base64')

/** Orders a mail as login and account do; answers the id of its row. */
export const order = ({ template = 'verify-email', handle = 'alpine', options, ...rest }: Wish = {}) =>
  withOrganization(brand(handle).id, (tx) =>
    add(
      tx,
      `email.${template}`,
      {
        to: { email: 'mara@example.com' },
        organizationId: brand(handle).id,
        address: { form: handle === 'skyway' ? 'root' : 'path' },
        locale: 'en',
        data: {},
        sealed,
        ...rest,
      },
      { priority: 0, expiresAt: fromNow(minutes(30)), ...options },
    ),
  )
export const to = ({ homeId, id }: Person) => ({ home: homeId, person: id })

type Row = { status: string; attempts: number; last_error: string | null; run_at: Date }
export const row = (id: string): Promise<Row> =>
  withPlatform(async (tx) => {
    const { rows } = await sql<Row>`select status, attempts, last_error, run_at from outbox where id = ${id}`.execute(
      tx.sql,
    )
    return rows[0] ?? fail('outbox.no_row')
  })

/** For servers that never answer. */
export const quick = { connection: 1000, greeting: 300, socket: 300, whole: 3000 }
export const throughServer = (url: string, timeouts?: typeof quick): MailTransport['deliver'] => {
  const transport = openMailTransport(url, timeouts)
  stops.push(transport.close)
  return transport.deliver
}
export const serve = async (port?: number): Promise<MailServer> => {
  const server = await startMailServer(port)
  stops.push(server.stop)
  return server
}
export const start = async (post?: Post) => {
  const delivery = await startDelivery(post ? { post } : {})
  stops.push(delivery.stop)
  return delivery
}
/** Delivers everything that is due, and stops. */
export const deliverAll = async (post?: Post) => {
  const delivery = await start(post)
  await delivery.idle()
  await delivery.stop()
}

/** Called once at the top of a test file, after freshDatabase(). */
export const withBrandsAndNoMail = (): void => {
  beforeAll(async () => {
    await buildBrands()
  })
  beforeEach(async () => {
    await withPlatform((tx) => sql`delete from outbox`.execute(tx.sql))
    await withPlatform((tx) => sql`delete from mailbox`.execute(tx.sql))
  })
  afterEach(async () => {
    setClockForTests(0)
    for (const stop of stops.splice(0).reverse()) await stop()
  })
}
