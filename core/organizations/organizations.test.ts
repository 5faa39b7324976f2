import { type PluginTransformQueryArgs, type PluginTransformResultArgs, sql } from 'kysely'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import { systemActor as by } from '#core/authority'
import { setClockForTests } from '#platform/clock'
import { announce, engine, useEngine, withOrganization, withPlatform } from '#platform/database'
import { isFailure } from '#platform/failure'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import { elsewhere } from '#support/elsewhere'
import type { NewOrganization, Organization } from './contract.ts'
import { addHost, addressOf, create, directory, loadDirectory, resume, suspend } from './index.ts'

freshDatabase()
afterEach(() => setClockForTests(0))

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
    return 'fine'
  } catch (error) {
    if (!isFailure(error)) throw error
    return error.field ? `${error.code} ${error.field}` : error.code
  }
}

const make = (wanted: Partial<NewOrganization>): Promise<Organization> =>
  withPlatform((tx) => create(tx, by, { parentId: null, handle: 'x', name: 'X', ...wanted }))
const change = (fn: typeof suspend, id: string) => withPlatform((tx) => fn(tx, by, id))

/** One tree for all that follows: root, two below it, and one below the first. */
const tree = async () => {
  const root = await make({ handle: 'skyway', name: 'Skyway' })
  const child = await make({ parentId: root.id, handle: 'pacifica', name: 'Pacifica', peopleFrom: 'mixed' })
  const sister = await make({ parentId: root.id, handle: 'sahel', name: 'Sahel', peopleFrom: 'parent' })
  const grandchild = await make({ parentId: child.id, handle: 'lisbon', name: 'Lisbon', peopleFrom: 'mixed' })
  await loadDirectory()
  return { root, child, sister, grandchild }
}
let made: Awaited<ReturnType<typeof tree>> | undefined
const theTree = async () => {
  made ??= await tree()
  return made
}

describe('the tree', () => {
  it('knows who is above whom', async () => {
    const { root, child, grandchild } = await theTree()
    expect(root).toMatchObject({ parentId: null, ancestors: [root.id], status: 'active', version: 1 })
    expect(grandchild.ancestors).toEqual([root.id, child.id, grandchild.id])
    expect(
      directory()
        .chain(grandchild.id)
        .map(({ handle }) => handle),
    ).toEqual(['skyway', 'pacifica', 'lisbon'])
    expect(directory().root().id).toBe(root.id)
    expect(directory().byHandle('lisbon')?.id).toBe(grandchild.id)
    expect(directory().all()).toHaveLength(4)
  })

  it('knows nobody it does not have', async () => {
    await theTree()
    const known = directory()
    expect([
      known.byId('org_x'),
      known.byHandle('nobody'),
      known.byHandle('Lisbon'),
      known.byHandle('__proto__'),
    ]).toEqual([undefined, undefined, undefined, undefined])
    expect([known.chain('org_x'), known.homes('org_x'), known.isSuspended('org_x')]).toEqual([[], [], false])
  })

  it('has one root', async () => {
    await theTree()
    expect(await codeOf(() => make({ handle: 'second' }))).toBe('organizations.root_exists handle')
  })

  it('has a handle once, wherever it is', async () => {
    const { sister } = await theTree()
    expect(await codeOf(() => make({ parentId: sister.id, handle: 'lisbon' }))).toBe(
      'organizations.handle_taken handle',
    )
  })

  it('has a handle once when many ask for it at the same moment', async () => {
    const { root } = await theTree()
    const results = await Promise.all(
      Array.from({ length: 6 }, () => codeOf(() => make({ parentId: root.id, handle: 'wanted' }))),
    )
    expect(results.toSorted()).toEqual(['fine', ...Array(5).fill('organizations.handle_taken handle')])
  })

  it('grows nowhere but below somebody, and only in a proper shape', async () => {
    const { root } = await theTree()
    const parentId = root.id
    expect(await codeOf(() => make({ parentId: 'org_nobody', handle: 'lost' }))).toBe('organizations.not_found')
    expect(await codeOf(() => make({ parentId, handle: 'Bad' }))).toBe('organizations.handle_invalid handle')
    expect(await codeOf(() => make({ parentId, handle: 'www' }))).toBe('organizations.handle_reserved handle')
    expect(await codeOf(() => make({ parentId, name: '<b>' }))).toBe('organizations.name_invalid name')
    expect(await codeOf(() => make({ parentId, locales: [] }))).toBe('organizations.invalid locales')
    expect(await codeOf(() => make({ parentId, locales: ['en', '../x'] }))).toBe('organizations.invalid locales.1')
    const more = { parentId, handle: 'fine', status: 'suspended' } as Partial<NewOrganization>
    expect(await codeOf(() => make(more))).toBe('organizations.invalid')
  })

  it('says where people live: at home, above, or first at home and then above', async () => {
    const { root, child, sister, grandchild } = await theTree()
    const homes = (id: string) => directory().homes(id)
    expect(homes(root.id)).toEqual([root.id])
    expect(homes(child.id)).toEqual([child.id, root.id])
    expect(homes(sister.id)).toEqual([root.id])
    expect(homes(grandchild.id)).toEqual([grandchild.id, child.id, root.id])
  })

  it('leaves a record of every change in the trail of whom it is about', async () => {
    const { grandchild } = await theTree()
    const actions = await withOrganization(grandchild.id, (tx) =>
      tx.sql
        .withTables<{ audit_records: { action: string; target_id: string } }>()
        .selectFrom('audit_records')
        .select(['action', 'target_id'])
        .execute(),
    )
    expect(actions).toEqual([{ action: 'organization.created', target_id: grandchild.id }])
  })
})

