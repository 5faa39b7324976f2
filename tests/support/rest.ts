// For tests of the REST interface: a small tree, programs that hold something in it, and requests without a socket.

import { createRole } from '#core/access'
import { systemActor as by } from '#core/authority'
import { builtInRoles, type Permission, type Reach } from '#core/authority/contract'
import { below, create, directory, loadDirectory, suspend } from '#core/organizations'
import type { Organization } from '#core/organizations/contract'
import { builtInTexts } from '#core/texts'
import { createAccount, createToken, giveRole } from '#core/tokens'
import { setClockForTests } from '#platform/clock'
import { withOrganization, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import type { Position } from '#web/operations/matrix'
import { rest } from '../../server/rest/app.ts'
import type { Place } from '../../server/rest/place.ts'

export type Tree = Record<Position, string>

const shape: [Position, Position | null][] = [
  ['root', null],
  ['parent', 'root'],
  ['own', 'parent'],
  ['child', 'own'],
  ['suspended', 'own'],
  ['sibling', 'parent'],
]

/** The tree of web/operations/matrix.ts; ids by position. */
export const buildTree = async (): Promise<Tree> => {
  const tree: Partial<Tree> = {}
  for (const [position, above] of shape) {
    const parentId = above === null ? null : (tree[above] ?? fail('test.no_parent'))
    const made = await withPlatform((tx) =>
      create(tx, by, { parentId, handle: `the-${position}`, name: `The ${position}`, locales: ['en', 'de'] }),
    )
    tree[position] = made.id
    await loadDirectory()
  }
  const complete = tree as Tree
  await withPlatform((tx) => suspend(tx, by, complete.suspended))
  await loadDirectory()
  return complete
}

let count = 0
const next = () => {
  count += 1
  return count
}

type Wanted = { role?: string; permissions?: readonly Permission[]; scopes?: readonly Permission[]; reach?: Reach }

/** The text of a token at an organization: of a role, or of permissions that a role of its own gathers. */
export const tokenAt = (organizationId: string, { role, permissions = [], scopes, reach = 'subtree' }: Wanted) =>
  withOrganization(organizationId, async (tx) => {
    const account = await createAccount(tx, by, { name: `Program ${next()}` })
    const own =
      role === undefined && permissions.length > 0
        ? await createRole(tx, by, { key: `own-${next()}`, name: 'Own', permissions: [...permissions] })
        : null
    const given = role ?? own?.id
    if (given !== undefined) await giveRole(tx, by, account.id, { role: given, reach })
    const wanted = [...(scopes ?? permissions)]
    const { text, token } = await createToken(tx, by, account.id, { name: 'Test', scopes: wanted })
    return { text, tokenId: token.id, accountId: account.id }
  })

/** A token that was made so long ago that it is over. */
export const expiredTokenAt = async (organizationId: string, wanted: Wanted): Promise<string> => {
  setClockForTests(-100 * 24 * 60 * 60 * 1000)
  try {
    return (await tokenAt(organizationId, wanted)).text
  } finally {
    setClockForTests(0)
  }
}

export type Call = {
  token?: string | undefined
  body?: unknown
  /** Bytes as they are, instead of a body. */
  raw?: string | Uint8Array
  headers?: Record<string, string>
  /** Where it is met; the root unless told. */
  at?: Organization
  locale?: string
  address?: string
}

export type Answer = {
  status: number
  headers: Headers
  text: string
  // What a program would read out of it.
  json: Record<string, unknown> & { code?: string; id?: string; items?: Record<string, unknown>[] }
}

let callers = 0
/** Every call from an address of its own, unless one is given: a test that asks thousands of times is no flood. */
const newAddress = (): string => {
  callers += 1
  return `198.18.${Math.floor(callers / 250) % 250}.${callers % 250}`
}

const placeAt = (organization: Organization, { address = newAddress(), locale = 'en' }: Call): Place => ({
  organization,
  origin: 'http://localhost:3000',
  base: organization.parentId === null ? '' : `/o/${organization.handle}`,
  address,
  requestId: newId('req'),
  userAgent: 'test',
  texts: builtInTexts(locale),
})

const isJson = (type: string | null) => /json/.test(type ?? '')

/** Sends a request to the interface, below `/api/v1`. */
export const call = async (method: string, path: string, options: Call = {}): Promise<Answer> => {
  const { token, body, raw, headers = {}, at = directory().root() } = options
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await rest().request(
    `/api/v1${path}`,
    {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent as BodyInit }),
    },
    placeAt(at, options),
  )
  const text = await response.text()
  const json = text !== '' && isJson(response.headers.get('content-type')) ? JSON.parse(text) : {}
  return { status: response.status, headers: response.headers, text, json }
}

/** Tokens of owners, who do everything from where they are down. */
export const ownersOf = async (tree: Tree): Promise<Record<'root' | 'own' | 'sibling', string>> => {
  const at = async (id: string) => (await tokenAt(id, { role: 'owner', scopes: builtInRoles.owner })).text
  return { root: await at(tree.root), own: await at(tree.own), sibling: await at(tree.sibling) }
}

/** A handle that nobody has. */
export const fresh = (word = 'made'): string => `${word}-${next()}`

/** How many organizations there are below one. */
export const countBelow = (id: string): Promise<number> => withPlatform((tx) => below(tx, by, id))
