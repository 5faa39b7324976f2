import { CompiledQuery } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { addToGroup, createGroup, createRole, give } from '#core/access'
import { record, setRetention, verify } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { belongings as documents, publish } from '#core/documents'
import { invite } from '#core/invitations'
import { signIn } from '#core/login'
import { keepNote } from '#core/notes'
import { addDomain, addHost, create, directory, loadDirectory } from '#core/organizations'
import { add } from '#core/outbox'
import { elsewhereOf, find, findMembership, list } from '#core/people'
import { ask as askForHelp } from '#core/recovery'
import { createAccount, createToken } from '#core/tokens'
import { countToday } from '#core/usage'
import { minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { freshDatabase } from '#support/database'
import { at, person } from '#support/engine'
import { giveFactors } from '#support/factors'
import { beKnown } from '#support/known'
import { acting, member, signedIn, trailOf } from '#support/staff'
import { kept, withTheRow } from './contract.ts'
import { erasedTables, finishRemoval, finishRemovals, preview, remove } from './index.ts'

freshDatabase()
let root: string
let beside: string
let doomed: string
let count = 0
let fills = 0

const make = async (parentId: string | null): Promise<string> => {
  count += 1
  const wanted = { parentId, handle: `org-${count}`, name: `Organization ${count}`, peopleFrom: 'mixed' as const }
  const { id } = await withPlatform((tx) => create(tx, by, wanted))
  await loadDirectory()
  return id
}

/** Tables with a column that names an organization, and which. */
const catalogue = async (): Promise<[string, string][]> =>
  withPlatform(async (tx) => {
    const { rows } = await tx.sql.executeQuery<{ table: string; column: string }>(
      CompiledQuery.raw(`
        select c.table_name as table, c.column_name as column from information_schema.columns c
        where c.table_schema = 'public' and c.column_name in ('org_id', 'organization_id')
          and not (c.table_name in ('person_organizations', 'business_requests') and c.column_name = 'organization_id')
        order by 1`),
    )
    return rows.map(({ table, column }) => [table, column])
  })

/** How many rows of an organization each table has. */
const rowsOf = async (id: string): Promise<Record<string, number>> => {
  const tables = await catalogue()
  return withOrganization(id, async (tx) => {
    const found: Record<string, number> = {}
    for (const [table, column] of tables) {
      const { rows } = await tx.sql.executeQuery<{ count: number }>(
        CompiledQuery.raw(`select count(*)::int as count from ${table} where ${column} = $1`, [id]),
      )
      found[table] = rows[0]?.count ?? 0
    }
    return found
  })
}

const plant = (tx: Tx, statement: string, values: string[]) => tx.sql.executeQuery(CompiledQuery.raw(statement, values))

/** Something in every table, through the doors where there is one. */
const fill = async (id: string): Promise<void> => {
  fills += 1
  const olga = await member({ home: id, role: 'owner' })
  const made = await person({ email: `own${fills}@filled.example`, home: id, totp: true })
  await signedIn(id, { homeId: id, personId: made.id })
  await withPlatform(async (tx) => {
    await addHost(tx, by, id, `host${fills}.example`, { verified: true })
    await addDomain(tx, by, id, `domain${fills}.example`, null)
    await plant(
      tx,
      `insert into mailbox (id, org_id, message_id, recipient, sender, subject, html, text, headers, template)
       values ($1, $2, $1, 'a', 'b', 'c', 'd', 'e', '{}', 'f')`,
      [`mai_${fills}`, id],
    )
    await plant(tx, `insert into organization_handles (handle, organization_id) values ($1, $2)`, [`was-${fills}`, id])
  })
  await withOrganization(id, async (tx) => {
    await createRole(tx, by, { key: 'own-role', name: 'Own', permissions: ['people.read'] })
    await addToGroup(tx, by, (await createGroup(tx, by, { name: 'Group' })).id, olga.ref)
    await createToken(tx, by, (await createAccount(tx, by, { name: 'Program' })).id, { name: 'Token', scopes: [] })
    await publish(tx, by, 'theme', 'theme', {})
    await add(tx, 'email.welcome', { organizationId: id })
    await countToday(tx)
    await keepNote(tx, olga.id, 'a note')
    await giveFactors(tx, olga.id)
    await beKnown(tx, olga.ref)
    await setRetention(tx, by, [id], 730)
    await plant(
      tx,
      `insert into business_requests (org_id, id, name, handle, email, given_name, family_name, locale, created_at)
       values ($1, $2, 'Glacier', $2, $2, 'Noa', 'Berg', 'en', now())`,
      [id, `brq_${fills}`],
    )
  })
  await askForHelp(at(id), { homeId: id, personId: made.id }, { reason: 'Lost it' })
  await invite(id, by, { emails: [`guest${fills}@else.example`], kind: 'staff' })
  await signIn(at(id), null, { username: 'nobody@filled.example', password: 'wrong wrong wrong' })
}

beforeAll(async () => {
  root = await make(null)
  beside = await make(root)
}, 60_000)
beforeEach(async () => {
  doomed = await make(root)
})
afterEach(() => setClockForTests(0))

const removed = async (id: string, actor = by): Promise<void> => {
  await withPlatform((tx) => remove(tx, actor, id))
  await finishRemoval(id)
  await loadDirectory()
}

const staying = [...Object.keys(kept), ...withTheRow].filter((table) => table !== 'organizations')

describe('deleting an organization', () => {
  it('forgets no table that names one', async () => {
    const tables = (await catalogue()).map(([table]) => table)
    expect([...erasedTables, ...staying].toSorted()).toEqual(tables.toSorted())
  })

  it('erases every row of it, and leaves those of others alone', async () => {
    const other = await make(root)
    await fill(other)
    const before = await rowsOf(other)
    // The only table that nothing of one organization alone can fill: where else its people belong.
    await member({ home: doomed, at: other })
    await fill(doomed)
    const full = await rowsOf(doomed)
    for (const table of [...erasedTables, ...withTheRow.slice(1)]) {
      expect([table, (full[table] ?? 0) > 0]).toEqual([table, true])
    }
    await removed(doomed)
    const left = await rowsOf(doomed)
    expect(Object.entries(left).filter(([table, rows]) => rows > 0 && !Object.hasOwn(kept, table))).toEqual([])
    const after = await rowsOf(other)
    for (const table of erasedTables.filter((name) => name !== 'audit_details')) {
      expect([table, after[table]]).toEqual([table, before[table]])
    }
    expect(await verify(doomed)).toMatchObject({ faults: [] })
  })

  it('is told beforehand, and the parent keeps the record with the counts', async () => {
    await fill(doomed)
    const told = await withPlatform((tx) => preview(tx, by, doomed))
    expect(told).toEqual({
      below: 0,
      people: 2,
      memberships: 1,
      sessions: 1,
      roles: 1,
      groups: 1,
      grants: 1,
      serviceAccounts: 1,
      tokens: 1,
      invitations: 1,
      themes: 1,
      texts: 0,
      emails: 0,
      hosts: 1,
      domains: 1,
    })
    await removed(doomed)
    const { below: _, ...counts } = told
    const [deleted] = (await trailOf(root, root)).slice(-1)
    expect(deleted?.action).toBe('organization.deleted')
    expect(deleted?.details).toEqual({
      before: { id: doomed, handle: expect.any(String), name: expect.any(String) },
      counts: Object.entries(counts).map(([of, number]) => ({ of, count: number })),
    })
    // Nothing can come after it any more: then the trail says what was erased in all.
    expect(await trailOf(root, doomed)).toEqual([])
    setClockForTests(minutes(6))
    await finishRemovals()
    expect(JSON.stringify(await trailOf(root, doomed))).toMatch(/organization\.erased.*"of":"people"/)
    await finishRemovals()
    expect(await trailOf(root, doomed)).toHaveLength(1)
  })

  it('is refused while anything is below it, which the preview counts', async () => {
    await make(doomed)
    expect((await withPlatform((tx) => preview(tx, by, doomed))).below).toBe(1)
    await expect(withPlatform((tx) => remove(tx, by, doomed))).rejects.toThrow('organizations.has_children')
    await expect(withPlatform((tx) => remove(tx, by, root))).rejects.toThrow('organizations.is_root')
    await expect(withPlatform((tx) => preview(tx, by, root))).rejects.toThrow('organizations.is_root')
  })

  it('is the parent’s affair: whoever owns only what they stand on learns nothing', async () => {
    const actor = await acting(doomed, await member({ home: doomed, role: 'owner', reach: 'subtree' }))
    await expect(withPlatform((tx) => preview(tx, actor, doomed))).rejects.toThrow('authority.unknown')
    await expect(withPlatform((tx) => remove(tx, actor, doomed))).rejects.toThrow('authority.unknown')
    expect(directory().byId(doomed)).toBeDefined()
  })

  it('passes every handle that led there on to the parent', async () => {
    await fill(doomed)
    const { handle } = directory().byId(doomed) ?? { handle: '' }
    const old = `was-${fills}`
    await removed(doomed)
    expect(directory().byOldHandle(handle)?.id).toBe(root)
    expect(directory().byOldHandle(old)?.id).toBe(root)
  })
})

describe('people', () => {
  it('of elsewhere lose what tied them to it, and nothing else', async () => {
    const sofia = await member({ home: root, at: doomed, role: 'administrator' })
    const isLiving = await signedIn(root, sofia.ref)
    await removed(doomed)
    await withOrganization(root, async (tx) => {
      expect(await find(tx, sofia.id)).toMatchObject({ id: sofia.id, email: sofia.email, status: 'active' })
      expect(await elsewhereOf(tx, sofia.id)).toEqual([])
    })
    expect(await isLiving()).toBe(true)
  })

  it('who lived there belong nowhere any more, with all that they held', async () => {
    await member({ home: beside, role: 'owner' })
    const rita = await member({ home: doomed, at: beside, role: 'owner' })
    const isLiving = await signedIn(beside, rita.ref)
    const group = await withOrganization(beside, async (tx) => {
      const made = await createGroup(tx, by, { name: `Group of ${count}` })
      await addToGroup(tx, by, made.id, rita.ref)
      return made
    })
    await withPlatform((tx) => remove(tx, by, doomed))
    // With the same transaction, before anything else is erased.
    expect(await isLiving()).toBe(false)
    await withOrganization(beside, async (tx) => {
      expect(await findMembership(tx, rita.ref)).toBeNull()
      expect((await list(tx, { limit: 100 })).people.map(({ personId }) => personId)).not.toContain(rita.id)
      const { rows } = await tx.sql.executeQuery(
        CompiledQuery.raw(
          `select 1 from grants where subject_id = $1 union all select 1 from group_members where person_id = $1 and group_id = $2`,
          [rita.id, group.id],
        ),
      )
      expect(rows).toEqual([])
    })
    expect(await trailOf(beside, doomed)).toMatchObject([{ action: 'membership.all_removed', details: { count: 1 } }])
    await withOrganization(beside, (tx) =>
      record(tx, by, 'person.suspended', { kind: 'test', id: 't' }, { email: rita.email }),
    )
    await finishRemoval(doomed)
    expect(await trailOf(beside, 't')).toEqual([])
  })

  it('are not taken from an organization whose last owner is among them', async () => {
    const orphan = await make(root)
    const rita = await member({ home: doomed, at: orphan, role: 'owner' })
    await expect(withPlatform((tx) => remove(tx, by, doomed))).rejects.toThrow('access.last_owner')
    expect(await withOrganization(orphan, (tx) => findMembership(tx, rita.ref))).not.toBeNull()
    const other = await member({ home: root, at: orphan })
    const subject = { kind: 'person' as const, homeId: root, id: other.id }
    await withOrganization(orphan, (tx) => give(tx, by, subject, { role: 'owner', reach: 'organization' }))
    await removed(doomed)
    expect(await withOrganization(orphan, (tx) => findMembership(tx, rita.ref))).toBeNull()
  })
})

it('versions of an organization that is still there are erased by nobody', async () => {
  await withOrganization(doomed, (tx) => publish(tx, by, 'theme', 'theme', {}))
  await expect(withOrganization(doomed, documents.erase)).rejects.toThrow('permission denied')
  expect((await rowsOf(doomed)).document_versions).toBe(1)
})

describe('what is interrupted', () => {
  it('in the middle, is finished by whoever comes next', async () => {
    await member({ home: doomed, at: beside })
    await fill(doomed)
    await withPlatform((tx) => remove(tx, by, doomed))
    const credentials = await import('#core/credentials')
    const broken = vi.spyOn(credentials.belongings, 'erase').mockRejectedValueOnce(new Error('the power is gone'))
    await expect(finishRemoval(doomed)).rejects.toThrow('the power is gone')
    broken.mockRestore()
    expect((await rowsOf(doomed)).passwords).toBe(1)
    await finishRemovals()
    const left = await rowsOf(doomed)
    expect(Object.entries(left).filter(([table, rows]) => rows > 0 && !Object.hasOwn(kept, table))).toEqual([])
  })

  it('late, by somebody who was under way, is swept up', async () => {
    await removed(doomed)
    await withOrganization(doomed, (tx) => add(tx, 'email.welcome', { organizationId: doomed }))
    await finishRemovals()
    expect((await rowsOf(doomed)).outbox).toBe(0)
  })
})
