/** Above a list: a search, and the ways in which it may be narrowed. All of it is in the address. */
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import styles from './toolbar.module.css'

type Query = Readonly<Record<string, string | undefined>>

/** An address with a query, without what is empty. */
export const withQuery = (path: string, query: Query): string => {
  const kept = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`
}

/** Sends a search as part of the address; what else is asked for stays. */
export function Search({
  site,
  path,
  query,
  label,
  part,
}: {
  site: UiSite
  path: string
  query: Query
  label: string
  part: string
}) {
  const { search, after: _, ...rest } = query
  return (
    <search className={styles.find}>
      <form method="get" action={site.path(path)} className={styles.search}>
        {Object.entries(rest).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <IconSearch size={18} stroke={1.75} aria-hidden />
        <input
          type="search"
          name="search"
          defaultValue={search}
          placeholder={label}
          aria-label={label}
          data-part={`${part}.search`}
        />
        {search ? (
          <a
            href={site.path(withQuery(path, rest))}
            aria-label={site.texts.t('console.search.clear')}
            className={styles.clear}
          >
            <IconX size={16} stroke={1.75} aria-hidden />
          </a>
        ) : null}
      </form>
    </search>
  )
}

export type Tab = { value: string | undefined; label: string; count?: number | undefined }

/** One of a few ways of looking at a list. */
export function Tabs({
  site,
  path,
  query,
  name,
  tabs,
  label,
  atStart,
}: {
  site: UiSite
  path: string
  query: Query
  name: string
  tabs: readonly Tab[]
  label: string
  /** Where nothing stands before them. */
  atStart?: boolean
}) {
  const { after: _, ...rest } = query
  return (
    <nav className={styles.tabs} aria-label={label} data-at-start={atStart || undefined}>
      {tabs.map(({ value, label: word, count }) => (
        <a
          key={value ?? ''}
          href={site.path(withQuery(path, { ...rest, [name]: value }))}
          aria-current={(query[name] ?? undefined) === value ? 'page' : undefined}
          data-part={`tab.${value ?? 'all'}`}
        >
          {word}
          {count === undefined ? null : <span>{new Intl.NumberFormat(site.locale).format(count)}</span>}
        </a>
      ))}
    </nav>
  )
}

/** Fields that narrow a list further, behind a word. `active`: how many of them do. */
export function Filters({
  site,
  path,
  query,
  fields,
  active,
  children,
}: {
  site: UiSite
  path: string
  query: Query
  fields: readonly string[]
  active: number
  children: ReactNode
}) {
  const kept = Object.entries(query).filter(([name, value]) => value && name !== 'after' && !fields.includes(name))
  return (
    <details className={styles.filters} name="choices" data-dismissable="" data-part="console.filter">
      <summary>
        <IconAdjustmentsHorizontal size={18} stroke={1.75} aria-hidden />
        {site.texts.t('console.filter')}
        {active > 0 ? <span className={styles.active}>{active}</span> : null}
      </summary>
      <form method="get" action={site.path(path)} className={styles.sheet}>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
      </form>
    </details>
  )
}

export const Toolbar = ({ children }: { children: ReactNode }) => <div className={styles.toolbar}>{children}</div>
