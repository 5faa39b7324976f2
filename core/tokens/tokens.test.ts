import { beforeAll, describe, expect, it } from 'vitest'
import { createRole, give, takeBack } from '#core/access'
import { systemActor } from '#core/authority'
import { type Actor, builtInRoles, type Permission, type Reach } from '#core/authority/contract'
import { resume, suspend } from '#core/organizations'
import { days, fromNow, minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { buildWorld, type World } from '#support/engine'
import type { ServiceAccount } from './contract.ts'
import {
  authenticate,
  createAccount,
  createToken,
  findAccount,
  giveRole,
  listAccounts,
  listTokens,
  removeAccount,
  resumeAccount,
  revokeToken,
  suspendAccount,
  tidy,
  updateAccount,
} from './index.ts'

freshDatabase()
let world: World
let count = 0
beforeAll(async () => {
  world = await buildWorld()
}, 60_000)

const inOwn = <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(world.own, fn)

const accountWith = async (role: string | null, at = world.own, reach: Reach = 'subtree'): Promise<ServiceAccount> => {
  count += 1
  return withOrganization(at, async (tx) => {
    const account = await createAccount(tx, systemActor, { name: `Program ${count}` })
    if (role) await giveRole(tx, systemActor, account.id, { role, reach })
    return account
  })
}
const tokenOf = (
  account: ServiceAccount,
  scopes: readonly Permission[],
  at = world.own,
  expiresAt: Date | null = null,
) =>
  withOrganization(at, (tx) =>
    createToken(tx, systemActor, account.id, { name: 'Test', scopes: [...scopes], expiresAt }),
  )
const acting = async (role: string, scopes: readonly Permission[], reach: Reach = 'subtree'): Promise<Actor> => {
  const { text } = await tokenOf(await accountWith(role, world.own, reach), scopes)
  return (await authenticate(text)) as Actor
}
const holder = (permissions: readonly Permission[], reach: Reach = 'subtree'): Actor => ({
  kind: 'person',
  homeId: world.own,
  personId: 'per_x',
  grants: permissions.map((permission) => ({ permission, organizationId: world.own, reach })),
})

describe('a token', () => {
  it('says whose it is, and is kept as a hash alone', async () => {
    const { token, text } = await tokenOf(await accountWith('auditor'), ['audit.read'])
    expect(text).toMatch(new RegExp(`^livery_${world.own.slice(4)}_[A-Za-z0-9_-]{43}$`))
    const listed = await inOwn((tx) => listTokens(tx, systemActor, token.accountId))
    expect(JSON.stringify(listed)).not.toContain(text.slice(-43))
    expect(listed[0]).toMatchObject({ id: token.id, scopes: ['audit.read'], lastUsedAt: null })
    expect((token.expiresAt.getTime() - Date.now()) / days(1)).toBeCloseTo(90, 1)
    type Tokens = { api_tokens: { org_id: string; id: string; secret_hash: Buffer } }
    const row = await inOwn((tx) =>
      tx.sql.withTables<Tokens>().selectFrom('api_tokens').selectAll().where('id', '=', token.id).executeTakeFirst(),
    )
    expect(row?.secret_hash).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(text.slice(-43))
  })

  it('makes an actor that holds what the account holds, narrowed to its scopes', async () => {
    const account = await accountWith('auditor', world.own, 'organization')
    const { text } = await tokenOf(account, ['audit.read'])
    expect(await authenticate(text, { address: '192.0.2.1' })).toEqual({
      kind: 'service',
      homeId: world.own,
      personId: account.id,
      address: '192.0.2.1',
      grants: [{ permission: 'audit.read', organizationId: world.own, reach: 'organization' }],
    })
    // What the account is given later is not among the scopes; what it loses is lost at once.
    const grant = await inOwn((tx) => giveRole(tx, systemActor, account.id, { role: 'owner', reach: 'organization' }))
    expect((await authenticate(text))?.grants.every(({ permission }) => permission === 'audit.read')).toBe(true)
    await inOwn((tx) => takeBack(tx, systemActor, grant.id))
    const nothing = await tokenOf(account, [])
    expect((await authenticate(nothing.text))?.grants).toEqual([])
  })

  it('is good for nothing that the account or its maker does not hold', async () => {
    const account = await accountWith('auditor')
    await expect(tokenOf(account, ['people.delete'])).rejects.toThrow('tokens.scope_not_held')
    const make = (by: Actor, scopes: Permission[]) =>
      inOwn((tx) => createToken(tx, by, account.id, { name: 'x', scopes }))
    await expect(make(holder(['token.manage']), ['audit.read'])).rejects.toThrow('authority.exceeds_own')
    await expect(make(holder(['token.manage', 'audit.read'], 'organization'), ['audit.read'])).rejects.toThrow(
      'authority.exceeds_own',
    )
    await make(holder(['token.manage', 'audit.read']), ['audit.read'])
    await expect(make(holder(['audit.read']), ['audit.read'])).rejects.toThrow('authority.denied')
    await expect(make({ kind: 'visitor', grants: [] }, [])).rejects.toThrow('authority.unknown')
  })

  it('ends when it is revoked, over, or its account or organization is suspended', async () => {
    const account = await accountWith('auditor')
    const { text, token } = await tokenOf(account, ['audit.read'], world.own, fromNow(minutes(5)))
    expect(await authenticate(text)).not.toBeNull()
    setClockForTests(minutes(6))
    expect(await authenticate(text)).toBeNull()
    setClockForTests(0)
    await inOwn((tx) => suspendAccount(tx, systemActor, account.id))
    expect(await authenticate(text)).toBeNull()
    await expect(tokenOf(account, [])).rejects.toThrow('tokens.account_suspended')
    await inOwn((tx) => resumeAccount(tx, systemActor, account.id))
    await withPlatform((tx) => suspend(tx, systemActor, world.own))
    await expect.poll(() => authenticate(text), { timeout: 2000 }).toBeNull()
    await withPlatform((tx) => resume(tx, systemActor, world.own))
    await expect.poll(() => authenticate(text), { timeout: 2000 }).not.toBeNull()
    await inOwn((tx) => revokeToken(tx, systemActor, account.id, token.id))
    expect(await authenticate(text)).toBeNull()
    expect(await inOwn((tx) => listTokens(tx, systemActor, account.id))).toMatchObject([{ id: token.id }])
  })

  it('lasts no longer than 400 days, and not since yesterday', async () => {
    const account = await accountWith('auditor')
    for (const expiresAt of [fromNow(days(401)), fromNow(-days(1))]) {
      await expect(tokenOf(account, [], world.own, expiresAt)).rejects.toThrow('tokens.expiry_invalid')
    }
    await tokenOf(account, [], world.own, fromNow(days(399)))
  })

  it.each([
    ['nothing', () => ''],
    ['something else', () => 'livery_x_y'],
    ['another organization’s name', (text: string) => text.replace(world.own.slice(4), world.mixed.slice(4))],
    ['one character changed', (text: string) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`],
    ['an organization that is not there', (text: string) => text.replace(world.own.slice(4), `0${'z'.repeat(25)}`)],
    ['more behind it', (text: string) => `${text}A`],
  ])('is worth nothing as %s', async (_, spoil) => {
    const { text } = await tokenOf(await accountWith('auditor'), [])
    expect(await authenticate(text)).not.toBeNull()
    expect(await authenticate(spoil(text))).toBeNull()
  })

  it('remembers when it was last used, once a minute', async () => {
    const account = await accountWith('auditor')
    const { text } = await tokenOf(account, [])
    const lastUsed = async () => (await inOwn((tx) => listTokens(tx, systemActor, account.id)))[0]?.lastUsedAt
    await authenticate(text)
    const first = await lastUsed()
    expect(first).toBeInstanceOf(Date)
    setClockForTests(30_000)
    await authenticate(text)
    expect(await lastUsed()).toEqual(first)
    setClockForTests(61_000)
    await authenticate(text)
    expect((await lastUsed())?.getTime()).toBeGreaterThan(first?.getTime() ?? 0)
    setClockForTests(0)
  })

  it('is forgotten three months after it ended', async () => {
    const account = await accountWith('auditor')
    await tokenOf(account, [], world.own, fromNow(minutes(1)))
    setClockForTests(days(89))
    await inOwn(tidy)
    expect(await inOwn((tx) => listTokens(tx, systemActor, account.id))).toHaveLength(1)
    setClockForTests(days(91))
    await inOwn(tidy)
    expect(await inOwn((tx) => listTokens(tx, systemActor, account.id))).toHaveLength(0)
    setClockForTests(0)
  })

  it('of the root reaches down, and one of an organization neither up nor beside', async () => {
    const above = await accountWith('owner', world.root)
    const { text } = await tokenOf(above, ['role.manage'], world.root)
    const root = (await authenticate(text)) as Actor
    const role = { key: 'own-role', name: 'Own', permissions: ['role.manage' as const] }
    await withOrganization(world.own, (tx) => createRole(tx, root, role))
    const own = await acting('owner', ['role.manage'])
    for (const at of [world.root, world.mixed]) {
      await expect(withOrganization(at, (tx) => createRole(tx, own, role))).rejects.toThrow('authority.unknown')
    }
  })
})

describe('a service account', () => {
  it('is looked after by nobody who holds less', async () => {
    const mighty = await accountWith('owner')
    const administrator = holder(builtInRoles.administrator)
    for (const act of [suspendAccount, resumeAccount, removeAccount]) {
      await expect(inOwn<unknown>((tx) => act(tx, administrator, mighty.id))).rejects.toThrow('authority.exceeds_own')
    }
    await expect(inOwn((tx) => giveRole(tx, administrator, mighty.id, { role: 'owner' }))).rejects.toThrow(
      'authority.exceeds_own',
    )
    // Revoking is what one does in a hurry.
    const { token } = await tokenOf(mighty, ['organization.delete'])
    await inOwn((tx) => revokeToken(tx, administrator, mighty.id, token.id))
  })

  it('has a name of its own, and is changed only as it was seen', async () => {
    const one = await accountWith(null)
    const other = await accountWith(null)
    await expect(inOwn((tx) => createAccount(tx, systemActor, { name: one.name }))).rejects.toThrow('name_taken')
    await expect(inOwn((tx) => updateAccount(tx, systemActor, other.id, { name: one.name }, 1))).rejects.toThrow(
      'name_taken',
    )
    const after = await inOwn((tx) => updateAccount(tx, systemActor, one.id, { description: 'Nightly' }, 1))
    expect(after).toMatchObject({ name: one.name, description: 'Nightly', version: 2 })
    await expect(inOwn((tx) => updateAccount(tx, systemActor, one.id, { name: 'x' }, 1))).rejects.toThrow(
      'tokens.changed_elsewhere',
    )
    await expect(inOwn((tx) => removeAccount(tx, systemActor, one.id, 1))).rejects.toThrow('changed_elsewhere')
    await inOwn((tx) => removeAccount(tx, systemActor, one.id, 2))
    await expect(inOwn((tx) => findAccount(tx, systemActor, one.id))).rejects.toThrow('tokens.account_unknown')
  })

  it('that is removed takes its tokens and grants along', async () => {
    const account = await accountWith('auditor')
    const { text } = await tokenOf(account, ['audit.read'])
    await inOwn((tx) => removeAccount(tx, systemActor, account.id))
    expect(await authenticate(text)).toBeNull()
    type Grants = { grants: { org_id: string; subject_id: string } }
    const left = await inOwn((tx) =>
      tx.sql.withTables<Grants>().selectFrom('grants').selectAll().where('subject_id', '=', account.id).execute(),
    )
    expect(left).toEqual([])
  })

  it('is seen in its own organization alone', async () => {
    const account = await accountWith('auditor')
    expect((await inOwn((tx) => listAccounts(tx, systemActor))).map(({ id }) => id)).toContain(account.id)
    const elsewhere = <T>(fn: (tx: Tx) => Promise<T>) => withOrganization(world.mixed, fn)
    expect((await elsewhere((tx) => listAccounts(tx, systemActor))).map(({ id }) => id)).not.toContain(account.id)
    for (const act of [findAccount, suspendAccount, removeAccount, listTokens]) {
      await expect(elsewhere<unknown>((tx) => act(tx, systemActor, account.id))).rejects.toThrow('account_unknown')
    }
    await expect(elsewhere((tx) => giveRole(tx, systemActor, account.id, { role: 'auditor' }))).rejects.toThrow(
      'account_unknown',
    )
  })

  it('asks for token.manage, each time', async () => {
    const account = await accountWith(null)
    const by = holder(['organization.read', 'role.assign'])
    const acts: ((tx: Tx) => unknown)[] = [
      (tx) => listAccounts(tx, by),
      (tx) => findAccount(tx, by, account.id),
      (tx) => createAccount(tx, by, { name: 'x' }),
      (tx) => updateAccount(tx, by, account.id, { name: 'x' }, 1),
      (tx) => suspendAccount(tx, by, account.id),
      (tx) => resumeAccount(tx, by, account.id),
      (tx) => removeAccount(tx, by, account.id),
      (tx) => createToken(tx, by, account.id, { name: 'x', scopes: [] }),
      (tx) => listTokens(tx, by, account.id),
      (tx) => revokeToken(tx, by, account.id, 'tok_x'),
    ]
    for (const act of acts) await expect(inOwn(async (tx) => act(tx))).rejects.toThrow('authority.denied')
  })
})

it('a grant is for somebody who is there', async () => {
  const subject = { kind: 'person', homeId: world.own, id: 'per_nobody' } as const
  await expect(inOwn((tx) => give(tx, systemActor, subject, { role: 'auditor' }))).rejects.toThrow('person.unknown')
})
