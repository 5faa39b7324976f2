// Files of people, as spreadsheets write and read them: RFC 4180, strictly, in UTF-8, within bounds.

import { fail } from '#platform/failure'
import { csvLimits } from './contract.ts'

/** `row` counts as a spreadsheet does: the header is row 1. */
export type CsvRow = { row: number; cells: string[] }

type Separator = ',' | ';'
const control = /[^\P{Cc}\t\r\n]/u

/** Takes text in pieces and answers the rows that are whole by then. Whatever is no such file is refused as a whole. */
const parser = () => {
  let separator: Separator | null = null
  let where: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let isAfterReturn = false
  let cell = ''
  let cells: string[] = []
  let row = 1
  let done: CsvRow[] = []

  const malformed = () => fail('csv.malformed', undefined, { row })
  const append = (character: string) => {
    if (control.test(character)) fail(character === '\0' ? 'csv.encoding' : 'csv.malformed', undefined, { row })
    if (cell.length >= csvLimits.cell) fail('csv.cell_too_long', undefined, { row, most: csvLimits.cell })
    cell += character
  }
  const endCell = () => {
    cells.push(cell)
    cell = ''
    where = 'start'
  }
  const endRow = () => {
    endCell()
    // A line with nothing in it is no row of a file of people.
    if (cells.length > 1 || cells[0] !== '') done.push({ row, cells })
    cells = []
    // What the first row does not say, no later row may.
    separator ??= ','
    row += 1
    if (row > csvLimits.rows + 2) fail('csv.too_many_rows', undefined, { most: csvLimits.rows })
  }
  /** Spreadsheets of half the world write semicolons: whichever the header uses first is meant. */
  const isSeparator = (character: string): boolean => {
    if (separator === null && (character === ',' || character === ';')) separator = character
    return character === separator
  }
  const outside = (character: string) => {
    if (character === '\r') isAfterReturn = true
    else if (character === '\n') endRow()
    else if (isSeparator(character)) endCell()
    else if (where === 'closed' || (character === '"' && where === 'plain')) malformed()
    else if (character === '"') where = 'quoted'
    else {
      where = 'plain'
      append(character)
    }
  }
  const take = (character: string) => {
    if (isAfterReturn) {
      if (character !== '\n') malformed()
      isAfterReturn = false
      return endRow()
    }
    if (where === 'quoted') {
      if (character === '"') where = 'closed'
      else append(character)
    } else if (where === 'closed' && character === '"') {
      where = 'quoted'
      append(character)
    } else outside(character)
  }
  const handOver = (): CsvRow[] => {
    const rows = done
    done = []
    return rows
  }
  return {
    feed: (text: string): CsvRow[] => {
      for (const character of text) take(character)
      return handOver()
    },
    end: (): CsvRow[] => {
      if (where === 'quoted' || isAfterReturn) malformed()
      if (cell !== '' || cells.length > 0 || where === 'closed') endRow()
      return handOver()
    },
  }
}

/** The rows of a file, as it comes in. Nothing of it is kept beyond the row under way; UTF-16 is no UTF-8, and refused. */
export async function* readCsv(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const { feed, end } = parser()
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.byteLength
    if (bytes > csvLimits.bytes) fail('csv.too_large', undefined, { most: csvLimits.bytes })
    yield* feed(decoded(() => decoder.decode(piece, { stream: true })))
  }
  yield* feed(decoded(() => decoder.decode()))
  yield* end()
}

const decoded = (decode: () => string): string => {
  try {
    return decode()
  } catch {
    return fail('csv.encoding')
  }
}

// Spreadsheets compute what begins so, also in the full-width forms that some of them fold. An apostrophe says that it is
// text; one that was there already gets another, so that what is read again is what was written.
const computed = /^'*[=+\-@\t\r＝＋－＠]/u
const needsQuotes = /[",;\r\n\t]/

/** A cell as it is written: never computed, quoted where it has to be. */
export const csvCell = (value: string): string => {
  const text = computed.test(value) ? `'${value}` : value
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What a cell meant before it was kept from being computed. */
export const cellValue = (cell: string): string => (cell.startsWith("'") && computed.test(cell) ? cell.slice(1) : cell)

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`
