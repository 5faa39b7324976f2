// The only ways to the database: a unit of work inside one organization, or on the platform's global tables. Each is
// one transaction around statements alone: nothing is hashed, rendered, fetched or mailed inside.

import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql } from 'kysely'
import { type Engine, type NoTables, openEmbedded, openPostgres } from './engine.ts'
import { settings } from './env.ts'
import { fail } from './failure.ts'
import { forgetProcessState, processState } from './process.ts'

/** A unit of work. Stores name their tables: `tx.sql.withTables<Tables>()`. */
export type Tx = {
  readonly kind: 'organization' | 'platform'
  /** The organization whose rows are visible; reading it in a unit of work of the platform throws. */
  readonly organizationId: string
  readonly sql: Kysely<NoTables>
}

type Open = { engine: Promise<Engine> | null }
const open = () => processState<Open>('database', () => ({ engine: null }))
const inside = () => processState('database.inside', () => new AsyncLocalStorage<true>())

/** Timers and listeners inherit the unit of work in which they were made; this leaves it. */
export const outsideUnitOfWork = <T>(fn: () => T): T => inside().exit(fn)

/** The engine of this process, opened when first needed. A failed opening is tried anew by the next asker. */
export const engine = (): Promise<Engine> => {
  const state = open()
  if (!state.engine) {
    const { databaseUrl, dataDirectory } = settings()
    state.engine = databaseUrl ? openPostgres(databaseUrl) : openEmbedded(dataDirectory)
    state.engine.catch(() => {
      state.engine = null
    })
  }
  return state.engine
}

/** Opens the database and brings its schema up to this build. */
export const openDatabase = async (): Promise<void> => {
  await engine()
}

/** Lets tests work on an engine of their own. */
export const useEngine = (opened: Engine): void => {
  open().engine = Promise.resolve(opened)
}

const closers = () => processState('database.closers', () => new Set<() => Promise<void>>())

/** Something to stop before the database closes. */
export const beforeClose = (stop: () => Promise<void>): void => {
  closers().add(stop)
}

/** Closes the database; what comes after opens it anew. */
export const closeDatabase = async (): Promise<void> => {
  for (const stop of closers()) await stop()
  closers().clear()
  const opened = await open().engine
  await opened?.close()
  forgetProcessState('database')
}

const inTransaction = async <T>(fn: (sqlOf: Kysely<NoTables>) => Promise<T>): Promise<T> => {
  if (inside().getStore()) fail('database.nested')
  const { sql: database } = await engine()
  return inside().run(true, () => database.transaction().execute((transaction) => fn(transaction)))
}

/**
 * Whose rows are visible from here on, and the role that may see no others: said again each time, so that it does not matter
 * what a connection went through before.
 */
const standIn = (transaction: Kysely<NoTables>, organizationId: string) =>
  sql`select set_config('role', 'livery_app', true), set_config('livery.organization', ${organizationId}, true)`.execute(
    transaction,
  )

/**
 * One transaction that sees the rows of one organization alone.
 * Opened inside another one it fails with `database.nested`: on the embedded database it would wait for itself for ever.
 */
export const withOrganization = <T>(organizationId: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(async (transaction) => {
    await standIn(transaction, organizationId)
    return fn({ kind: 'organization', organizationId, sql: transaction })
  })

/** One transaction on the global tables (see global-tables.ts); tables of organizations show no row. */
export const withPlatform = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(async (transaction) =>
    fn({
      kind: 'platform',
      sql: transaction,
      get organizationId(): string {
        return fail('database.no_organization')
      },
    }),
  )

/**
 * A part of a platform unit of work that writes rows of one organization: what a change of a global table leaves behind in
 * the organization that it is about. Afterwards no organization's rows are visible again.
 */
export const asOrganization = async <T>(tx: Tx, organizationId: string, fn: (tx: Tx) => Promise<T>): Promise<T> => {
  if (tx.kind === 'organization') return tx.organizationId === organizationId ? fn(tx) : fail('database.nested')
  await standIn(tx.sql, organizationId)
  const result = await fn({ kind: 'organization', organizationId, sql: tx.sql })
  await standIn(tx.sql, '')
  return result
}
