import { expect, it } from 'vitest'
import { freshDatabase, makeEmptyDatabase } from '#support/database'
import { elsewhere, startElsewhere } from '#support/elsewhere'

freshDatabase()

const rounds = 4

// Each write is two rows in two tables; it is acknowledged when the transaction has ended.
const writer = (round: number) => `
  import { sql } from 'kysely'
  import { withOrganization } from '#platform/database'
  for (let number = 0; ; number += 1) {
    const id = 'r${round}n' + number
    await withOrganization('org_1', async (tx) => {
      await sql\`insert into people (org_id, id, email, email_key) values ('org_1', \${id}, \${id}, \${id})\`.execute(tx.sql)
      await sql\`insert into passwords (org_id, person_id, hash) values ('org_1', \${id}, 'x')\`.execute(tx.sql)
    })
    console.log(id)
  }`

const reader = `
  import { sql } from 'kysely'
  import { closeDatabase, withOrganization } from '#platform/database'
  const { rows } = await withOrganization('org_1', (tx) =>
    sql\`select p.id, w.person_id from people p full join passwords w on w.org_id = p.org_id and w.person_id = p.id\`.execute(tx.sql))
  for (const { id, person_id } of rows) console.log(JSON.stringify([id, person_id]))
  await closeDatabase()`

it('no acknowledged write is lost, and none is half there, when the process is killed while it writes', async () => {
  const database = await makeEmptyDatabase()
  const acknowledged: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const process = startElsewhere(writer(round), database.settings)
    const wanted = acknowledged.length + 15 + round * 7
    while (acknowledged.length < wanted) acknowledged.push(await process.next())
    process.kill('SIGKILL')
    for (let line = await process.lines.next(); !line.done; line = await process.lines.next())
      acknowledged.push(line.value)
    await process.over
  }
  const found = (await elsewhere(reader, database.settings)).map((line) => JSON.parse(line) as [string, string])
  expect(found.filter(([person, password]) => person !== password)).toEqual([])
  const kept = new Set(found.map(([person]) => person))
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  // What was under way may be there as well: at most one write of each round.
  expect(kept.size - acknowledged.length).toBeLessThanOrEqual(rounds)
  await database.drop()
}, 120_000)
