import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, makeEmptyDatabase, type OwnersConnection, openAsOwner } from '#support/database'
import { elsewhere, startElsewhere } from '#support/elsewhere'
import { settings } from './env.ts'
import { isFailure } from './failure.ts'
import { migrate, migrationsFolder, pendingMigrations } from './migrations.ts'

freshDatabase()
let connection: OwnersConnection
let folder = ''
const built = readdirSync(migrationsFolder()).sort()
beforeAll(async () => {
  connection = await openAsOwner()
})
afterAll(() => connection.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'livery-migrations-'))
  cpSync(migrationsFolder(), folder, { recursive: true })
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await connection.script(`drop table if exists one, two; delete from migrations where name like '9%'`)
})

const add = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const failureOf = async (work: Promise<unknown>) => {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return isFailure(thrown) ? { code: thrown.code, data: thrown.data } : thrown
}
const tables = async () =>
  (await connection.query("select tablename from pg_tables where tablename in ('one', 'two') order by 1")).rows.map(
    ({ tablename }) => tablename,
  )

describe('migrations', () => {
  it('are all applied when a process has opened the database', async () => {
    const { rows } = await connection.query('select name from migrations order by name')
    expect(rows.map(({ name }) => name)).toEqual(built)
    expect(await pendingMigrations(connection)).toEqual([])
    expect(await migrate(connection)).toEqual([])
  })

  it('are applied in order, each once', async () => {
    add('9002_two.sql', 'create table two (a int references one (a));')
    add('9001_one.sql', 'create table one (a int primary key); insert into one values (1);')
    expect(await pendingMigrations(connection, folder)).toEqual(['9001_one.sql', '9002_two.sql'])
    expect(await tables()).toEqual([])
    expect(await migrate(connection, folder)).toEqual(['9001_one.sql', '9002_two.sql'])
    expect(await migrate(connection, folder)).toEqual([])
    expect(await tables()).toEqual(['one', 'two'])
  })

  it('that fail leave nothing behind, keep what came before, and can be mended', async () => {
    add('9001_one.sql', 'create table one (a int);')
    add('9002_two.sql', 'create table two (a int); select 1 / 0;')
    await expect(migrate(connection, folder)).rejects.toThrow('migration 9002_two.sql failed: division by zero')
    expect(await tables()).toEqual(['one'])
    add('9002_two.sql', 'create table two (a int);')
    expect(await migrate(connection, folder)).toEqual(['9002_two.sql'])
  })

  it('of a later build are not met with an older one', async () => {
    add('9001_one.sql', 'create table one (a int);')
    await migrate(connection, folder)
    const refused = { code: 'database.newer', data: { unknown: ['9001_one.sql'] } }
    expect(await failureOf(migrate(connection))).toEqual(refused)
    expect(await failureOf(pendingMigrations(connection))).toEqual(refused)
  })

  it('that were applied are never rewritten', async () => {
    add('9001_one.sql', 'create table one (a int);')
    await migrate(connection, folder)
    add('9001_one.sql', 'create table one (b int);')
    add('9002_two.sql', 'create table two (a int);')
    expect(await failureOf(migrate(connection, folder))).toEqual({
      code: 'database.changed_migration',
      data: { changed: ['9001_one.sql'] },
    })
    expect(await tables()).toEqual(['one'])
  })
})

it('three processes may start at the same moment on a database that has nothing yet', async () => {
  const empty = await makeEmptyDatabase()
  const source = `
    import { openDatabase } from '#platform/database'
    while (Date.now() < ${Date.now() + 1500});
    try { await openDatabase(); console.log('open') } catch (error) { console.log(error.code ?? error.message) }
    setInterval(() => {}, 1000)`
  const processes = [1, 2, 3].map(() => startElsewhere(source, empty.settings))
  const said = (await Promise.all(processes.map((other) => other.next()))).toSorted()
  for (const other of processes) other.kill('SIGKILL')
  await Promise.all(processes.map((other) => other.over))
  // The embedded database takes one process, and is whole afterwards all the same.
  expect(said).toEqual(
    settings().databaseUrl ? ['open', 'open', 'open'] : ['database.in_use', 'database.in_use', 'open'],
  )
  const [pending] = await elsewhere(
    `import { inspectEmbedded, inspectPostgres } from '#platform/inspection'
     const { DATABASE_URL, LIVERY_DATA_DIR } = process.env
     const { pending } = await (DATABASE_URL ? inspectPostgres(DATABASE_URL) : inspectEmbedded(LIVERY_DATA_DIR))
     console.log(JSON.stringify(pending))`,
    empty.settings,
  )
  expect(pending).toBe('[]')
  await empty.drop()
}, 60_000)
