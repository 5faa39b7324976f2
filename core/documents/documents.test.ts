import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemActor as by } from '#core/authority'
import { withOrganization } from '#platform/database'
import { newId } from '#platform/ids'
import { freshDatabase } from '#support/database'
import type { Layer } from './contract.ts'
import { listPublished, mergeAlong, publish, published } from './index.ts'

freshDatabase()

const along = (...bodies: unknown[]) =>
  mergeAlong(bodies.map((body, index) => ({ organizationId: `org_${index}`, body })))

describe('layers along a chain', () => {
  it.each([
    ['nobody said anything', [], {}, {}],
    ['one layer is itself', [{ a: 1, b: { c: 'x' } }], { a: 1, b: { c: 'x' } }, { a: 'org_0', 'b.c': 'org_0' }],
    ['the nearer one wins', [{ a: 1 }, { a: 2 }], { a: 2 }, { a: 'org_1' }],
    ['field by field', [{ a: 1, b: 1 }, { b: 2 }], { a: 1, b: 2 }, { a: 'org_0', b: 'org_1' }],
    [
      'also deep inside',
      [{ color: { primary: 'red', ink: 'black' } }, { color: { primary: 'blue' } }],
      { color: { primary: 'blue', ink: 'black' } },
      { 'color.primary': 'org_1', 'color.ink': 'org_0' },
    ],
    ['through one that is silent', [{ a: 1 }, {}, { b: 2 }], { a: 1, b: 2 }, { a: 'org_0', b: 'org_2' }],
    ['through one that has nothing', [{ a: 1 }, null, undefined, { b: 2 }], { a: 1, b: 2 }, { a: 'org_0', b: 'org_3' }],
    ['null takes away', [{ a: 1, b: 2 }, { a: null }], { b: 2 }, { b: 'org_0' }],
    ['null takes a whole branch away', [{ a: { b: 1, c: 2 } }, { a: null }], {}, {}],
    ['what was taken away can be said again', [{ a: 1 }, { a: null }, { a: 3 }], { a: 3 }, { a: 'org_2' }],
    ['a list is one value', [{ a: [1, 2, 3] }, { a: [4] }], { a: [4] }, { a: 'org_1' }],
    ['a value hides a branch', [{ a: { b: 1 } }, { a: 'x' }], { a: 'x' }, { a: 'org_1' }],
    ['a branch hides a value', [{ a: 'x' }, { a: { b: 1 } }], { a: { b: 1 } }, { 'a.b': 'org_1' }],
    [
      'false, zero and nothing are values',
      [
        { a: 1, b: 1, c: 1 },
        { a: false, b: 0, c: '' },
      ],
      { a: false, b: 0, c: '' },
      { a: 'org_1', b: 'org_1', c: 'org_1' },
    ],
    ['undefined says nothing', [{ a: 1 }, { a: undefined }], { a: 1 }, { a: 'org_0' }],
    ['what is no document says nothing', [{ a: 1 }, 'x', ['y'], 7], { a: 1 }, { a: 'org_0' }],
  ])('%s', (_, bodies, value, provenance) => {
    expect(along(...bodies)).toEqual({ value, provenance })
  })

  it('never reach the prototype of anything', () => {
    const evil = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "a": {"__proto__": {"polluted": 1}, "toString": 1}}',
    )
    const { value } = along({ a: { b: 1 } }, evil, evil)
    expect(value).toEqual({ a: { b: 1 } })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  const name = fc.constantFrom('a', 'b', 'c', 'd')
  const body = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.integer(), { maxLength: 3 }),
    ),
    node: fc.dictionary(name, fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('node')), { maxKeys: 4 }),
  })).node
  const layersOf = (bodies: unknown[]): Layer[] =>
    bodies.map((one, index) => ({ organizationId: `org_${index}`, body: one }))
  const leaves = (value: unknown, path = ''): [string, unknown][] =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`))
      : [[path, value]]

  it('name for every value the organization whose word it is', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 5 }), (bodies) => {
        const layers = layersOf(bodies)
        const { value, provenance } = mergeAlong(layers)
        const found = leaves(value).filter(([path]) => path !== '')
        expect(Object.keys(provenance).toSorted()).toEqual(found.map(([path]) => path).toSorted())
        for (const [path, one] of found) {
          const speaker = layers.find(({ organizationId }) => organizationId === provenance[path])
          expect(Object.fromEntries(leaves(speaker?.body))[path]).toEqual(one)
        }
      }),
    )
  })

  it('leave nothing unset in what they come to, and change no layer', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 5 }), (bodies) => {
        const before = JSON.stringify(bodies)
        const { value } = mergeAlong(layersOf(bodies))
        expect(leaves(value).some(([, one]) => one === null)).toBe(false)
        expect(JSON.stringify(bodies)).toBe(before)
      }),
    )
  })

  it('come to the same when one is laid twice, or a silent one between them', () => {
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 4 }), fc.nat(), (bodies, at) => {
        const place = at % bodies.length
        const once = mergeAlong(layersOf(bodies)).value
        const twice = bodies.flatMap((one, index) => (index === place ? [one, {}, one] : [one]))
        expect(mergeAlong(layersOf(twice)).value).toEqual(once)
      }),
    )
  })
})

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
