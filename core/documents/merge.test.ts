import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Layer } from './contract.ts'
import { mergeAlong } from './merge.ts'

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
