import { beforeAll, describe, expect, it } from 'vitest'
import { createRole, give } from '#core/access'
import { systemActor } from '#core/authority'
import type { Actor, Permission } from '#core/authority/contract'
import { type Tx, withOrganization } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import { acting, member } from '#support/staff'
import {
  accountNames,
  accountPage,
  authenticate,
  createAccount,
  createToken,
  revokeToken,
  scopesToGive,
} from './index.ts'

freshDatabase()
let world: World
let owner: Actor
beforeAll(async () => {
  world = await buildWorld()
  owner = await acting(world.own, await member({ home: world.own, role: 'owner', reach: 'subtree' }))
}, 60_000)
const inOwn = <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(world.own, fn)

const made = async (name: string) => {
  const { id } = await inOwn((tx) => createAccount(tx, systemActor, { name }))
  return { id, subject: { kind: 'service', homeId: world.own, id } as const }
}
const tokenFor = (id: string, scopes: Permission[] = []) =>
  inOwn((tx) => createToken(tx, systemActor, id, { name: 'Test', scopes }))

describe('a page of programs', () => {
  it('says how many tokens are good, and when one was used last', async () => {
    const used = await made('Backup')
    await made('Idle')
    const { text } = await tokenFor(used.id)
    const lost = await tokenFor(used.id)
    await inOwn((tx) => revokeToken(tx, systemActor, used.id, lost.token.id))
    expect(await authenticate(text)).not.toBeNull()
    const first = await inOwn((tx) => accountPage(tx, owner, { limit: 1 }))
    expect(first.accounts).toMatchObject([{ name: 'Backup', tokens: 1, lastUsedAt: expect.any(Date) }])
    const rest = await inOwn((tx) => accountPage(tx, owner, { limit: 1, after: first.next }))
    expect(rest).toMatchObject({ accounts: [{ name: 'Idle', tokens: 0, lastUsedAt: null }], next: null })
    const found = await inOwn((tx) => accountPage(tx, owner, { search: 'BACK', limit: 5 }))
    expect(found.accounts.map(({ id }) => id)).toEqual([used.id])
    expect(await inOwn((tx) => accountNames(tx, [used.id, 'sva_unknown']))).toEqual(new Map([[used.id, 'Backup']]))
  })
})

describe('what a token may be good for', () => {
  it('is what both the program and whoever makes it hold', async () => {
    const { id, subject } = await made('Narrow')
    expect(await inOwn((tx) => scopesToGive(tx, owner, id))).toEqual([])
    await inOwn((tx) => give(tx, systemActor, subject, { role: 'auditor' }))
    expect(await inOwn((tx) => scopesToGive(tx, owner, id))).toEqual([
      'audit.read',
      'flow.read',
      'organization.read',
      'people.read',
      'usage.read',
    ])
    const key = await inOwn((tx) =>
      createRole(tx, systemActor, { key: 'tokens', name: 'Tokens', permissions: ['token.manage', 'people.read'] }),
    )
    const clerk = await acting(world.own, await member({ home: world.own, role: key.id }))
    expect(await inOwn((tx) => scopesToGive(tx, clerk, id))).toEqual(['people.read'])
    // The program holds it further than the clerk does: it could not be handed on.
    await inOwn((tx) => give(tx, systemActor, subject, { role: 'auditor', reach: 'subtree' }))
    expect(await inOwn((tx) => scopesToGive(tx, clerk, id))).toEqual([])
  })
})

it('whoever does not look after programs sees none of this', async () => {
  const { id } = await made('Hidden')
  const eve = await acting(world.own, await member({ home: world.own, role: 'people-manager' }))
  const stranger = await acting(world.mixed, await member({ home: world.mixed, role: 'owner', reach: 'subtree' }))
  for (const [by, code] of [
    [eve, 'authority.denied'],
    [stranger, 'authority.unknown'],
  ] as const) {
    await expect(inOwn((tx) => accountPage(tx, by, { limit: 1 }))).rejects.toThrow(code)
    await expect(inOwn((tx) => scopesToGive(tx, by, id))).rejects.toThrow(code)
  }
})
