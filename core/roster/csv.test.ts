import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFailure } from '#platform/failure'
import { csvLimits } from './contract.ts'
import { cellValue, csvCell, csvLine, readCsv } from './csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const rowsOf = async (...pieces: Uint8Array[]) => {
  const rows: string[][] = []
  for await (const { cells } of readCsv(pieces)) rows.push(cells)
  return rows
}
const refusalOf = async (...pieces: Uint8Array[]) => {
  try {
    await rowsOf(...pieces)
    return null
  } catch (error) {
    if (!isFailure(error)) throw error
    return [error.code, error.data?.row]
  }
}

describe('a file of people', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\ufeffa,b\r\n', [['a', 'b']]],
    [
      'a;b\r\n1,5;2\r\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      '"a,""x""","b\r\nc"\r\n,\r\n',
      [
        ['a,"x"', 'b\r\nc'],
        ['', ''],
      ],
    ],
    ['email\r\n\r\nada@own.example\r\n', [['email'], ['ada@own.example']]],
    [
      'a,b\r\n"",\r\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['', []],
  ])('%j is %j', async (text, rows) => expect(await rowsOf(bytes(text))).toEqual(rows))

  it.each([
    ['a quote that is never closed', 'a,b\r\n1,"2\r\n', 'csv.malformed', 2],
    ['a quote inside a bare cell', 'a,b\r\n1,2"3\r\n', 'csv.malformed', 2],
    ['something after a closing quote', 'a\r\n"1"2\r\n', 'csv.malformed', 2],
    ['a carriage return alone', 'a\r1\r', 'csv.malformed', 1],
    ['a NUL', 'a,b\r\n1,\0\r\n', 'csv.encoding', 2],
    ['a bell', 'a,b\r\n1,\u0007\r\n', 'csv.malformed', 2],
    ['a cell without end', `a\r\n"${'x'.repeat(2_000_000)}`, 'csv.cell_too_long', 2],
  ])('is refused for %s', async (_, text, code, row) => expect(await refusalOf(bytes(text))).toEqual([code, row]))

  it('is UTF-8 and nothing else', async () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeffa,b\r\n', 'utf16le'))
    const latin1 = new Uint8Array(Buffer.from('a,b\r\nSørensen,x\r\n', 'latin1'))
    for (const file of [utf16, utf16.slice().reverse(), latin1])
      expect((await refusalOf(file))?.[0]).toBe('csv.encoding')
    expect((await refusalOf(new Uint8Array(Buffer.from('a,b\r\n', 'utf16le'))))?.[0]).toBe('csv.encoding')
    expect((await refusalOf(bytes('a\r\n'), new Uint8Array([0xc3])))?.[0]).toBe('csv.encoding')
  })

  it('is bounded: rows, bytes and cells', async () => {
    const row = 'x\r\n'
    expect(await rowsOf(bytes(row.repeat(csvLimits.rows + 1)))).toHaveLength(csvLimits.rows + 1)
    expect(await refusalOf(bytes(row.repeat(csvLimits.rows + 2)))).toEqual(['csv.too_many_rows', undefined])
    expect(await refusalOf(bytes('\n'.repeat(1_000_000)))).toEqual(['csv.too_many_rows', undefined])
    const megabyte = bytes(`${'x'.repeat(999)}\r\n`.repeat(1000))
    expect((await refusalOf(...Array.from({ length: 6 }, () => megabyte)))?.[0]).toBe('csv.too_large')
  })

  it('is the same in whatever pieces it comes', async () => {
    const file = bytes('email,name\r\nada@own.example,"Søren, ""the"" æ"\r\n')
    const whole = await rowsOf(file)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 8 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), file.length]
        const pieces = edges.slice(1).map((edge, index) => file.slice(edges[index], edge))
        expect(await rowsOf(...pieces)).toEqual(whole)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a cell', () => {
  it.each([
    ['=HYPERLINK("http://evil.test")', `"'=HYPERLINK(""http://evil.test"")"`],
    ['+4532123456', "'+4532123456"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ["'=1", "''=1"],
    ["O'Neil", "O'Neil"],
    ['a;b', '"a;b"'],
    ['Ada', 'Ada'],
  ])('%j is written as %j, which no spreadsheet computes', (value, written) => expect(csvCell(value)).toBe(written))

  it('comes back as it was, whatever it was', async () => {
    const cell = fc
      .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r\n', '＝', '＠', "'", '"', ',', ';', ' ', 'a', 'ø', '🦊'), {
        maxLength: 8,
      })
      .map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 4 }), async (cells) => {
        const [, read] = await rowsOf(bytes(csvLine(cells.map(() => 'x')) + csvLine(cells)))
        expect(read?.map(cellValue)).toEqual(cells)
        for (const written of read ?? []) expect(written).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u)
      }),
      { numRuns: 300 },
    )
  })
})
