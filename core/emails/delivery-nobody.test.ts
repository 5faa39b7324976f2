// Whom no mail reaches, and why.

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { directory, loadDirectory, suspend } from '#core/organizations'
import { add } from '#core/outbox'
import { setStatus } from '#core/people'
import { withOrganization, withPlatform } from '#platform/database'
import { brand } from '#support/brands'
import { freshDatabase } from '#support/database'
import { deliverAll, order, row, serve, somebody, throughServer, to, withBrandsAndNoMail } from '#support/mailing'
import type { EmailTemplate } from './contract.ts'

freshDatabase()
withBrandsAndNoMail()

describe('nobody is written to', () => {
  it.each([
    ['a person who is gone', async () => ({ home: brand('alpine').id, person: 'per_gone' }), 'recipient unknown'],
    [
      'a person who is suspended',
      async () => {
        const person = await somebody('alpine')
        await withOrganization(person.homeId, (tx) => setStatus(tx, by, person.id, 'suspended'))
        return to(person)
      },
      'recipient unknown',
    ],
    [
      'a person of another home',
      async () => ({ home: brand('sahel').id, person: (await somebody('alpine')).id }),
      'recipient unknown',
    ],
    ['two addresses', async () => ({ email: 'a@example.com, b@example.com' }), 'recipient unknown'],
    ['an address with a line end', async () => ({ email: 'a@example.com\r\nBcc: b@example.com' }), 'recipient unknown'],
    ['two recipients', async () => ({ email: 'a@example.com', cc: 'b@example.com' }), 'order unreadable'],
  ])('%s', async (_, recipient, reason) => {
    const server = await serve()
    const id = await order({ to: await recipient() })
    await deliverAll(throughServer(server.url))
    expect(await row(id)).toMatchObject({ status: 'dead', last_error: reason })
    expect(server.accepted).toEqual([])
  })

  it.each([
    ['an email that nobody knows', { template: 'lottery' as EmailTemplate }, 'no such email'],
    [
      'a link sealed with another secret',
      { sealed: Buffer.from('x'.repeat(60)).toString('base64') },
      'link unreadable',
    ],
  ])('%s', async (_, wish, reason) => {
    const id = await order(wish)
    await deliverAll()
    expect(await row(id)).toMatchObject({ status: 'dead', last_error: reason })
  })

  it('by an organization that is suspended', async () => {
    const pacifica = brand('pacifica')
    const id = await order({ handle: 'pacifica-lisbon' })
    await withPlatform((tx) => suspend(tx, by, pacifica.id))
    await loadDirectory()
    expect(directory().isSuspended(brand('pacifica-lisbon').id)).toBe(true)
    await deliverAll()
    expect(await row(id)).toMatchObject({ status: 'dead', last_error: 'organization suspended' })
    await withPlatform((tx) =>
      sql`update organizations set status = 'active' where id = ${pacifica.id}`.execute(tx.sql),
    )
    await loadDirectory()
  })

  it('an organization that this process has not heard of yet is waited for', async () => {
    const id = await withOrganization(brand('alpine').id, (tx) =>
      add(tx, 'email.welcome', {
        to: { email: 'a@example.com' },
        organizationId: 'org_new',
        address: { form: 'path' },
      }),
    )
    await deliverAll()
    expect(await row(id)).toMatchObject({ status: 'waiting', last_error: 'organization unknown' })
  })
})
