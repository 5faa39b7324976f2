// With any one organization predicate removed from a store, row-level security still leaks nothing. Statements are taken
// from what really happens (scenario.ts) and tried before they run (watching.ts), so that whatever a store says tomorrow is
// tried as well. That none escapes, and that a leak would be noticed, is tested here too.

import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { beforeAll, expect, it, vi } from 'vitest'
import { find } from '#core/people'
import { erasedTables } from '#core/removal'
import { engine, useEngine, withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildTree, type Tree } from '#support/rest'
import { member } from '#support/staff'
import { beAskedMore } from './agreeing.ts'
import { comeBack } from './browsers.ts'
import { getBackIn } from './getting-back-in.ts'
import { hasOtherComparison, isGlobal, mutantsOf } from './mutants.ts'
import { goAway } from './removing.ts'
import { askingAt, askTwice, beLookedAfter, comeIn, goOn, lookAfterOneself, operate } from './scenario.ts'
import { storeFunctions } from './stores.ts'
import { giveTwins } from './twins.ts'
import { belonging, type Tried, type Watched, watch } from './watching.ts'

vi.mock('#platform/dns', () => ({
  lookUpTxt: async () => [{ resolver: '192.0.2.53', values: [], error: 'ENOTFOUND' }],
}))

freshDatabase()
let tree: Tree
let watched: Watched
let tried: Tried[]
let refused: string[]
beforeAll(async () => {
  tree = await buildTree()
  const found = watch(await engine(), await giveTwins())
  useEngine(found.engine)
  const ask = await askingAt(tree)
  await comeIn(tree)
  await lookAfterOneself(tree)
  await comeBack(tree)
  await beLookedAfter(tree, ask)
  await askTwice(tree, ask)
  await getBackIn(tree, ask)
  await beAskedMore(tree, ask)
  refused = await operate(tree, ask)
  await goAway(tree)
  await goOn(tree, ask)
  watched = found.watched
  tried = [...watched.tried.values()]
}, 300_000)

const told = ({ saidBy, mutant }: Tried) => `${saidBy}: ${mutant.without}`

/** Mutants that would reach nobody else even without row-level security. */
const harmless: Record<string, string> = {
  'core/tickets/store.ts spendTry: org_id = $2':
    'looks for an id inside a statement that names the organization again for the row of that id',
}

it('a statement without one of its organization predicates answers and does what it did with it', () => {
  expect(tried.flatMap((one) => one.leaks.map((leak) => `${told(one)} ${leak}`))).toEqual([])
})

it('a row is not written for somebody else', () => {
  expect([...watched.written].filter(([, outcome]) => outcome !== 'refused')).toEqual([])
  expect(watched.written.size).toBeGreaterThan(15)
})

it('every one of these mutants would be a leak if row-level security were not there', () => {
  expect(tried.filter(({ isReaching }) => !isReaching).map(told)).toEqual(Object.keys(harmless))
  expect(Object.values(harmless).every((reason) => reason.length > 20)).toBe(true)
  expect(tried.length).toBeGreaterThan(100)
})

it('every function of every store that speaks to a table of organizations was watched', () => {
  const functions = storeFunctions(join(import.meta.dirname, '../..'))
  expect(refused).toEqual([])
  expect(functions.length).toBeGreaterThan(100)
  expect(functions.filter((name) => !watched.seen.has(name))).toEqual([])
})

it('every table that goes with an organization was counted and erased while it was watched', () => {
  const own = erasedTables.filter((table) => !isGlobal(table))
  const expected = own.flatMap((table) => [belonging(table, 'counted'), belonging(table, 'erased')])
  expect(expected.length).toBeGreaterThan(30)
  expect(expected.filter((name) => !watched.seen.has(name))).toEqual([])
})

it('every statement on a table of organizations names the organization', () => {
  expect([...watched.unnamed]).toEqual([])
})

it.each([
  ['select * from people where "org_id" = $1 and "id" = $2', ['org_id = $1']],
  ['update x set y = $1 where d.org_id = $2 and v.org_id = d.org_id', ['d.org_id = $2', 'v.org_id = d.org_id']],
  ['select * from people where "id" = $1', []],
])('of %s mutants are made', (text, without) => {
  expect(mutantsOf(text).map((mutant) => mutant.without.replaceAll('"', ''))).toEqual(without)
})

it.each([
  'where org_id in ($1)',
  'where "org_id" <> $1',
  'where org_id = any($1)',
  'where $1 = org_id',
  'where org_id > $1',
])('a comparison that no mutant is made of is noticed: %s', (condition) =>
  expect(hasOtherComparison(`select * from people ${condition}`)).toBe(true),
)

it('a table whose policy lets others in is noticed', async () => {
  const owner = (statement: string) =>
    withPlatform(async (tx) => {
      await tx.sql.executeQuery(CompiledQuery.raw("select set_config('role', 'none', true)"))
      await tx.sql.executeQuery(CompiledQuery.raw(statement))
    })
  const { id } = await member({ home: tree.own })
  await owner('create policy planted on people using (true)')
  const again = watch(await engine(), new Set(['people']))
  useEngine(again.engine)
  await withOrganization(tree.own, (tx) => find(tx, id))
  await owner('drop policy planted on people')
  expect([...again.watched.tried.values()].flatMap(({ leaks }) => leaks)).toContain('beside its twin')
})
