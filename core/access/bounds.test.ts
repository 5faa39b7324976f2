// How many roles and groups an organization makes at most, also when two are made at the same moment.

import { CompiledQuery } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { mostOfEach } from './contract.ts'
import { createGroup, createRole, listGroups, listRoles, removeGroup, removeRole } from './index.ts'

freshDatabase()
let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

/** As many as there may be but one, past the doors. */
const fill = (statement: string) =>
  withOrganization(world.own, (tx) =>
    tx.sql.executeQuery(CompiledQuery.raw(statement, [world.own, String(mostOfEach - 1)])),
  )

const outcomes = async (made: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(made))
    .map((one) => (one.status === 'fulfilled' ? 'made' : (one.reason as Error).message))
    .toSorted()

it('one more role than there may be is refused, and room is made by removing one', async () => {
  await fill(`
    insert into roles (org_id, id, key, name, description, permissions, version, created_at, updated_at)
    select $1, 'rol_' || n, 'role-' || n, 'Role', '', '{people.read}', 1, now(), now()
    from generate_series(1, $2::text::int) n`)
  const make = (key: string) =>
    withOrganization(world.own, (tx) => createRole(tx, by, { key, name: 'More', permissions: ['people.read'] }))
  expect(await outcomes([make('one'), make('two')])).toEqual(['access.too_many', 'made'])
  expect(await withOrganization(world.own, (tx) => listRoles(tx, by))).toHaveLength(mostOfEach)
  await withOrganization(world.own, (tx) => removeRole(tx, by, 'rol_1'))
  expect(await outcomes([make('three')])).toEqual(['made'])
})

it('one more group than there may be is refused, and room is made by removing one', async () => {
  await fill(`
    insert into groups (org_id, id, name, description, version, created_at, updated_at)
    select $1, 'grp_' || n, 'Group ' || n, '', 1, now(), now() from generate_series(1, $2::text::int) n`)
  const make = (name: string) => withOrganization(world.own, (tx) => createGroup(tx, by, { name }))
  expect(await outcomes([make('One'), make('Two')])).toEqual(['access.too_many', 'made'])
  expect(await withOrganization(world.own, (tx) => listGroups(tx, by))).toHaveLength(mostOfEach)
  await withOrganization(world.own, (tx) => removeGroup(tx, by, 'grp_1'))
  expect(await outcomes([make('Three')])).toEqual(['made'])
})

it('what one organization has made takes no room from another', async () => {
  const wanted = { key: 'own', name: 'Own', permissions: ['people.read' as const] }
  await withOrganization(world.mixed, async (tx) => {
    expect(await createRole(tx, by, wanted)).toMatchObject({ key: 'own' })
    expect(await createGroup(tx, by, { name: 'Own' })).toMatchObject({ name: 'Own' })
  })
})
