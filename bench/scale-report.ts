import { limit, type ScaleFigure, type ScaleReport } from './scale.ts'
import type { Figure } from './scale-measures.ts'
import { figure, type Table, times } from './table.ts'

/** In the order of the table; what has no limit is there to be looked at. */
const rows: Record<Figure, { name: string; isFree?: true }> = {
  path: { name: 'an address by path' },
  name: { name: 'by name' },
  host: { name: 'by own domain' },
  anywhere: { name: 'by path, anybody’s', isFree: true },
  themeWarm: { name: 'a theme six levels deep, known' },
  themeCold: { name: 'a theme, nothing in memory' },
  children: { name: 'fifty children, by the interface' },
  childrenAfter: { name: 'the fifty after those' },
  attribute: { name: 'one by an attribute, of all' },
  signIn: { name: 'a sign-in by password' },
  signInBesideHash: { name: 'the same without its hash' },
  change: { name: 'a change until it is known', isFree: true },
}

/** Two halves that disagree say that the machine was busy with something else. */
const verdict = ({ ratio, again }: ScaleFigure): string => {
  const within = [ratio, again].filter((one) => one <= limit).length
  return ['missed', 'unsure', 'held'][within] ?? ''
}

export const scaleTables = (report: ScaleReport | null): Table[] => {
  if (!report) return []
  const { sizes, figures, opened, statements } = report
  const columns = sizes.map((size) => figure(size))
  const drawn = Object.entries(rows).map(([key, { name, isFree }]): [string, ...string[]] => {
    const one = figures[key as Figure]
    const judged = isFree ? ['', ''] : [times(limit), verdict(one)]
    return [name, figure(one.small), figure(one.large), times(one.ratio), times(one.again), ...judged]
  })
  const kept = opened.map(({ startMs, megabytes }, at): [string, ...string[]] => [
    `${columns[at]} organizations`,
    figure(startMs),
    figure(megabytes),
    String(statements[at] ?? 0),
  ])
  return [
    {
      title: 'Organizations, microseconds',
      columns: [...columns, 'ratio', 'again', 'limit', ''],
      rows: drawn,
      note: 'ratio and again: medians of two halves of the same run.',
    },
    { title: 'One process of', columns: ['directory ms', 'MB', 'statements of a sign-in'], rows: kept },
  ]
}
