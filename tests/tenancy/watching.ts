// Runs what happens in this process on an engine that tries every statement without each of its organization predicates
// first, beside twins (twins.ts): with row-level security as it is, and once more with the door open, to see that the twin
// would have been reached. All of it is undone before the statement itself runs.

import { join, relative } from 'node:path'
import { CompiledQuery, type Kysely, type Transaction } from 'kysely'
import type { Engine, NoTables } from '#platform/engine'
import { hasOtherComparison, isInserting, isWriting, type Mutant, mutantsOf, tablesIn } from './mutants.ts'
import { isTwin, twinOf } from './twins.ts'

const root = join(import.meta.dirname, '../..')
/** A statement may find nothing to do the first times; after so many it is not tried again. */
const mostTries = 40
/** SQLSTATE insufficient_privilege. */
const refusedByPolicy = '42501'

export type Tried = {
  mutant: Mutant
  statement: string
  /** The function of a store that says it, as `core/people/store.ts readPerson`. */
  saidBy: string | null
  tries: number
  /** What came of it that should not have. */
  leaks: string[]
  /** Whether the twin was reached with the door open: without row-level security this mutant is a leak. */
  isReaching: boolean
}

export type Watched = {
  /** Functions of stores that said anything. */
  seen: Set<string>
  tried: Map<string, Tried>
  /** What came of the rows of statements that insert, when they were to be somebody else's. */
  written: Map<string, string>
  /** Statements on tables of organizations that name none, or one in a way that cannot be taken out. */
  unnamed: Map<string, string>
}

type Run = (text: string, parameters?: readonly unknown[]) => Promise<Outcome>
type Outcome = { rows: readonly unknown[]; numAffectedRows?: bigint | undefined }

const ofStore = /at (?:async )?(?:Module\.)?(\w+) \((?:file:\/\/)?(.+?-?store\.ts):\d+:\d+\)/

/** What goes with an organization is counted and erased by the same two statements for every store. */
export const belonging = (table: string, done: 'counted' | 'erased'): string => `belongings of ${table}, ${done}`

/** Who says a statement: the function of a store that is on the stack, the innermost, or the belongings of one. */
const speaker = (text: string, tables: readonly string[]): string | null => {
  const lines = (new Error().stack ?? '').split('\n')
  for (const line of lines) {
    const found = ofStore.exec(line)
    if (found) return `${relative(root, String(found[2]))} ${found[1]}`
    if (line.includes('platform/belongings.ts')) return belonging(tables.join(), isWriting(text) ? 'erased' : 'counted')
  }
  return null
}

const spelled = ({ rows, numAffectedRows }: Outcome): string =>
  `${numAffectedRows ?? ''} ${rows
    .map((row) => JSON.stringify(row))
    .toSorted()
    .join()}`

type Scene = { emptied: string | null; isOpen: boolean }

/** What comes of a statement in a scene: its answer, and what it leaves at the twin's. Nothing of it stays. */
const play = async (
  run: Run,
  home: string,
  tables: readonly string[],
  text: string,
  values: unknown[],
  scene: Scene,
) => {
  await run('savepoint scene')
  try {
    await run(`select set_config('twins.rest', 'yes', true), set_config('twins.door', '', true)`)
    if (scene.emptied) await run(`select twins_empty_${scene.emptied}()`)
    if (scene.isOpen) await run(`select set_config('twins.door', 'open', true)`)
    const answered = spelled(await run(text, values))
    if (!isWriting(text)) return answered
    await run(`select set_config('twins.door', '', true), set_config('livery.organization', $1, true)`, [twinOf(home)])
    const left: string[] = []
    for (const table of tables) left.push(spelled(await run(`select t::text from ${table} t`)))
    return [answered, ...left].join('\n')
  } finally {
    await run('rollback to savepoint scene')
  }
}

