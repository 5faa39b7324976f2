/**
 * What an operation of the REST interface is: data, from which it is served, documented and tested. Its right is declared
 * here and decided in core; a test compares the two for every operation.
 */

import { z } from 'zod'
import type { Actor, Permission } from '#core/authority/contract'
import type { Organization } from '#core/organizations/contract'
import type { Tx } from '#platform/database'
import type { Failure } from '#platform/failure'
import type { ProblemSummary } from '../problem.ts'

/** The permission it needs; `self`: about whoever asks; `anybody`: no proof is needed. */
export type Can = Permission | 'self' | 'anybody'

/** A part of a list. `after` is what `next` of the part before was. */
export type Part = { limit: number; after: string | null }

/** What is asked, once it has been read and whoever asks is known. */
export type Asked<Params = Record<string, string>, Query = unknown, Body = unknown> = {
  by: Actor
  /** The organization that the path names, or else the one of the address. */
  organization: Organization
  params: Params
  query: Query
  body: Body
  /** Of If-Match: what whoever asks has looked at. */
  version: number
  part: Part
  /** A refusal of one of many, in words. */
  explain: (failure: Failure) => ProblemSummary
}

export type Answered<Body> = {
  body?: Body
  /** Becomes the ETag. */
  version?: number
  /** Where the new thing is, below the interface: `/organizations/org_…`. */
  location?: string
  /** Where the next part of a list begins; null at its end. */
  next?: string | null
  /** An organization that this has changed: it is read again before the answer is sent. */
  changed?: string | string[]
  /** What follows once it is committed. It is done all the same when this fails, and is taken up again later. */
  afterwards?: () => Promise<void>
}

/**
 * A request that works, for the documents and the collection. `{{name}}` stands for a value that an earlier example keeps;
 * `needs` names one that only the reader has.
 */
export type Example = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** Name of a value to keep, and where it stands in the answer. */
  keeps?: Record<string, string>
  needs?: string
  /** The collection cleans up with it. */
  isLast?: true
}

type Declared = {
  /** `<what>.<verb>`: stable, and the name of the method in generated clients. */
  id: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below `/api/v1`. `{id}` is an organization's id, or `~` and its handle. */
  path: string
  /** The same for the organization of the address. */
  shortPath?: string
  summary: string
  description?: string
  can: Can
  /** What else is needed, at the other organization that the request names. */
  also?: readonly Permission[]
  status?: 200 | 201 | 204
  /** Failure codes that only this operation has. */
  fails?: readonly string[]
  isList?: true
  /** Only what was looked at is changed: If-Match is asked for. */
  wantsVersion?: true
  example?: Example
}

type Schemas<Query, Body, Answer> = {
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** What the documents show as the body, where it is read more leniently. */
  shownBody?: z.ZodType
  answer?: z.ZodType<Answer>
}

/** Inside one unit of work, in the organization, on the global tables, or in units of its own. */
type Runs<Asking, Answer> =
  | { inOrganization: (tx: Tx, asked: Asking) => Promise<Answered<Answer>> }
  | { onPlatform: (tx: Tx, asked: Asking) => Promise<Answered<Answer>> }
  | { byItself: (asked: Asking) => Promise<Answered<Answer>> }

export type Operation = Declared & {
  status: 200 | 201 | 204
  query: z.ZodObject
  body: z.ZodType | null
  shownBody: z.ZodType | null
  answer: z.ZodType | null
  runs: Runs<Asked, unknown>
}

const most = 200
const usual = 50

/** A whole number as it stands in an address; more than there may be is as much as there may be. */
const limit = z
  .string()
  .regex(/^[1-9]\d{0,15}$/, `a whole number from 1 to ${most}`)
  .transform((text) => Math.min(Number(text), most))
const partQuery = { limit: limit.optional(), cursor: z.string().max(2000).optional() }

export const partOf = ({ limit: wanted = usual }: { limit?: number }, after: string | null): Part => ({
  limit: wanted,
  after,
})

/** A list as it is answered. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Ask again with this `cursor` for what follows; null at the end'),
  })

/** What a list's run answers: the harness makes the cursor from `next`. */
export const list = <Item>(items: Item[], next: string | null) => ({
  body: { items, next_cursor: null },
  next,
})

/** A part of a list that is short enough to be read whole, in the order of `keyOf`. */
export const part = <Item>(all: readonly Item[], keyOf: (item: Item) => string, { limit: most, after }: Part) => {
  const sorted = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const following = after === null ? sorted : sorted.filter((item) => keyOf(item) > after)
  return pageFrom(following, keyOf, most)
}

/** Cuts what was read, one more than asked for, to what was asked for. */
export const pageFrom = <Item>(read: readonly Item[], keyOf: (item: Item) => string, most: number) => {
  const items = read.slice(0, most)
  const last = items.at(-1)
  return { items, next: read.length > most && last !== undefined ? keyOf(last) : null }
}

/** The names between braces of a path, as a type. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** Declares an operation. */
export const operation = <
  const Path extends string,
  Query = Record<never, never>,
  Body = undefined,
  Answer = undefined,
>(
  declared: Declared & { path: Path } & Schemas<Query, Body, Answer> &
    Runs<Asked<Record<NamesIn<Path>, string>, Query, Body>, Answer>,
): Operation => {
  const { query, body = null, shownBody = body, answer = null, ...rest } = declared
  const own = query instanceof z.ZodObject ? query.shape : {}
  const runs = rest as unknown as Runs<Asked, unknown>
  return {
    ...(rest as Declared),
    status: declared.status ?? (answer === null ? 204 : 200),
    query: z.strictObject({ ...own, ...(declared.isList ? partQuery : {}) }),
    body,
    shownBody,
    answer,
    runs,
  }
}

/** Something of an organization: below its id, or at its address without one. */
export const below = <const Path extends string>(path: Path) =>
  ({ path: `/organizations/{id}${path}`, shortPath: path }) as const

/** The names between braces. */
export const parameterNames = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

export const instant = z.iso.datetime()
export const at = (moment: Date): string => moment.toISOString()
export const atOrNull = (moment: Date | null): string | null => moment && at(moment)
