// A process that is killed while it erases an organization leaves nothing half done for ever: the next one finishes it.

import { expect, it } from 'vitest'
import { freshDatabase, makeEmptyDatabase } from '#support/database'
import { elsewhere, startElsewhere } from '#support/elsewhere'

freshDatabase()

const deleter = `
  import { systemActor as by } from '#core/authority'
  import { belongings as ofTokens, createAccount } from '#core/tokens'
  import { create, loadDirectory } from '#core/organizations'
  import { create as createPerson } from '#core/people'
  import { remove } from '#core/removal'
  import { withOrganization, withPlatform } from '#platform/database'
  const root = await withPlatform((tx) => create(tx, by, { parentId: null, handle: 'top', name: 'Top' }))
  await loadDirectory()
  const { id } = await withPlatform((tx) => create(tx, by, { parentId: root.id, handle: 'doomed', name: 'Doomed' }))
  await loadDirectory()
  await withOrganization(id, async (tx) => {
    await createAccount(tx, by, { name: 'Program' })
    await createPerson(tx, by, { email: 'ada@doomed.example', givenName: 'Ada', familyName: 'Keller' })
  })
  await withPlatform((tx) => remove(tx, by, id))
  await withOrganization(id, ofTokens.erase)
  console.log(id)
  setInterval(() => {}, 1000)`

/** What is there when it starts, and what is there when it has finished. */
const finisher = (id: string) => `
  import { sql } from 'kysely'
  import { loadDirectory } from '#core/organizations'
  import { finishRemovals } from '#core/removal'
  import { setClockForTests } from '#platform/clock'
  import { closeDatabase, withOrganization } from '#platform/database'
  const count = async () => {
    const { rows } = await withOrganization('${id}', (tx) => sql\`
      select (select count(*)::int from people) as people, (select count(*)::int from service_accounts) as programs,
             (select count(*)::int from removals) as removals,
             (select count(*)::int from organizations where id = '${id}') as organizations\`.execute(tx.sql))
    console.log(JSON.stringify(rows[0]))
  }
  await loadDirectory()
  await count()
  setClockForTests(10 * 60 * 1000)
  await finishRemovals()
  await count()
  await closeDatabase()`

it('an organization that was being erased when the process was killed is erased after the next start', async () => {
  const database = await makeEmptyDatabase()
  const process = startElsewhere(deleter, database.settings)
  const id = await process.next()
  process.kill('SIGKILL')
  await process.over
  const counts = (await elsewhere(finisher(id), database.settings)).map((line) => JSON.parse(line))
  expect(counts).toEqual([
    { people: 1, programs: 0, removals: 1, organizations: 0 },
    { people: 0, programs: 0, removals: 0, organizations: 0 },
  ])
  await database.drop()
}, 240_000)
