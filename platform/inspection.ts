// Looks at a database without changing it: for whoever wants to know what would happen at a start.

import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { lockDirectory, lockOwner } from './directory-lock.ts'
import { refuseOtherMajor } from './engine.ts'
import { fail } from './failure.ts'
import { pendingMigrations } from './migrations.ts'

/** `pending` are the migrations that the next start applies; null when another process has the database open. */
export type Inspection = { version: string; pending: string[] | null }

const patienceMs = 5000

/** Fails as opening it would: with a failure of ours, or with the driver's own error. */
export const inspectPostgres = async (connectionString: string): Promise<Inspection> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs })
  await client.connect()
  try {
    const { rows } = await client.query('select current_setting($1) as version, current_setting($2)::int as number', [
      'server_version',
      'server_version_num',
    ])
    const { version = '', number = 0 } = rows[0] ?? {}
    if (number < 150_000) fail('database.too_old', undefined, { version })
    return {
      version: `PostgreSQL ${version}`,
      pending: await pendingMigrations({ query: (sql, given) => client.query(sql, given) }),
    }
  } finally {
    await client.end()
  }
}

/** What a data directory is: absent, or readable by so many. */
export const inspectDirectory = (
  directory: string,
): { exists: boolean; isPrivate: boolean; openedBy: number | null } => {
  const found = statSync(directory, { throwIfNoEntry: false })
  return {
    exists: found !== undefined,
    isPrivate: found === undefined || (found.mode & 0o077) === 0,
    openedBy: lockOwner(directory),
  }
}

const name = 'PGlite'

/** The embedded database of a directory. One that does not exist yet lacks everything. */
export const inspectEmbedded = async (directory: string): Promise<Inspection> => {
  const folder = join(directory, 'database')
  refuseOtherMajor(folder)
  if (lockOwner(directory) !== null) return { version: name, pending: null }
  if (!existsSync(folder))
    return { version: name, pending: await pendingMigrations({ query: async () => ({ rows: [] }) }) }
  const unlock = lockDirectory(directory)
  try {
    const database = await PGlite.create(folder)
    const pending = await pendingMigrations({
      query: async (sql, given) => database.query<Record<string, unknown>>(sql, given),
    })
    await database.close()
    return { version: name, pending }
  } finally {
    unlock()
  }
}
