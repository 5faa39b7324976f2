/** Sections of rows: label, value, action. One row at a time is open; the others stay put. */
import { IconChevronRight, IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import opened from './open-row.module.css'
import styles from './rows.module.css'

export const rowStyles = styles

/** `id` is for links that lead to it. */
export function Section(props: { title: string; lead: ReactNode; id?: string; children: ReactNode }) {
  const { title, lead, id, children } = props
  return (
    <section className={styles.section} id={id}>
      <div className={styles.intro}>
        <h2>{title}</h2>
        <p>{lead}</p>
      </div>
      <div className={styles.card}>{children}</div>
    </section>
  )
}

/** Where to change it, or why it can't be. */
export function RowAction(props: { href: string; label: string; name?: string; part: string; wholeRow?: boolean }) {
  const { href, label, name, part, wholeRow } = props
  return (
    <a href={href} className={styles.action} aria-label={name} data-part={part} data-whole-row={wholeRow || undefined}>
      <span>{label}</span>
      {wholeRow ? <IconChevronRight size={18} stroke={1.75} aria-hidden className={styles.onward} /> : null}
    </a>
  )
}

export function ReadOnly({ site }: { site: UiSite }) {
  return (
    <span className={styles.quiet}>
      <IconLock size={16} stroke={1.75} aria-hidden />
      {site.texts.t('profile.read-only')}
    </span>
  )
}

/** Icon and words: who says so. */
export function Source({ icon, good, children }: { icon: ReactNode; good?: boolean; children: ReactNode }) {
  return (
    <span className={styles.source} data-good={good || undefined}>
      {icon}
      {children}
    </span>
  )
}

export function ValueRow(props: {
  part: string
  label: string
  value: ReactNode
  empty?: boolean
  source?: ReactNode
  action: ReactNode
}) {
  return (
    <div className={styles.row} data-kind="value">
      {props.label ? <h3 className={styles.label}>{props.label}</h3> : <span className={styles.label} />}
      <div className={styles.value}>
        <span data-part={`${props.part}.value`} data-empty={props.empty || undefined}>
          {props.value}
        </span>
        {props.source}
      </div>
      {/* The last place of a row is its action's, also where there is none. */}
      {props.action ?? <span />}
    </div>
  )
}

export function IconRow(props: {
  part: string
  /** For links that lead to it. */
  id?: string | undefined
  icon: ReactNode
  tone?: 'good' | 'attention' | undefined
  title: ReactNode
  detail?: ReactNode
  tag?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles.row} data-kind="icon" data-part={props.part} id={props.id}>
      <span className={styles.icon} data-tone={props.tone}>
        {props.icon}
      </span>
      <div className={styles.text}>
        <h3>{props.title}</h3>
        {props.detail ? <p>{props.detail}</p> : null}
      </div>
      {props.tag || props.action ? (
        <div className={styles.end}>
          {props.tag}
          {props.action}
        </div>
      ) : null}
    </div>
  )
}

export function OpenRow({ title, id, children }: { title?: ReactNode; id?: string | undefined; children: ReactNode }) {
  return (
    <div className={opened.open} id={id}>
      {title ? <h3>{title}</h3> : null}
      {children}
    </div>
  )
}

/** What something is; quietly, where it is neither good nor bad. */
export const Tag = ({ children, quiet }: { children: ReactNode; quiet?: boolean }) => (
  <span className={styles.tag} data-quiet={quiet || undefined}>
    {children}
  </span>
)

/** The two ways out of an open row. */
export function RowEnd({ children, hint }: { children: ReactNode; hint?: ReactNode }) {
  return (
    <div className={opened.ways}>
      {children}
      {hint ? (
        <span className={opened.keys} hidden data-keys="">
          {hint}
        </span>
      ) : null}
    </div>
  )
}
