// Every operation, asked by everybody about everything. web/operations/matrix.ts says what is expected.

import { beforeAll, describe, expect, it, vi } from 'vitest'
import { permissions as allPermissions, builtInRoles, type ConsolePermission } from '#core/authority/contract'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import { type Answer, buildTree, call, expiredTokenAt, type Tree, tokenAt } from '#support/rest'
import { type Sample, sampleOf, samples } from '#support/rest-samples'
import { type Operation, operations } from '#web/operations'
import {
  type CallerName,
  callers,
  expected,
  type Position,
  reached,
  type Target,
  targets,
} from '#web/operations/matrix'
import { parameterNames } from '#web/operations/operation'

vi.mock('#platform/dns', () => ({
  lookUpTxt: async () => [{ resolver: '192.0.2.53', values: [], error: 'ENOTFOUND' }],
}))

freshDatabase()
let tree: Tree
const tokens = new Map<CallerName, string | undefined>()
beforeAll(async () => {
  tree = await buildTree()
  for (const [name, caller] of Object.entries(callers)) {
    tokens.set(name as CallerName, caller === null ? undefined : await tokenOf(caller))
  }
}, 60_000)

const tokenOf = async ({ at, role, ...more }: NonNullable<(typeof callers)[CallerName]>): Promise<string> => {
  const wanted = { role, scopes: 'scopes' in more ? [] : builtInRoles[role] }
  return 'expired' in more ? expiredTokenAt(tree[at], wanted) : (await tokenAt(tree[at], wanted)).text
}

/** Sends a sample, about an organization that is perhaps not the one that it was made for. */
const send = (operation: Operation, sample: Sample, id: string, token: string | undefined): Promise<Answer> => {
  const { params = {}, query = {}, body, version } = sample
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? id : (params[name] ?? '')))
  const search = new URLSearchParams(query).toString()
  return call(operation.method.toUpperCase(), search === '' ? path : `${path}?${search}`, {
    token,
    body,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  })
}

/** The same sample for something that is not there: ids of the place it was made for become random ones. */
const elsewhere = (sample: Sample, from: string, to: string): Sample =>
  JSON.parse(JSON.stringify(sample).replaceAll(from, to)) as Sample

const wanted = (operation: Operation, sample: Sample, caller: CallerName, target: Target) => {
  const outcome = expected(operation, caller, target)
  if (outcome === 'done') return sample.done ?? { status: operation.status, code: undefined }
  if (outcome === 'unknown') return { status: 404, code: 'organizations.not_found' }
  return { status: outcome === 'authority.denied' ? 403 : 401, code: outcome }
}

/** A refusal without what differs from request to request. */
const plain = ({ json }: Answer) => ({ ...json, instance: undefined, trace_id: undefined })

const names = (positions: readonly string[]) => positions.flatMap((one) => [`The ${one}`, `the-${one}`])

/** Names of organizations that a caller may not know of. */
const hidden = (name: CallerName): string[] => {
  const caller: { at: Position; scopes?: 'none' } | null = callers[name]
  if (caller === null) return names(targets)
  // Everybody may know who they are themselves.
  const known: readonly string[] = caller.scopes === 'none' ? [caller.at] : reached[caller.at]
  return names(targets.filter((target) => !known.includes(target)))
}

