// The two engines behind one face: PostgreSQL through a pool, or PGlite inside this process. Both answer with the
// same JavaScript values, and both work as `livery_app`, which cannot pass by row-level security.

import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite'
import { CompiledQuery, Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { lockDirectory } from './directory-lock.ts'
import { withPreparedStatements } from './embedded-statements.ts'
import { fail } from './failure.ts'
import { log } from './log.ts'
import { migrate } from './migrations.ts'

// biome-ignore lint/complexity/noBannedTypes: no table is known here; each store names its own by withTables.
export type NoTables = {}

export type Engine = {
  kind: 'postgres' | 'pglite'
  sql: Kysely<NoTables>
  /** Calls back when some process announced a change; answers how to stop. */
  onNotify: (heard: () => void) => Promise<() => Promise<void>>
  close: () => Promise<void>
}

export const notifyChannel = 'livery'
const embeddedMajor = '18'
const workAsApplication = 'set role livery_app'

/**
 * The embedded database knows one user, who begins as a superuser, and `reset role` would lead back to that. From here on
 * it owns its tables and no more, as a careful operator's user on a server: bound by forced row-level security.
 */
const giveUpSuperuser = 'update pg_authid set rolsuper = false, rolbypassrls = false where rolname = current_user'

/** bigint as a number: no count or instant of ours reaches 2^53. */
const typesForPool = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format),
}

const migratePostgres = async (connectionString: string) => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const version = Number((await client.query('show server_version_num')).rows[0]?.server_version_num)
    if (version < 150_000) fail('database.too_old', undefined, { version })
    await migrate({ query: (sql, parameters) => client.query(sql, parameters), script: (sql) => client.query(sql) })
  } finally {
    await client.end()
  }
}

/** A connection that only listens, made anew when it breaks; polling covers the time between. */
const listenPostgres = async (connectionString: string, heard: () => void) => {
  let isStopped = false
  let client: pg.Client | null = null
  const connect = async (): Promise<void> => {
    if (isStopped) return
    const next = new pg.Client({ connectionString, keepAlive: true })
    next.on('notification', heard)
    next.on('error', () => {})
    next.on('end', () => {
      if (!isStopped) setTimeout(() => void connect().catch(() => {}), 1000).unref()
    })
    client = next
    await next.connect()
    await next.query(`listen ${notifyChannel}`)
  }
  await connect()
  return async () => {
    isStopped = true
    await client?.end()
  }
}

/** Opens PostgreSQL 15 or newer; fails with `database.too_old`. */
export const openPostgres = async (connectionString: string): Promise<Engine> => {
  await migratePostgres(connectionString)
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    types: typesForPool,
    statement_timeout: 30_000,
    keepAlive: true,
  })
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost'))
  const sql = new Kysely<NoTables>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        await connection.executeQuery(CompiledQuery.raw(workAsApplication))
      },
    }),
  })
  return {
    kind: 'postgres',
    sql,
    onNotify: (heard) => listenPostgres(connectionString, heard),
    close: () => sql.destroy(),
  }
}

/** Fails with `database.other_major` where another major of PostgreSQL wrote the embedded database. */
export const refuseOtherMajor = (folder: string): void => {
  const file = join(folder, 'PG_VERSION')
  if (!existsSync(file)) return
  const major = readFileSync(file, 'utf8').trim()
  if (major !== embeddedMajor)
    fail('database.other_major', undefined, { folder, found: major, expected: embeddedMajor })
}

const parsers = {
  [pgliteTypes.INT8]: (value: string) => Number(value),
  [pgliteTypes.BYTEA]: (value: string) => Buffer.from(value.slice(2), 'hex'),
}

/**
 * Opens the embedded database in `directory` (null: in memory, for tests). Fails with `database.in_use` when another
 * process has it open and `database.other_major` when another PostgreSQL major wrote it. A database in memory may begin as
 * a copy (`snapshot`, a dump of its data directory).
 */
export const openEmbedded = async (directory: string | null, snapshot?: Blob): Promise<Engine> => {
  let unlock = () => {}
  let place = 'memory://'
  if (directory) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    place = join(directory, 'database')
    refuseOtherMajor(place)
    unlock = lockDirectory(directory)
  }
  try {
    const database = await PGlite.create(
      place,
      snapshot && !directory ? { parsers, loadDataDir: snapshot } : { parsers },
    )
    await migrate({
      query: async (text, parameters) => database.query<Record<string, unknown>>(text, parameters),
      script: (text) => database.exec(text),
    })
    const { rows } = await database.query<{ is: boolean }>(
      'select rolsuper or rolbypassrls as is from pg_roles where rolname = current_user',
    )
    if (rows[0]?.is) await database.exec(giveUpSuperuser)
    await database.exec(workAsApplication)
    return {
      kind: 'pglite',
      sql: new Kysely<NoTables>({ dialect: new PGliteDialect({ pglite: withPreparedStatements(database) }) }),
      onNotify: (heard) => database.listen(notifyChannel, heard),
      close: async () => {
        await database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