describe('a suspension', () => {
  it('covers everything below, and ends when it is taken back', async () => {
    const { root, child, sister, grandchild } = await theTree()
    const dark = () => [root, child, sister, grandchild].map(({ id }) => directory().isSuspended(id))
    expect(dark()).toEqual([false, false, false, false])
    await change(suspend, child.id)
    await vi.waitFor(() => expect(dark()).toEqual([false, true, false, true]), { timeout: 2000 })
    await change(suspend, grandchild.id)
    await change(resume, child.id)
    await vi.waitFor(() => expect(dark()).toEqual([false, false, false, true]), { timeout: 2000 })
    await change(resume, grandchild.id)
    await vi.waitFor(() => expect(dark()).toEqual([false, false, false, false]), { timeout: 2000 })
  })

  it('counts once, and is recorded once', async () => {
    const { sister } = await theTree()
    await change(suspend, sister.id)
    await change(suspend, sister.id)
    await change(resume, sister.id)
    await change(resume, sister.id)
    await loadDirectory()
    expect(directory().byId(sister.id)).toMatchObject({ status: 'active', version: 3 })
  })
})

describe('own domains', () => {
  const add = (id: string, host: string, verified = false) =>
    withPlatform((tx) => addHost(tx, by, id, host, { verified }))

  it('are met only after proof of ownership', async () => {
    const { child } = await theTree()
    await add(child.id, 'unproven.pacifica.example')
    await add(child.id, 'Account.Pacifica.example', true)
    await loadDirectory()
    expect(directory().byHost('unproven.pacifica.example')).toBeUndefined()
    expect(directory().byHost('account.pacifica.example')?.id).toBe(child.id)
    expect(directory().hostsOf(child.id)).toEqual(['account.pacifica.example'])
  })

  it('belong to one organization', async () => {
    const { child, sister } = await theTree()
    await add(child.id, 'once.example', true)
    expect(await codeOf(() => add(sister.id, 'ONCE.example', true))).toBe('organizations.host_taken host')
    expect(await codeOf(() => add('org_nobody', 'other.example'))).toBe('organizations.not_found')
    expect(await codeOf(() => add(child.id, 'pacifica.localhost'))).toBe('organizations.host_reserved host')
  })
})

