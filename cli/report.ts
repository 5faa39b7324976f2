/** What a verb of the toolkit has found or done: `text` for a person, `data` for a program. */
export type Report = { isWell: boolean; text: string; data: object }

/** What was done, or found, and is well. */
export const well = (text: string, data: object): Report => ({ isWell: true, text, data })

/** Rows under each other, every column as wide as its widest. */
export const inColumns = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
