import { PGlite } from '@electric-sql/pglite'
import { type Generated, Kysely, PGliteDialect, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withPreparedStatements } from './embedded-statements.ts'

type Things = {
  id: Generated<number>
  name: string | null
  at: Date | null
  bytes: Buffer | null
  tags: string[] | null
}

let embedded: PGlite
let database: Kysely<{ things: Things }>

beforeAll(async () => {
  embedded = await PGlite.create('memory://')
  await embedded.exec(`create table things (
    id int generated always as identity primary key, name text unique, at timestamptz, bytes bytea, tags text[])`)
  database = new Kysely({ dialect: new PGliteDialect({ pglite: withPreparedStatements(embedded) }) })
})
afterAll(() => embedded.close())

const inside = <T>(work: (tx: Kysely<{ things: Things }>) => Promise<T>) => database.transaction().execute(work)
const one = async (text: string) =>
  (await inside((tx) => sql<{ is: unknown }>`${sql.raw(text)}`.execute(tx))).rows[0]?.is

describe('a statement of a transaction', () => {
  it.each([
    ['select 1 as is'],
    ['select 1.5::float8 as is'],
    ["select '12345678901234567890'::numeric as is"],
    ["select 'ä 🎈'::text as is"],
    ["select ''::text as is"],
    ['select null as is'],
    ['select true as is'],
    [`select '{"a":[1,null]}'::jsonb as is`],
    ["select array['a','b,\"c\"',null] as is"],
    ["select '2026-01-02T03:04:05.678Z'::timestamptz as is"],
    ["select '\\x00ff'::bytea as is"],
  ])('answers as it does without being prepared, also the second time: %s', async (text) => {
    const { rows } = await embedded.query<{ is: unknown }>(text)
    expect(await one(text)).toEqual(rows[0]?.is)
    expect(await one(text)).toEqual(rows[0]?.is)
  })

  it('takes what it is given, of every kind', async () => {
    const thing = {
      name: 'kinds',
      at: new Date('2026-01-02T03:04:05.678Z'),
      bytes: Buffer.from([0, 255]),
      tags: ['a', 'b,"c"'],
    }
    const again = { name: null, at: null, bytes: null, tags: null }
    for (const values of [thing, again]) {
      const inserted = await inside((tx) =>
        tx.insertInto('things').values(values).returningAll().executeTakeFirstOrThrow(),
      )
      const { id, bytes, ...rest } = inserted
      expect({ ...rest, bytes: bytes && Buffer.from(bytes) }).toEqual(values)
      expect(id).toBeGreaterThan(0)
    }
  })

  it('says how many rows it changed', async () => {
    await inside((tx) =>
      tx
        .insertInto('things')
        .values([{ name: 'one' }, { name: 'two' }] as never)
        .execute(),
    )
    const changing = () =>
      inside((tx) =>
        tx
          .updateTable('things')
          .set({ tags: ['x'] })
          .where('name', 'in', ['one', 'two'])
          .executeTakeFirst(),
      )
    expect((await changing()).numUpdatedRows).toBe(2n)
    expect(
      (await inside((tx) => tx.deleteFrom('things').where('name', '=', 'nobody').executeTakeFirst())).numDeletedRows,
    ).toBe(0n)
  })

  it('fails with its code, takes its transaction with it and nothing else', async () => {
    const twice = () =>
      inside(async (tx) => {
        await tx
          .insertInto('things')
          .values({ name: 'gone' } as never)
          .execute()
        await tx
          .insertInto('things')
          .values([{ name: 'same' }, { name: 'same' }] as never)
          .execute()
      })
    for (const attempt of [1, 2]) await expect(twice(), `${attempt}`).rejects.toMatchObject({ code: '23505' })
    await expect(one('select no_such_thing as is')).rejects.toMatchObject({ code: '42703' })
    const left = await inside((tx) =>
      tx.selectFrom('things').selectAll().where('name', 'in', ['gone', 'same']).execute(),
    )
    expect(left).toEqual([])
    expect(await one('select 1 as is')).toBe(1)
  })

  it('is prepared anew when the table has changed beneath it', async () => {
    await embedded.exec('create table moving (a int); insert into moving values (1)')
    const read = () => inside((tx) => sql`select * from moving`.execute(tx))
    expect((await read()).rows).toEqual([{ a: 1 }])
    await embedded.exec('alter table moving add column b int default 2')
    await read().catch(() => {})
    expect((await read()).rows).toEqual([{ a: 1, b: 2 }])
  })

  it('is one of any number: those not used for long are closed', async () => {
    for (let number = 0; number < 600; number += 1) expect(await one(`select ${number} as is`)).toBe(number)
    const { rows } = await embedded.query<{ count: number }>(
      'select count(*)::int as count from pg_prepared_statements',
    )
    expect(rows[0]?.count).toBeLessThanOrEqual(501)
    expect(await one('select 0 as is')).toBe(0)
  })

  it('of two transactions at the same moment, each sees its own', async () => {
    const names = ['left', 'right']
    const seen = await Promise.all(
      names.map((name) =>
        inside(async (tx) => {
          await sql`select set_config('livery.test', ${name}, true)`.execute(tx)
          const { rows } = await sql<{ is: string }>`select current_setting('livery.test') as is`.execute(tx)
          return rows[0]?.is
        }),
      ),
    )
    expect(seen).toEqual(names)
  })
})