it('addresses take scheme, host and port from the public origin', () => {
  const organization = { handle: 'alpine' }
  expect(addressOf(organization, { form: 'root' })).toEqual({ origin: 'http://localhost:3000', base: '' })
  expect(addressOf(organization, { form: 'path' })).toEqual({ origin: 'http://localhost:3000', base: '/o/alpine' })
  expect(addressOf(organization, { form: 'name' })).toEqual({ origin: 'http://alpine.localhost:3000', base: '' })
  expect(addressOf(organization, { form: 'domain', host: 'account.alpine.example' })).toEqual({
    origin: 'http://account.alpine.example:3000',
    base: '',
  })
})

describe('the directory', () => {
  const untilKnown = (handle: string) =>
    vi.waitFor(() => expect(directory().byHandle(handle)).toBeDefined(), { timeout: 2000, interval: 20 })

  it('follows what this process does', async () => {
    const { root } = await theTree()
    const { id } = await make({ parentId: root.id, handle: 'newcomer' })
    await untilKnown('newcomer')
    await change(suspend, id)
    await vi.waitFor(() => expect(directory().isSuspended(id)).toBe(true), { timeout: 2000 })
  })

  it('ends up with the last of many quick changes', async () => {
    const { root } = await theTree()
    const { id } = await make({ parentId: root.id, handle: newId('org').slice(4, 20) })
    for (let turn = 0; turn < 10; turn += 1) {
      await change(suspend, id)
      await change(resume, id)
    }
    await vi.waitFor(() => expect(directory().byId(id)?.version).toBe(21), { timeout: 2000 })
    expect(directory().isSuspended(id)).toBe(false)
  })

  it('makes up for a reading that failed', async () => {
    const { root } = await theTree()
    const { id } = await make({ parentId: root.id, handle: 'unlucky' })
    await untilKnown('unlucky')
    const whole = await engine()
    let failures = 0
    const fails = {
      transformQuery: ({ node }: PluginTransformQueryArgs) => {
        if (node.kind === 'SelectQueryNode' && JSON.stringify(node).includes('organization_hosts')) {
          failures += 1
          if (failures <= 2) throw new Error('on purpose')
        }
        return node
      },
      transformResult: async ({ result }: PluginTransformResultArgs) => result,
    }
    useEngine({ ...whole, sql: whole.sql.withPlugin(fails) })
    try {
      await withPlatform(async (tx) => {
        await sql`update organizations set status = 'suspended' where id = ${id}`.execute(tx.sql)
        await announce(tx, 'organizations', id)
      })
      await vi.waitFor(() => expect(directory().isSuspended(id)).toBe(true), { timeout: 4000 })
      expect(failures).toBe(3)
    } finally {
      useEngine(whole)
    }
  })

  // The embedded database has one process.
  if (inject('postgres')) {
    it('follows another process within two seconds', async () => {
      const { root } = await theTree()
      const [id = ''] = await elsewhere(`
        import { systemActor } from '#core/authority'
        import { addHost, create } from '#core/organizations'
        import { closeDatabase, withPlatform } from '#platform/database'
        const wanted = { parentId: '${root.id}', handle: 'elsewhere', name: 'Elsewhere' }
        const { id } = await withPlatform((tx) => create(tx, systemActor, wanted))
        await withPlatform((tx) => addHost(tx, systemActor, id, 'account.elsewhere.example', { verified: true }))
        console.log(id)
        await closeDatabase()`)
      await untilKnown('elsewhere')
      await vi.waitFor(() => expect(directory().byHost('account.elsewhere.example')?.id).toBe(id), { timeout: 2000 })
      await elsewhere(`
        import { systemActor } from '#core/authority'
        import { suspend } from '#core/organizations'
        import { closeDatabase, withPlatform } from '#platform/database'
        await withPlatform((tx) => suspend(tx, systemActor, '${id}'))
        await closeDatabase()`)
      await vi.waitFor(() => expect(directory().isSuspended(id)).toBe(true), { timeout: 2000 })
    })
  }
})
