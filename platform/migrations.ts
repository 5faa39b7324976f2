// Brings a database to the schema of this build: plain SQL files in order, each in its own transaction, under one
// advisory lock, so that any number of processes may start at the same moment.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from './failure.ts'

/** The little that migrating asks of a connection: one statement with parameters, or a script without. */
export type MigrationConnection = {
  query: (sql: string, parameters?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>
  script: (sql: string) => Promise<unknown>
}

const lockNumber = 7_201_503_164

type Migration = { name: string; sql: string; digest: string }

/** The folder of the build that holds the migrations. */
export const migrationsFolder = (): string => join(process.cwd(), 'migrations')

const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, digest: createHash('sha256').update(sql).digest('hex') }
    })

const apply = async (connection: MigrationConnection, { name, sql, digest }: Migration) => {
  await connection.script('begin')
  try {
    await connection.script(sql)
    await connection.query('insert into migrations (name, digest) values ($1, $2)', [name, digest])
    await connection.script('commit')
  } catch (error) {
    await connection.script('rollback')
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

/** What is missing, in order. */
const missingOf = (rows: Record<string, unknown>[], files: Migration[]): Migration[] => {
  const applied = new Map(rows.map((row) => [String(row.name), String(row.digest)]))
  const unknown = [...applied.keys()].filter((name) => !files.some((file) => file.name === name))
  if (unknown.length > 0) fail('database.newer', undefined, { unknown })
  const changed = files.filter((file) => applied.has(file.name) && applied.get(file.name) !== file.digest)
  if (changed.length > 0) fail('database.changed_migration', undefined, { changed: changed.map((file) => file.name) })
  return files.filter((file) => !applied.has(file.name))
}

/** The names of what is missing; changes nothing and fails as {@link migrate} does. */
export const pendingMigrations = async (
  connection: Pick<MigrationConnection, 'query'>,
  folder = migrationsFolder(),
): Promise<string[]> => {
  const { rows: found } = await connection.query("select 1 from pg_tables where tablename = 'migrations'")
  const rows = found.length > 0 ? (await connection.query('select name, digest from migrations')).rows : []
  return missingOf(rows, readMigrations(folder)).map(({ name }) => name)
}

/**
 * Applies what is missing; answers the names applied. Fails with `database.newer` when the database has seen a later
 * build, and `database.changed_migration` when an applied file reads differently now.
 */
export const migrate = async (connection: MigrationConnection, folder = migrationsFolder()): Promise<string[]> => {
  await connection.query('select pg_advisory_lock($1)', [lockNumber])
  try {
    await connection.script(
      'create table if not exists migrations (name text primary key, digest text not null, applied_at timestamptz not null default now())',
    )
    const { rows } = await connection.query('select name, digest from migrations')
    const missing = missingOf(rows, readMigrations(folder))
    for (const file of missing) await apply(connection, file)
    return missing.map((file) => file.name)
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [lockNumber])
  }
}