/** Tries one mutant of a statement in scenes until it reaches the twin; in each, as it is, it must change nothing. */
const attempt = async (run: Run, home: string, tables: readonly string[], values: unknown[], tried: Tried) => {
  const { statement, mutant } = tried
  tried.tries += 1
  for (const emptied of [null, ...tables]) {
    const compare = async (isOpen: boolean): Promise<boolean> => {
      const one = await play(run, home, tables, statement, values, { emptied, isOpen })
      return one === (await play(run, home, tables, mutant.text, values, { emptied, isOpen }))
    }
    if (!(await compare(false))) tried.leaks.push(emptied ? `with its own ${emptied} emptied` : 'beside its twin')
    if (!(await compare(true))) {
      tried.isReaching = true
      return
    }
  }
}

/** The same row for somebody else has to be refused by the policy; answers what came of it instead. */
const writeElsewhere = async (run: Run, home: string, { sql, parameters }: CompiledQuery): Promise<string> => {
  await run('savepoint scene')
  try {
    await run(
      sql,
      parameters.map((value) => (value === home ? twinOf(home) : value)),
    )
    return 'written'
  } catch (error) {
    return (error as { code?: string }).code === refusedByPolicy ? 'refused' : (error as Error).message
  } finally {
    await run('rollback to savepoint scene')
  }
}

type Saying = { run: Run; known: ReadonlySet<string>; home: string; said: CompiledQuery }

const watchStatement = async (watched: Watched, { run, known, home, said }: Saying) => {
  const tables = tablesIn(said.sql, known)
  const by = speaker(said.sql, tables)
  if (by) watched.seen.add(by)
  if (tables.length === 0 || home === '' || isTwin(home)) return
  if (isInserting(said.sql) && !watched.written.has(said.sql))
    watched.written.set(said.sql, await writeElsewhere(run, home, said))
  const mutants = mutantsOf(said.sql)
  if ((mutants.length === 0 && !isInserting(said.sql)) || hasOtherComparison(said.sql))
    watched.unnamed.set(said.sql, by ?? 'nobody known')
  for (const mutant of mutants) {
    const fresh = { mutant, statement: said.sql, saidBy: by, tries: 0, leaks: [], isReaching: false }
    const tried = watched.tried.get(mutant.text) ?? fresh
    watched.tried.set(mutant.text, tried)
    if (!tried.isReaching && tried.tries < mostTries) await attempt(run, home, tables, [...said.parameters], tried)
  }
}

const entering = /set_config\('livery\.organization', \$1, true\)/

/** Everything that a transaction is told goes by here first. */
const watchTransaction = (watched: Watched, known: ReadonlySet<string>, transaction: Transaction<NoTables>) => {
  const executor = transaction.getExecutor()
  const execute = executor.executeQuery.bind(executor)
  const run: Run = (text, parameters = []) => execute(CompiledQuery.raw(text, [...parameters]))
  let home = ''
  executor.executeQuery = async (said, options) => {
    if (entering.test(said.sql)) home = String(said.parameters[0])
    else await watchStatement(watched, { run, known, home, said })
    return execute(said, options)
  }
}

const watchedTransactions = (sql: Kysely<NoTables>, watchOne: (transaction: Transaction<NoTables>) => void) =>
  new Proxy(sql, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target)
      if (key !== 'transaction') return typeof value === 'function' ? value.bind(target) : value
      return () => ({
        execute: <T>(work: (transaction: Transaction<NoTables>) => Promise<T>) =>
          target.transaction().execute((transaction) => {
            watchOne(transaction)
            return work(transaction)
          }),
      })
    },
  })

/** The engine, watched from now on; `known` are the tables of organizations. */
export const watch = (engine: Engine, known: ReadonlySet<string>): { engine: Engine; watched: Watched } => {
  const watched: Watched = { seen: new Set(), tried: new Map(), written: new Map(), unnamed: new Map() }
  // Deep enough to see the store below the query builder.
  Error.stackTraceLimit = 40
  const sql = watchedTransactions(engine.sql, (transaction) => watchTransaction(watched, known, transaction))
  return { engine: { ...engine, sql }, watched }
}
