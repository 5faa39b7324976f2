/** A list as a table: on a phone each row keeps who or what it is, how it stands, and the way on. */
import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import styles from './table.module.css'
import { withQuery } from './toolbar.tsx'

export type Column = {
  key: string
  label: string
  /** `main` says what the row is, `state` how it stands; whatever is neither is left out on a phone. */
  kind?: 'main' | 'state' | 'number' | undefined
}

export type Row = {
  id: string
  /** Where the row leads; its main cell is the link. */
  href?: string | undefined
  cells: Record<string, ReactNode>
  /** What a check box of this row is called; without it the row cannot be chosen. */
  choice?: string | undefined
  /** At the end of the row: a button or a menu. */
  end?: ReactNode
}

type Props = {
  /** For data-part, and what the table is called. */
  part: string
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  /** Name of the check boxes; the table then stands in a form. */
  chooses?: string | undefined
  allLabel?: string | undefined
}

const Choose = ({ name, value, label }: { name: string; value: string; label: string }) => (
  <label className={styles.choose}>
    <input type="checkbox" name={name} value={value} aria-label={label} data-choice="" />
  </label>
)

function Cells({ columns, row, part }: { columns: readonly Column[]; row: Row; part: string }) {
  return columns.map(({ key, kind }) => {
    const cell = row.cells[key]
    if (kind !== 'main') {
      return (
        <td key={key} data-kind={kind}>
          {cell}
        </td>
      )
    }
    return (
      <th key={key} scope="row" data-kind="main">
        {row.href ? (
          <a href={row.href} className={styles.link} data-part={`${part}.open`}>
            {cell}
          </a>
        ) : (
          cell
        )}
      </th>
    )
  })
}

export function Table({ part, caption, columns, rows, chooses, allLabel }: Props) {
  const hasEnd = rows.some(({ end, href }) => end !== undefined || href !== undefined)
  return (
    <table className={styles.table} data-part={part} data-chooses={chooses ? '' : undefined}>
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {chooses ? (
            <td className={styles.box}>
              <label className={styles.choose} data-all="" hidden>
                <input type="checkbox" aria-label={allLabel} />
              </label>
            </td>
          ) : null}
          {columns.map(({ key, label, kind }) => (
            <th key={key} scope="col" data-kind={kind}>
              {label}
            </th>
          ))}
          {hasEnd ? <td /> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-id={row.id}>
            {chooses ? (
              <td className={styles.box}>
                {row.choice ? <Choose name={chooses} value={row.id} label={row.choice} /> : null}
              </td>
            ) : null}
            <Cells columns={columns} row={row} part={part} />
            {hasEnd ? (
              <td data-kind="end">
                {row.end ??
                  (row.href ? <IconChevronRight size={18} stroke={1.75} aria-hidden className={styles.on} /> : null)}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Two lines: what it is called, and what tells it apart. */
export function Twofold({
  picture,
  name,
  detail,
  ltr,
}: {
  picture?: ReactNode
  name: ReactNode
  detail: ReactNode
  ltr?: boolean
}) {
  return (
    <span className={styles.twofold}>
      {picture}
      <span className={styles.lines}>
        <strong dir="auto">{name}</strong>
        <span dir={ltr ? 'ltr' : 'auto'}>{detail}</span>
      </span>
    </span>
  )
}

/** A list without anything in it: what would stand here, and the first step. */
export function Empty({
  icon,
  title,
  lead,
  children,
}: {
  icon: ReactNode
  title: string
  lead: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={styles.empty} data-part="console.empty">
      <span className={styles.emblem}>{icon}</span>
      <h2>{title}</h2>
      <p>{lead}</p>
      {children}
    </div>
  )
}

export const Card = ({ children, part }: { children: ReactNode; part?: string }) => (
  <div className={styles.card} data-part={part}>
    {children}
  </div>
)

type PagerProps = {
  site: UiSite
  path: string
  /** What the list is asked for; `after` where it does not stand at its beginning. */
  query: Readonly<Record<string, string | undefined>>
  /** The address of the next part. */
  next: string | null
}

/** Forward through a list that is read part by part, and back to its beginning. */
export function Pager({ site, path, query, next }: PagerProps) {
  const { t } = site.texts
  const { after, ...beginning } = query
  if (!after && !next) return null
  return (
    <nav className={styles.pager} aria-label={t('console.pages')}>
      {after ? (
        <a href={site.path(withQuery(path, beginning))} data-part="pager.first">
          {t('console.first-page')}
        </a>
      ) : (
        <span />
      )}
      {next ? (
        <a href={next} rel="next" data-part="pager.next">
          {t('console.next-page')}
        </a>
      ) : null}
    </nav>
  )
}
