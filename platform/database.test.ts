import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '#support/database'
import { asOrganization, type Tx, withOrganization, withPlatform } from './database.ts'
import { isFailure } from './failure.ts'
import { newId } from './ids.ts'

freshDatabase()

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  )

const write = (tx: Tx, id = newId('aud')) =>
  sql`insert into audit_details (org_id, record_id, details) values (${tx.organizationId}, ${id}, '{}')`.execute(tx.sql)
const seen = async (tx: Tx): Promise<string[]> => {
  const { rows } = await sql<{ org_id: string }>`select distinct org_id from audit_details order by 1`.execute(tx.sql)
  return rows.map(({ org_id }) => org_id)
}
const countOf = (id: string) =>
  withOrganization(id, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from audit_details`.execute(tx.sql)
    return rows[0]?.count
  })

describe('a unit of work', () => {
  it('commits whole or not at all', async () => {
    const id = newId('org')
    await withOrganization(id, async (tx) => {
      await write(tx)
      await write(tx)
    })
    expect(await countOf(id)).toBe(2)
    const broken = withOrganization(id, async (tx) => {
      await write(tx)
      throw new Error('on purpose')
    })
    await expect(broken).rejects.toThrow('on purpose')
    expect(await countOf(id)).toBe(2)
  })

  it('survives a statement that failed, and so does the next one', async () => {
    const id = newId('org')
    await expect(withOrganization(id, (tx) => sql`select 1 / 0`.execute(tx.sql))).rejects.toThrow('division by zero')
    await withOrganization(id, (tx) => write(tx))
    expect(await countOf(id)).toBe(1)
  })

  it('is never opened inside another one: on the embedded database it would wait for itself for ever', async () => {
    const [one, two] = [newId('org'), newId('org')]
    const inner: (() => Promise<unknown>)[] = [() => withOrganization(two, write), () => withPlatform(async () => 1)]
    for (const open of inner) {
      expect(await codeOf(withOrganization(one, open))).toBe('database.nested')
      expect(await codeOf(withPlatform(open))).toBe('database.nested')
      expect(await codeOf(withPlatform(async () => Promise.resolve().then(open)))).toBe('database.nested')
    }
    expect(await countOf(two)).toBe(0)
  })

  it('of the platform belongs to no organization, and sees no row of any', async () => {
    await withOrganization(newId('org'), write)
    expect(await codeOf(withPlatform(async (tx) => tx.organizationId))).toBe('database.no_organization')
    expect(await withPlatform(seen)).toEqual([])
  })

  it('of the platform writes for an organization in a part of it, and sees nothing before and after', async () => {
    const id = newId('org')
    const views = await withPlatform(async (tx) => {
      const within = await asOrganization(tx, id, async (own) => {
        await write(own)
        return seen(own)
      })
      return [within, await seen(tx)]
    })
    expect(views).toEqual([[id], []])
    expect(await countOf(id)).toBe(1)
  })

  it('of an organization stays there', async () => {
    const [one, two] = [newId('org'), newId('org')]
    expect(await withOrganization(one, (tx) => asOrganization(tx, one, async (own) => own.organizationId))).toBe(one)
    expect(await codeOf(withOrganization(one, (tx) => asOrganization(tx, two, write)))).toBe('database.nested')
  })

  it('does not mix with others that run at the same time', async () => {
    const ids = Array.from({ length: 6 }, () => newId('org'))
    const views = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const id = ids[index % ids.length] ?? ''
        return withOrganization(id, async (tx) => {
          await write(tx)
          return [id, ...(await seen(tx))]
        })
      }),
    )
    for (const [id, ...others] of views) expect(others).toEqual([id])
    for (const id of ids) expect(await countOf(id)).toBe(10)
  })
})

it('values come back alike from both engines', async () => {
  const { rows } = await withPlatform((tx) =>
    sql`select 9007199254740991::bigint as big, count(*) as none, '\\x00ff'::bytea as bytes, true as yes,
          '{"a":[1,null]}'::jsonb as document, array['x','y'] as list, null as nothing,
          '2026-03-01T10:00:00.123Z'::timestamptz as at
        from changes where false`.execute(tx.sql),
  )
  expect(rows).toEqual([
    {
      big: 9007199254740991,
      none: 0,
      bytes: Buffer.from([0, 255]),
      yes: true,
      document: { a: [1, null] },
      list: ['x', 'y'],
      nothing: null,
      at: new Date('2026-03-01T10:00:00.123Z'),
    },
  ])
})
