// Statements with one organization predicate taken out of them.

import { globalTables } from '#platform/database'

const column = String.raw`(?:"?\w+"?\.)?"?org_id"?`
/** `org_id = $1`, and `d.org_id = r.org_id` of a join, as stores and the query builder spell them. */
const predicate = new RegExp(String.raw`${column}\s*=\s*(?:(\$\d+)|${column})(?!\w)`, 'g')
/** Whatever else an organization could be compared by. */
const otherComparison = new RegExp(
  String.raw`${column}\s*(?:=|<>|!=|<|>|\bin\b|\blike\b|\bis\b|\bbetween\b)|(?:=|<>|!=|<|>)\s*${column}`,
  'i',
)
const named = /\b(?:from|join|into|update|using)\s+"?(\w+)"?/gi
const assigned = /\bset\b[^;]*?\bwhere\b|\bdo update set\b.*/is

export type Mutant = { text: string; without: string }

/** A parameter has to stay in use, or the server would not know its type. */
const alwaysTrue = (parameter: string | undefined): string =>
  parameter === undefined ? 'true' : `(${parameter}::text is not distinct from ${parameter}::text)`

/** The statement as often as it has organization predicates, each time without one of them. */
export const mutantsOf = (text: string): Mutant[] =>
  [...text.matchAll(predicate)].map((found) => ({
    text: text.slice(0, found.index) + alwaysTrue(found[1]) + text.slice(found.index + found[0].length),
    without: found[0].replaceAll('"', ''),
  }))

/** Whether an organization is compared in a way that no mutant is made of. */
export const hasOtherComparison = (text: string): boolean =>
  otherComparison.test(text.replace(predicate, 'true').replace(assigned, ''))

export const isGlobal = (table: string): boolean => Object.hasOwn(globalTables, table)

/** Tables of organizations that a statement names, out of those that there are. */
export const tablesIn = (text: string, known: ReadonlySet<string>): string[] => [
  ...new Set([...text.matchAll(named)].map(([, name]) => String(name)).filter((name) => known.has(name))),
]

export const isWriting = (text: string): boolean => /^\s*(?:insert|update|delete|merge|with)\b/i.test(text)
export const isInserting = (text: string): boolean => /^\s*insert\b/i.test(text)
