// How many service accounts an organization makes at most, also when two are made at the same moment.

import { CompiledQuery } from 'kysely'
import { expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld } from '#support/engine'
import { mostAccounts } from './contract.ts'
import { createAccount, listAccounts, removeAccount } from './index.ts'

freshDatabase()

it('one more account than there may be is refused, and room is made by removing one', async () => {
  const { own, mixed } = await buildWorld()
  await withOrganization(own, (tx) =>
    tx.sql.executeQuery(
      CompiledQuery.raw(
        `insert into service_accounts (org_id, id, name, description, status, version, created_at, updated_at)
         select $1, 'sva_' || n, 'Account ' || n, '', 'active', 1, now(), now() from generate_series(1, $2::text::int) n`,
        [own, String(mostAccounts - 1)],
      ),
    ),
  )
  const make = (name: string, at = own) => withOrganization(at, (tx) => createAccount(tx, by, { name }))
  const made = await Promise.allSettled([make('One'), make('Two')])
  expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(made.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'tokens.too_many' })
  expect(await withOrganization(own, (tx) => listAccounts(tx, by))).toHaveLength(mostAccounts)
  expect(await make('One', mixed)).toMatchObject({ name: 'One' })
  await withOrganization(own, (tx) => removeAccount(tx, by, 'sva_1'))
  expect(await make('Three')).toMatchObject({ name: 'Three' })
})
