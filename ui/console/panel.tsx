/** A page of one question: a form in a card, what follows from it at the foot, and the way back. */
import type { ReactNode } from 'react'
import { type Explained, explain } from '../explain.tsx'
import { FailureAlert } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import styles from './panel.module.css'

type FormProps = {
  site: UiSite
  /** The operation that the form performs: `people.suspend`. */
  operation: string
  /** The page that it stands on: where a refusal leads back. */
  back: string
  /** Where a success leads; `{created}` stands for the id of what was made. The same page without it. */
  next?: string | undefined
  hidden?: Record<string, string | readonly string[] | undefined> | undefined
  part: string
  className?: string | undefined
  /** Sends a file. */
  files?: boolean
  children: ReactNode
}

/** A form of the console: it performs one operation. */
export function ConsoleForm({ site, operation, back, next, hidden = {}, part, className, files, children }: FormProps) {
  const all = { back, next, ...hidden }
  return (
    <form
      method="post"
      action={site.path(`/organization/do/${operation}`)}
      noValidate
      className={className}
      encType={files ? 'multipart/form-data' : undefined}
      data-part={part}
      data-once=""
    >
      {Object.entries(all).flatMap(([name, value]) =>
        value === undefined
          ? []
          : [value].flat().map((one) => <input key={`${name} ${one}`} type="hidden" name={name} value={one} />),
      )}
      {children}
    </form>
  )
}

export type PanelProps = Omit<FormProps, 'className'> & {
  screen: string
  /** What follows, beside the buttons. */
  consequence?: ReactNode
  submit: string
  /** What cannot be taken back is outlined in the colour of danger. */
  danger?: boolean
  cancel: string
  explained?: Explained | null | undefined
}

/** The form of a page of one question. */
export function Panel({ consequence, submit, danger, cancel, screen, explained, children, ...form }: PanelProps) {
  const { site } = form
  return (
    <ConsoleForm {...form} className={styles.panel}>
      {explained ? (
        <div className={styles.alert}>
          <FailureAlert screen={screen} explained={explained} />
        </div>
      ) : null}
      <div className={styles.fields}>{children}</div>
      <div className={styles.foot}>
        {consequence ? <p>{consequence}</p> : null}
        <div className={styles.ways}>
          <ButtonLink part={`${screen}.cancel`} href={site.path(cancel)} kind="secondary" small>
            {site.texts.t('common.cancel')}
          </ButtonLink>
          <Button part={`${screen}.submit`} kind={danger ? 'danger' : undefined} small>
            {submit}
          </Button>
        </div>
      </div>
    </ConsoleForm>
  )
}

/** What went wrong with a form that has no card of its own. */
export const failureAbove = (site: UiSite, screen: string, { failure }: Answered): ReactNode =>
  failure ? (
    <div className={styles.above}>
      <FailureAlert screen={screen} explained={explain(site, failure)} />
    </div>
  ) : null

export const panelStyles = styles
