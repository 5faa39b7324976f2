// From a file of people to what each row asks for. Nothing here knows who is there already.

import { emailKey } from '#core/people'
import { fail, isFailure } from '#platform/failure'
import { type CsvColumn, csvColumns, type ImportRow } from './contract.ts'
import { type CsvRow, cellValue, readCsv } from './csv.ts'

/** One row, by its columns: a column that the file does not have, or an empty cell, says nothing. */
export type FileRow = { row: number; email: string; cells: Partial<Record<CsvColumn, string>> }
export type RefusedRow = { row: number; email: string; code: string; field?: CsvColumn }

const columnOf: Readonly<Record<string, CsvColumn>> = { givenName: 'given_name', familyName: 'family_name' }
const isColumn = (name: string): name is CsvColumn => (csvColumns as readonly string[]).includes(name)
/** What somebody may do is given by those who hold it, one by one, and never by a file. */
const givesPower = /^(?:roles?|permissions?|grants?|admin(?:istrator)?|is_admin|owner)$/

const readHeader = (cells: readonly string[]): CsvColumn[] => {
  const columns = cells.map((cell) => {
    const name = cellValue(cell)
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_')
      .slice(0, 60)
    if (givesPower.test(name)) return fail('csv.role_column', undefined, { column: name })
    return isColumn(name) ? name : fail('csv.column_unknown', undefined, { column: name })
  })
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice) return fail('csv.column_twice', undefined, { column: twice })
  return columns.includes('email') ? columns : fail('csv.column_missing', undefined, { column: 'email' })
}

const readRow = (columns: readonly CsvColumn[], { row, cells }: CsvRow): FileRow | RefusedRow => {
  const said = columns.flatMap((column, index) => {
    const value = cellValue(cells[index] ?? '').trim()
    return value === '' ? [] : [[column, value] as const]
  })
  const { email = '', ...rest } = Object.fromEntries(said) as Partial<Record<CsvColumn, string>>
  if (cells.length !== columns.length) return { row, email, code: 'csv.cells' }
  try {
    return { row, email: emailKey(email), cells: rest }
  } catch (error) {
    return { row, email, code: isFailure(error) ? error.code : 'email.invalid', field: 'email' }
  }
}

/** The rows of a file; fails where it is no file of people at all. */
export const readFile = async (
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<(FileRow | RefusedRow)[]> => {
  let columns: CsvColumn[] | null = null
  const rows: (FileRow | RefusedRow)[] = []
  const seen = new Set<string>()
  for await (const line of readCsv(source)) {
    if (columns === null) {
      columns = readHeader(line.cells)
      continue
    }
    const read = readRow(columns, line)
    // Two rows about one person would be a question of order.
    const isAgain = 'cells' in read && seen.has(read.email)
    rows.push(isAgain ? { row: read.row, email: read.email, code: 'csv.row_twice', field: 'email' } : read)
    seen.add(read.email)
  }
  return columns === null ? fail('csv.empty') : rows
}

/** What a report says of a row that was not taken; what is no failure of ours is thrown on. */
export const refusedAs = ({ row, email }: Pick<FileRow, 'row' | 'email'>, error: unknown): ImportRow => {
  if (!isFailure(error)) throw error
  const { code, field = '' } = error
  const column = columnOf[field] ?? (isColumn(field) ? field : undefined)
  return { row, email, result: 'refused', code, ...(column ? { field: column } : {}) }
}

/** Names of groups in one cell, apart by `|`; a bar or a backslash in a name is written after a backslash. */
export const joinNames = (names: readonly string[]): string =>
  names.map((name) => name.replace(/[\\|]/g, (mark) => `\\${mark}`)).join('|')

export const splitNames = (cell: string): string[] =>
  [...cell.matchAll(/(?:[^\\|]|\\[\s\S])+/g)].map(([name]) => name.replace(/\\([\s\S])/g, '$1').trim()).filter(Boolean)