it('every operation has a sample, a summary, a declared answer and a right', () => {
  expect(Object.keys(samples).sort()).toEqual(operations.map(({ id }) => id).sort())
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
  for (const { id, summary, can, answer, status, method, path, shortPath } of operations) {
    expect(summary, id).toMatch(/^\p{Lu}.*[^.]$/u)
    expect(can === 'self' || can === 'anybody' || Object.hasOwn(allPermissions, can), id).toBe(true)
    expect(answer === null, id).toBe(status === 204)
    expect(path, id).toMatch(/^(?:\/(?:[a-z-]+|\{[a-z]+\}))+$/)
    if (shortPath !== undefined) expect(path, id).toBe(`/organizations/{id}${shortPath}`)
    if (method === 'get') expect(status, id).toBe(200)
  }
})

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  it.each(targets)('about the %s organization', async (target) => {
    const known = target === 'random' ? tree.own : tree[target]
    let sample = await sampleOf(operation, known)
    const strangers: Answer[] = []
    for (const caller of Object.keys(callers) as CallerName[]) {
      const id = target === 'random' ? newId('org') : known
      const sent = target === 'random' ? elsewhere(sample, known, id) : sample
      const answer = await send(operation, sent, id, tokens.get(caller))
      const { status, code } = wanted(operation, sample, caller, target)
      expect({ caller, status: answer.status, code: answer.json.code }).toEqual({ caller, status, code })
      if (status === 404) strangers.push(answer)
      for (const word of hidden(caller)) expect(answer.text).not.toContain(word)
      if (expected(operation, caller, target) === 'done' && operation.method !== 'get') {
        await sample.undo?.()
        sample = await sampleOf(operation, known)
      }
    }
    // What one may not know of is told from what does not exist by nothing at all.
    const random = newId('org')
    const nothing = await send(operation, elsewhere(sample, known, random), random, tokens.get('owner of the sibling'))
    for (const answer of strangers) expect(plain(answer)).toEqual(plain(nothing))
  })
})

/** Where it is tried by whoever holds something at `own` and below: the ground one stands on is another matter. */
const tried = ({ id }: Operation): string =>
  /^organizations\.(?:suspend|resume|delete|preview-removal|move)$/.test(id) ? tree.child : tree.own
const everything = Object.keys(allPermissions) as ConsolePermission[]

describe('the right that an operation declares is the one that is decided', () => {
  const ruled = operations.filter(({ can }) => can !== 'self' && can !== 'anybody')
  it.each(ruled.map((operation) => [operation.id, operation] as const))('%s', async (_, operation) => {
    const id = tried(operation)
    const needed = [operation.can as ConsolePermission, ...((operation.also ?? []) as ConsolePermission[])]
    for (const missing of needed) {
      const permissions = everything.filter((permission) => permission !== missing)
      const { text } = await tokenAt(tree.own, { permissions })
      const refused = await send(operation, await sampleOf(operation, id), id, text)
      expect(refused.json).toMatchObject({ status: 403, code: 'authority.denied', permission: missing })
      expect(refused.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${missing}"`)
    }
    const { text } = await tokenAt(tree.own, { permissions: needed })
    const sample = await sampleOf(operation, id)
    const done = await send(operation, sample, id, text)
    expect({ status: done.status, code: done.json.code }).toEqual(
      sample.done ?? { status: operation.status, code: undefined },
    )
    await sample.undo?.()
  })
})

describe('a token with a single scope', () => {
  const single = new Map<ConsolePermission, string>()
  beforeAll(async () => {
    for (const permission of everything) {
      // The account may do everything; the token of it may not.
      single.set(permission, (await tokenAt(tree.own, { role: 'owner', scopes: [permission] })).text)
    }
  }, 60_000)

  it.each(operations.map((operation) => [operation.id, operation] as const))('at %s', async (_, operation) => {
    const id = tried(operation)
    const sample = await sampleOf(operation, id)
    for (const permission of everything.filter((one) => one !== operation.can)) {
      const { status, json } = await send(operation, sample, id, single.get(permission))
      const isFree = operation.can === 'self'
      expect({ permission, status, code: json.code }).toEqual({
        permission,
        status: isFree ? (sample.done?.status ?? operation.status) : 403,
        code: isFree ? sample.done?.code : 'authority.denied',
      })
    }
  })
})

describe('an id of another organization is the id of nothing here', () => {
  // Flows go by the same five names everywhere, and their versions by numbers.
  const isId = (name: string) => name !== 'flow' && name !== 'version'
  const named = operations.filter(({ path }) => parameterNames(path).filter(isId).length > 1)
  it.each(named.map((operation) => [operation.id, operation] as const))('%s', async (_, operation) => {
    const owner = tokens.get('owner of the root')
    const theirs = await sampleOf(operation, tree.sibling)
    const answer = await send(operation, theirs, tree.own, owner)
    if (operation.id === 'groups.remove-member') expect(answer.json.code).toBe('access.group_unknown')
    expect(answer.status).toBe(404)
    expect(answer.json.code).not.toBe('organizations.not_found')
    // It is still there, and as it was.
    const again = await send(operation, theirs, tree.sibling, owner)
    expect(again.status).toBe(operation.status)
  })
})
