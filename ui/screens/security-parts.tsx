/** What the rows of the security page are drawn from, and what they have in common. */
import type { ReactNode } from 'react'
import { explain } from '../explain.tsx'
import type { SignedIn } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import type { EnrolmentData } from '../parts/enrolment.tsx'
import { Field } from '../parts/field.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import { OpenRow, RowEnd } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'

export const screen = 'security'
export const here = '/account/security'

export type PasskeyRow = {
  id: string
  name: string | null
  authenticator: string | null
  isSynced: boolean
  /** The host that it is for, where that is not the one that the page is met at. */
  host: string | null
  addedAt: Date
  lastUsedAt: Date | null
}

export type SecurityData = {
  person: SignedIn
  passwordChangedAt: Date | null
  passkeys: readonly PasskeyRow[]
  app: { name: string | null; addedAt: Date; lastUsedAt: Date | null } | null
  /** Numbers in groups, as people read them. */
  phones: readonly { id: string; number: string; addedAt: Date; lastUsedAt: Date | null }[]
  codesLeft: number
  waysIn: number
  /** How many things could be asked for after a password. */
  secondSteps: number
  /** By the organization that is met, or by the one where somebody lives. */
  isSecondStepRequired: boolean
  /** Proven so lately that nothing is asked for before a passkey is made. */
  isFresh: boolean
  /** Whether browsers have passkeys at this address, and messages can be sent. */
  offers: { passkeys: boolean; phones: boolean }
  /** An authenticator app that is being set up. */
  enrolment: EnrolmentData | null
  /** A phone that was sent a code. */
  phoneUnderWay: { number: string; resendAt: string } | null
  /** What the browser's authenticators are told, as JSON by the name of the method. */
  signal: string | null
}

/** `edit` is the row that is open. */
export type SecurityProps = { site: UiSite; data: SecurityData; edit?: string | null | undefined } & Answered

export const Cancel = ({ site, part }: { site: UiSite; part: string }) => (
  <ButtonLink part={part} href={site.path(here)} kind="quiet" small>
    {site.texts.t('common.cancel')}
  </ButtonLink>
)

export const editing = (site: UiSite, row: string): string => site.path(`${here}?edit=${row}#${row}`)

/** Begins with a capital, whatever comes first. */
const asSentence = (site: UiSite, text: string): string => {
  const [first = '', ...rest] = text
  return first.toLocaleUpperCase(site.locale) + rest.join('')
}

/** When something was added and used, after what it is called elsewhere. */
export function momentsOf(
  site: UiSite,
  { addedAt, lastUsedAt }: { addedAt: Date; lastUsedAt: Date | null },
  ...before: (string | null)[]
): string {
  const { t } = site.texts
  const used = lastUsedAt ? t('security.used', { at: lastUsedAt }) : t('security.never-used')
  const parts = [...before, t('security.added', { at: addedAt }), used]
  return asSentence(site, parts.filter((one) => one !== null).join(' · '))
}

type RenameProps = SecurityProps & {
  action: string
  part: string
  hidden: Record<string, string>
  name: string | null
  /** What it is called without a name. */
  otherwise: string
}

/** Calls something else what it is called. */
export function RenameForm(props: RenameProps) {
  const { site, action, part, hidden, name, otherwise, failure, values } = props
  const { t } = site.texts
  const label = t('field.factor-name')
  const own = failure?.field === 'name' ? failure : null
  return (
    <Form site={site} action={action} part={`${part}.rename-form`} hidden={{ intent: 'rename', ...hidden }}>
      <Field
        screen={screen}
        name="name"
        label={label}
        hint={t('hint.factor-name', { otherwise })}
        value={own ? values?.name : (name ?? '')}
        explained={explain(site, own, { name: label })}
        required={false}
        part={`${part}.name`}
      />
      <RowEnd>
        <Button part={`${part}.rename`} small>
          {t('common.save')}
        </Button>
        <Cancel site={site} part={`${part}.cancel`} />
      </RowEnd>
    </Form>
  )
}

type RemoveProps = SecurityProps & {
  id: string
  action: string
  part: string
  hidden: Record<string, string>
  title: ReactNode
  lead: ReactNode
  label: string
  /** Too little would remain: the lead says what comes first. */
  stays: boolean
}

/** Says what goes, before it does; or why it does not. */
export function RemoveRow({ site, failure, id, action, part, hidden, title, lead, label, stays }: RemoveProps) {
  if (stays) {
    return (
      <OpenRow id={id} title={title}>
        <p data-part={`${part}.stays`}>{lead}</p>
        <RowEnd>
          <Cancel site={site} part={`${part}.cancel`} />
        </RowEnd>
      </OpenRow>
    )
  }
  return (
    <OpenRow id={id} title={title}>
      <p>{lead}</p>
      <Outcome site={site} screen={screen} explained={explain(site, failure)} />
      <Form site={site} action={action} part={`${part}.form`} hidden={{ intent: 'remove', ...hidden }}>
        <RowEnd>
          <Button part={`${part}.submit`} kind="danger" small>
            {label}
          </Button>
          <Cancel site={site} part={`${part}.cancel`} />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}
