// The figures as somebody reads them.

export type Table = { title: string; note?: string; columns: string[]; rows: [string, ...string[]][] }

const rounded = (value: number): string => {
  if (value >= 100) return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
  if (value >= 10) return value.toFixed(1)
  return value >= 1 ? value.toFixed(2) : value.toFixed(3)
}

export const figure = (value: number): string => rounded(value)
export const times = (value: number): string => `${rounded(value)}x`
export const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1)

const padded = (cells: readonly string[], widths: readonly number[]) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')

/** Names to the left, figures to the right. */
export const drawTable = ({ title, note, columns, rows }: Table): string => {
  const lines = [[title, ...columns], ...rows]
  const widths = [title, ...columns].map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  const drawn = lines.map((line) => padded(line, widths))
  return [drawn[0], rule, ...drawn.slice(1), ...(note ? [note] : [])].join('\n')
}
