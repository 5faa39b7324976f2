// Gives a test file a database of its own, empty and migrated: of the embedded engine or of a real PostgreSQL, as the
// project says that the file runs in.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, useEngine } from '#platform/database'
import { type Engine, openEmbedded, openPostgres } from '#platform/engine'
import { loadSettings, settings } from '#platform/env'
import type { MigrationConnection } from '#platform/migrations'
import { forgetProcessState, processState } from '#platform/process'
import type {} from './postgres.ts'
import type {} from './snapshot.ts'

const useSettings = (more: Record<string, string>): void => {
  forgetProcessState('settings')
  processState('settings', () => loadSettings({ ...process.env, ...more }))
}

/** Says something to the server as the one who may create databases. */
const administer = async (connectionString: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

type Server = NonNullable<ReturnType<typeof inject<'postgres'>>>
type Made = { engine: Engine; url: string; drop: () => Promise<void> }

const makeEmbedded = async (snapshot: string): Promise<Made> => ({
  engine: await openEmbedded(null, new Blob([readFileSync(snapshot)])),
  url: '',
  drop: async () => {},
})

const makeOnServer = async ({ admin, owner, template }: Server): Promise<{ url: URL; drop: () => Promise<void> }> => {
  const name = `livery_${randomBytes(8).toString('hex')}`
  const url = new URL(owner)
  url.pathname = `/${name}`
  await administer(admin, `create database ${name} template ${template} owner ${url.username}`)
  return { url, drop: () => administer(admin, `drop database if exists ${name} with (force)`) }
}

const openOnServer = async (server: Server): Promise<Made> => {
  const { url, drop } = await makeOnServer(server)
  return { engine: await openPostgres(url.href), url: url.href, drop }
}

/** A connection of whoever owns the tables, who is no superuser either. */
export type OwnersConnection = MigrationConnection & { close: () => Promise<void> }

const onServer = async (url: string): Promise<OwnersConnection> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    query: (sql, parameters) => client.query(sql, parameters),
    script: (sql) => client.query(sql),
    close: () => client.end(),
  }
}

const onSnapshot = async (): Promise<OwnersConnection> => {
  const database = await PGlite.create('memory://', { loadDataDir: new Blob([readFileSync(inject('snapshot') ?? '')]) })
  return {
    query: async (sql, parameters) => database.query<Record<string, unknown>>(sql, parameters),
    script: (sql) => database.exec(sql),
    close: () => database.close(),
  }
}

/**
 * For tests of the schema itself: on PostgreSQL the file's own database, on PGlite, which has one connection and that works
 * as the application, another one that begins as this one did.
 */
export const openAsOwner = (): Promise<OwnersConnection> => {
  const { databaseUrl } = settings()
  return databaseUrl ? onServer(databaseUrl) : onSnapshot()
}

/** Settings for other processes that lead to a database without any table. */
export const makeEmptyDatabase = async (): Promise<{ settings: Record<string, string>; drop: () => Promise<void> }> => {
  const server = inject('postgres')
  if (!server) {
    const folder = await mkdtemp(join(tmpdir(), 'livery-test-'))
    return { settings: { LIVERY_DATA_DIR: folder }, drop: () => rm(folder, { recursive: true, force: true }) }
  }
  const { url, drop } = await makeOnServer({ ...server, template: 'template0' })
  return { settings: { DATABASE_URL: url.href }, drop }
}

/**
 * Called once at the top of a test file. On PostgreSQL `settings().databaseUrl` is the file's own database, so that a test
 * can open it again as another process would.
 */
export const freshDatabase = (): void => {
  let made: Made | undefined
  let folder = ''

  beforeAll(async () => {
    const snapshot = inject('snapshot')
    const server = inject('postgres')
    folder = await mkdtemp(join(tmpdir(), 'livery-test-'))
    if (snapshot) made = await makeEmbedded(snapshot)
    else if (server) made = await openOnServer(server)
    else throw new Error("a file that calls freshDatabase imports it `from '#support/database'`, see vitest.config.ts")
    useSettings({ DATABASE_URL: made.url, LIVERY_DATA_DIR: folder })
    useEngine(made.engine)
  })

  afterAll(async () => {
    await closeDatabase()
    await made?.drop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
}
