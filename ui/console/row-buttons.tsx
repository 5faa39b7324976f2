/** What can be done with one row of a list. Each has its name for whoever does not see the icon. */
import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { UiSite } from '../site.tsx'
import styles from './members.module.css'
import { ConsoleForm } from './panel.tsx'
import table from './table.module.css'

/** `hasPage`: the row leads to a page of its own; on a phone that is the only way on. */
export const RowButtons = ({ children, hasPage }: { children: ReactNode; hasPage?: boolean }) => (
  <span className={styles.ends} data-has-page={hasPage || undefined}>
    {children}
    {hasPage ? (
      <span data-on="">
        <IconChevronRight size={18} stroke={1.75} aria-hidden className={table.on} />
      </span>
    ) : null}
  </span>
)

/** A button with words, which the column may not break. */
export const RowWords = ({ children }: { children: ReactNode }) => <span className={styles.words}>{children}</span>

type Named = { label: string; part: string; icon: ReactNode }

export const RowLink = ({ href, label, part, icon }: Named & { href: string }) => (
  <a href={href} className={styles.end} aria-label={label} title={label} data-part={part}>
    {icon}
  </a>
)

/** Sends the form around it to another place than that form says. */
export const RowSubmit = ({
  action,
  name,
  value,
  label,
  part,
  icon,
}: Named & { action: string; name: string; value: string }) => (
  <button
    type="submit"
    formMethod="post"
    formAction={action}
    name={name}
    value={value}
    className={styles.end}
    aria-label={label}
    title={label}
    data-part={part}
  >
    {icon}
  </button>
)

/** A form of its own, of one button. */
export const RowForm = ({
  site,
  operation,
  back,
  hidden,
  label,
  part,
  icon,
}: Named & { site: UiSite; operation: string; back: string; hidden: Record<string, string | undefined> }) => (
  <ConsoleForm site={site} operation={operation} back={back} hidden={hidden} part={`${part}.form`}>
    <button type="submit" className={styles.end} aria-label={label} title={label} data-part={part}>
      {icon}
    </button>
  </ConsoleForm>
)
