import { describe, expect, it } from 'vitest'
import { median, quantile } from './load.ts'
import { drawTable, figure, kilobytes, times } from './table.ts'

describe('a figure', () => {
  it.each([
    [31_361.4, '31 361'],
    [155, '155'],
    [39.24, '39.2'],
    [2.957, '2.96'],
    [0.0204, '0.020'],
    [0, '0.000'],
  ])('%d is written %s', (value, written) => expect(figure(value)).toBe(written))

  it('says of what it is', () => {
    expect(times(1.887)).toBe('1.89x')
    expect(kilobytes(66_900)).toBe('66.9')
  })
})

describe('the value that a part of all are not above', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 3],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 100],
    [[7], 0.99, 7],
    [[], 0.5, 0],
  ])('of %j at %d is %d', (values, part, expected) => expect(quantile(values, part)).toBe(expected))

  it('leaves what it is given in its order', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('a table', () => {
  it('has names to the left and figures to the right', () => {
    const drawn = drawTable({ title: 'Pages', columns: ['req/s'], rows: [['a long name', '7']], note: 'a note' })
    expect(drawn.split('\n')).toEqual(['Pages        req/s', '------------------', 'a long name      7', 'a note'])
  })
})
