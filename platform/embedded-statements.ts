// Statements of the embedded database, prepared once and then run in one message. Its own `query` parses, plans and describes
// every statement anew, in six messages; most of what a request cost was that.

import { type PGlite, protocol } from '@electric-sql/pglite'
import type { PGliteDialectConfig } from 'kysely'
import { LRUCache } from 'lru-cache'

type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number]
type Row = Record<string, unknown>
type Field = { name: string; parse: (value: string) => unknown }
type Statement = { name: string; parameterTypes: readonly number[]; fields: readonly Field[] }
type Result = { rows: Row[]; affectedRows: number }

/** What Kysely asks of the embedded database. */
type ForKysely = Exclude<PGliteDialectConfig['pglite'], (...given: never[]) => unknown>

// A build has some two hundred statements; a condition that is put together as needed has a few forms.
const mostStatements = 500
const { serialize } = protocol

type Of<Name extends string> = { name: Name }
type Describing = Of<'parameterDescription'> & { dataTypeIDs: number[] }
type DescribingRow = Of<'rowDescription'> & { fields: { name: string; dataTypeID: number }[] }
type DataRow = Of<'dataRow'> & { fields: (string | null)[] }
type Completing = Of<'commandComplete'> & { text: string }

const allOf = <M extends Of<string>>(messages: readonly Message[], name: M['name']): M[] =>
  messages.filter((message) => message.name === name) as unknown as M[]

/** 'INSERT 0 1' → 1; of a statement that reads, none is affected. */
const affectedBy = (said: string | undefined): number => {
  const [command = '', ...rest] = (said ?? '').split(' ')
  return ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'].includes(command) ? Number(rest.at(-1)) : 0
}

const rowOf = ({ fields }: DataRow, described: readonly Field[]): Row => {
  const row: Row = {}
  described.forEach(({ name, parse }, index) => {
    const value = fields[index] ?? null
    row[name] = value === null ? null : parse(value)
  })
  return row
}

/** Statements are gone, or answer with other columns, once the schema has changed beneath them. */
const isOutdated = (error: unknown): boolean => ['0A000', '26000'].includes((error as { code?: string }).code ?? '')

const statementsOf = (database: PGlite) => {
  const exchange = async (...parts: Uint8Array[]): Promise<Message[]> =>
    (await database.execProtocol(Buffer.concat([...parts, serialize.sync()]), { syncToFs: false })).messages
  const closing: string[] = []
  const known = new LRUCache<string, Statement>({
    max: mostStatements,
    dispose: ({ name }) => closing.push(name),
  })
  let made = 0

  const prepare = async (text: string): Promise<Statement> => {
    made += 1
    const name = `s${made}`
    const close = closing.splice(0).map((gone) => serialize.close({ type: 'S', name: gone }))
    const messages = await exchange(...close, serialize.parse({ name, text }), serialize.describe({ type: 'S', name }))
    const [parameters] = allOf<Describing>(messages, 'parameterDescription')
    const [row] = allOf<DescribingRow>(messages, 'rowDescription')
    const fields = (row?.fields ?? []).map(({ name: field, dataTypeID }) => {
      const parse = database.parsers[dataTypeID]
      return { name: field, parse: (value: string) => (parse ? parse(value, dataTypeID) : value) }
    })
    const statement = { name, parameterTypes: parameters?.dataTypeIDs ?? [], fields }
    known.set(text, statement)
    return statement
  }

  const serialized = (value: unknown, type: number | undefined): string | null => {
    if (value === null || value === undefined) return null
    const written = type === undefined ? undefined : database.serializers[type]
    return written ? written(value) : String(value)
  }

  return async (text: string, values: readonly unknown[]): Promise<Result> => {
    const { name, parameterTypes, fields } = known.get(text) ?? (await prepare(text))
    const written = values.map((value, index) => serialized(value, parameterTypes[index]))
    try {
      const messages = await exchange(serialize.bind({ statement: name, values: written }), serialize.execute({}))
      const rows = allOf<DataRow>(messages, 'dataRow').map((row) => rowOf(row, fields))
      return { rows, affectedRows: affectedBy(allOf<Completing>(messages, 'commandComplete')[0]?.text) }
    } catch (error) {
      if (isOutdated(error)) known.delete(text)
      throw error
    }
  }
}

/** The embedded database as Kysely knows it; in transactions, where all our work is done, statements are prepared. */
export const withPreparedStatements = (database: PGlite): ForKysely => {
  const run = statementsOf(database)
  const query = async (text: string, values: readonly unknown[] = []) => ({
    ...(await database.runExclusive(() => run(text, values))),
    fields: [],
  })
  return {
    get closed() {
      return database.closed
    },
    get ready() {
      return database.ready
    },
    waitReady: database.waitReady,
    close: () => database.close(),
    query: (text, values, options) => database.query(text, values, options),
    transaction: (work) =>
      database.transaction((open) => work({ query: query as ForKysely['query'], rollback: () => open.rollback() })),
  }
}
