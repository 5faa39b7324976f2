import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { withOrganization } from '#platform/database'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import { listPublished, publish, published } from './index.ts'

freshDatabase()

const inNew = () => {
  const id = newId('org')
  return <T>(fn: Parameters<typeof withOrganization<T>>[1]) => withOrganization(id, fn)
}

describe('a published document', () => {
  it('counts its versions from one, and the last one is met', async () => {
    const within = inNew()
    expect(await within((tx) => published(tx, 'theme', 'theme'))).toBeNull()
    expect(await within((tx) => publish(tx, by, 'theme', 'theme', { a: 1 }))).toBe(1)
    expect(await within((tx) => publish(tx, by, 'theme', 'theme', { a: 2 }, 'a note'))).toBe(2)
    expect(await within((tx) => published(tx, 'theme', 'theme'))).toEqual({ name: 'theme', version: 2, body: { a: 2 } })
  })

  it('is one of its kind and its name, in its organization', async () => {
    const [within, elsewhere] = [inNew(), inNew()]
    await within(async (tx) => {
      await publish(tx, by, 'texts', 'de', { hello: 'Hallo' })
      await publish(tx, by, 'texts', 'en', { hello: 'Hello' })
      await publish(tx, by, 'email', 'en', { subject: 'x' })
    })
    expect(await within((tx) => listPublished(tx, 'texts'))).toEqual([
      { name: 'de', version: 1, body: { hello: 'Hallo' } },
      { name: 'en', version: 1, body: { hello: 'Hello' } },
    ])
    expect(await elsewhere((tx) => listPublished(tx, 'texts'))).toEqual([])
    expect(await elsewhere((tx) => publish(tx, by, 'texts', 'de', {}))).toBe(1)
  })

  it('that was taken back leaves no gap and no trace', async () => {
    const within = inNew()
    await within((tx) => publish(tx, by, 'theme', 'theme', { a: 1 }))
    const undone = within(async (tx) => {
      await publish(tx, by, 'theme', 'theme', { a: 2 })
      throw new Error('on purpose')
    })
    await expect(undone).rejects.toThrow('on purpose')
    expect((await within((tx) => published(tx, 'theme', 'theme')))?.body).toEqual({ a: 1 })
    expect(await within((tx) => publish(tx, by, 'theme', 'theme', { a: 3 }))).toBe(2)
  })

  it('keeps every version as it was', async () => {
    const within = inNew()
    await within((tx) => publish(tx, by, 'theme', 'theme', { a: 1 }))
    await within((tx) => publish(tx, by, 'theme', 'theme', { a: 2 }))
    for (const attempt of [
      sql`update document_versions set body = '{"a":9}'`,
      sql`delete from document_versions`,
      sql`truncate document_versions`,
    ]) {
      await expect(within((tx) => attempt.execute(tx.sql))).rejects.toThrow('permission denied')
    }
    const again = sql`insert into document_versions (org_id, kind, name, version, body)
      select org_id, kind, name, version, '{"a":9}' from document_versions`
    await expect(within((tx) => again.execute(tx.sql))).rejects.toThrow('duplicate key')
    const { rows } = await within((tx) => sql`select version, body from document_versions order by 1`.execute(tx.sql))
    expect(rows).toEqual([
      { version: 1, body: { a: 1 } },
      { version: 2, body: { a: 2 } },
    ])
  })

  it('gives every one of many who publish at the same moment a version of their own', async () => {
    for (const isFirst of [true, false]) {
      const within = inNew()
      if (!isFirst) await within((tx) => publish(tx, by, 'theme', 'theme', { by: 'first' }))
      const begin = isFirst ? 0 : 1
      const versions = await Promise.all(
        Array.from({ length: 8 }, (_, index) => within((tx) => publish(tx, by, 'theme', 'theme', { by: index }))),
      )
      expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, index) => begin + index + 1))
      const last = await within((tx) => published(tx, 'theme', 'theme'))
      expect(last).toEqual({ name: 'theme', version: begin + 8, body: { by: versions.indexOf(begin + 8) } })
    }
  })
})
