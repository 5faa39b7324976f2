// A table is read and written by one module's store: store.ts, or <part>-store.ts beside it where one file would be too long.

import { isTest, type Node, scripts, sources, textOf, visit } from './sources.ts'

const created = /create\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi
/** The words of SQL that a table's name follows. */
const named = /\b(?:from|join|into|update|table|truncate|only)\s+"?(\w+)/gi
const builders = /^(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|(?:inner|left|right|full|cross)Join)$/

const tablesOf = (root: string): Set<string> =>
  new Set(
    sources(root)
      .filter((file) => file.startsWith('migrations/'))
      .flatMap((file) => [...textOf(root, file).matchAll(created)].map(([, name]) => String(name))),
  )

const wordsOf = (node: unknown): string => {
  const { type, value, quasis } = (node ?? {}) as { type?: string; value?: string; quasis?: { raw: string }[] }
  if (type === 'StringLiteral') return value ?? ''
  return type === 'TemplateLiteral' ? (quasis ?? []).map(({ raw }) => raw).join(' ') : ''
}

type Call = { callee: { type: string; property?: { value?: string } }; arguments: { expression: unknown }[] }

/** Names of tables in what a node says to the database: a query builder's call, a tagged template, a plain statement. */
const namesIn = (node: Node): string[] => {
  if (node.type === 'TaggedTemplateExpression') return inSql(wordsOf(node.template))
  if (node.type !== 'CallExpression') return []
  const { callee, arguments: given } = node as unknown as Call
  const method = callee.property?.value ?? ''
  const first = wordsOf(given[0]?.expression)
  if (builders.test(method)) return [first.split(/\s/)[0] ?? '']
  return /^(?:query|script|exec|raw|executeQuery)$/.test(method) ? inSql(first) : []
}
/** What a statement names for itself alone: `with x as (…), y as (…)`. */
const ownNames = /\b(?:with(?:\s+recursive)?|,)\s*(\w+)\s*(?:\([^)]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s*)?\(/gi
const inSql = (statement: string): string[] => {
  const own = new Set([...statement.matchAll(ownNames)].map(([, name]) => name))
  return [...statement.matchAll(named)].map(([, name]) => String(name)).filter((name) => !own.has(name))
}

/** Which tables each file of the product touches. */
export const touches = (root: string): { file: string; table: string }[] => {
  const tables = tablesOf(root)
  return scripts(root)
    .filter((file) => !isTest(file) && !file.startsWith('bench/'))
    .flatMap((file) => {
      const found = new Set<string>()
      visit(root, file, (node) => {
        for (const name of namesIn(node)) if (tables.has(name)) found.add(name)
      })
      return [...found].map((table) => ({ file, table }))
    })
}

/** What the platform keeps for itself. */
const ofPlatform: Record<string, string> = { changes: 'platform/changes.ts', migrations: 'platform/migrations.ts' }

const ownerOf = (file: string): string | undefined => /^core\/([^/]+)\/(?:[a-z]+-)?store\.ts$/.exec(file)?.[1]

/** Tables that are touched outside a store, or by two of them, or by nobody. */
export const strayTables = (root: string): string[] => {
  const all = touches(root)
  const outside = all.filter(({ file, table }) => !ownerOf(file) && ofPlatform[table] !== file)
  const owners = Map.groupBy(
    all.filter(({ file }) => ownerOf(file)),
    ({ table }) => table,
  )
  const crowded = [...owners].filter(([, uses]) => new Set(uses.map(({ file }) => ownerOf(file))).size > 1)
  const touched = new Set(all.map(({ table }) => table))
  const idle = [...tablesOf(root)].filter((table) => !touched.has(table))
  return [
    ...outside.map(({ file, table }) => `${file} touches ${table}`),
    ...crowded.map(([table, uses]) => `${uses.map(({ file }) => file).join(' and ')} touch ${table}`),
    ...idle.map((table) => `nobody touches ${table}`),
  ]
}
