import { describe, expect, it } from 'vitest'
import { readSizes, type ScaleReport } from './scale.ts'
import { figures } from './scale-measures.ts'
import { scaleTables } from './scale-report.ts'
import { levels, sizesOf } from './scale-world.ts'

const report = (ratio: number, again: number): ScaleReport => ({
  sizes: [1000, 100_000],
  opened: [
    { startMs: 10, megabytes: 1 },
    { startMs: 900, megabytes: 60 },
  ],
  statements: [37, 37],
  figures: Object.fromEntries(
    figures.map((name) => [name, { small: 10, large: 10 * ratio, ratio, again }]),
  ) as ScaleReport['figures'],
})

describe('the table of sizes', () => {
  it.each([
    [1.2, 1.9, 'held'],
    [1.2, 2.4, 'unsure'],
    [2.4, 1.2, 'unsure'],
    [2.1, 2.4, 'missed'],
  ])('says of %d and %d that the limit is %s', (ratio, again, verdict) => {
    const [first] = scaleTables(report(ratio, again))
    expect(first?.rows.find(([name]) => name === 'an address by path')?.slice(-2)).toEqual(['2.00x', verdict])
  })

  it('has every figure, and nothing where nothing was measured', () => {
    expect(scaleTables(report(1, 1))[0]?.rows).toHaveLength(figures.length)
    expect(scaleTables(null)).toEqual([])
  })
})

describe('sizes', () => {
  it.each([
    ['1000,100000', [1000, 100_000]],
    ['none', null],
  ])('%s is read', (given, expected) => expect(readSizes(given)).toEqual(expected))

  it.each(['', '100', '1000', '100,1000', '5000,1000', 'a,b'])('%j is refused', (given) =>
    expect(() => readSizes(given)).toThrow('--scale'),
  )

  it.each([1000, 5000, 100_000])(
    '%d organizations are six levels deep, each level larger than the one above',
    (count) => {
      const sizes = sizesOf(count)
      expect(sizes).toHaveLength(levels)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count)
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    },
  )
})
