import type { ReactNode } from 'react'
import type { Explained } from '../explain.tsx'
import type { UiSite } from '../site.tsx'
import { FailureAlert, Notice } from './alert.tsx'
import styles from './form.module.css'

export const formStyles = styles

/**
 * A plain form that posts to a path of the site. It checks nothing in the browser: our own words at the field say more,
 * in the person's language, than the browser's bubble.
 */
export function Form({
  site,
  action,
  part,
  hidden = {},
  isScripted,
  way,
  children,
}: {
  site: UiSite
  action: string
  part: string
  hidden?: Record<string, string | undefined>
  /** A script fills it in and sends it, perhaps after several tries. */
  isScripted?: boolean
  /** The way of signing in that it is, for the script to remember. */
  way?: string | undefined
  children: ReactNode
}) {
  return (
    <form
      method="post"
      action={site.path(action)}
      noValidate
      className={styles.form}
      data-part={part}
      data-way={way}
      data-once={isScripted ? undefined : ''}
    >
      {Object.entries(hidden).map(([name, value]) =>
        value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  )
}

/** What the last answer led to, above the form. */
export function Outcome({
  site,
  screen,
  explained,
  notice,
}: {
  site: UiSite
  screen: string
  explained: Explained | null
  notice?: string | null | undefined
}) {
  if (!explained && !notice) return null
  return (
    <div className={styles.alert}>
      {explained ? <FailureAlert screen={screen} explained={explained} /> : <Notice {...{ site, screen, notice }} />}
    </div>
  )
}

export const NamePair = ({ children }: { children: ReactNode }) => <div className={styles.pair}>{children}</div>

/** Lets a password manager know whose password is being chosen. It is not part of the answer. */
export const KnownPerson = ({ email }: { email: string }) => (
  <input
    type="text"
    autoComplete="username"
    defaultValue={email}
    readOnly
    tabIndex={-1}
    aria-hidden
    className="visually-hidden"
  />
)
