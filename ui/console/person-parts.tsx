/** What the pages about one person have in common. */
import type { ReactNode } from 'react'
import type { Explanation, OwnRole } from '#core/access/contract'
import type { RosterProfile } from '#core/roster/contract'
import { type Explained, explain } from '../explain.tsx'
import { fullName } from '../frame/account-frame.tsx'
import { FailureAlert } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { formStyles } from '../parts/form.tsx'
import { OpenRow, RowAction, RowEnd } from '../parts/rows.tsx'
import type { Answered, FormFailure, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import type { ConsoleFrameData } from './frame.tsx'
import { ConsoleForm } from './panel.tsx'

export const screen = 'person'
export const peoplePath = '/organization/people'
export const pathOf = (personId: string): string => `${peoplePath}/${personId}`

export const editedRows = ['name', 'username', 'phone', 'locale', 'kind', 'role', 'group'] as const
export type EditedRow = (typeof editedRows)[number]

export type PersonData = {
  profile: RosterProfile
  /** Whether the reader looks at themselves. */
  isOwn: boolean
  /** What own roles are called, by id. */
  roleNames: ReadonlyMap<string, string>
  /** Roles that the reader holds whole, and may therefore give. */
  roles: Pick<OwnRole, 'id' | 'name'>[]
  /** Whether roles may be given for everything below as well. */
  mayReachDown: boolean
  /** Groups without a rule that they are not in yet. */
  groups: { id: string; name: string }[]
  access: Pick<Explanation, 'entrance' | 'canEnter'>
}

export type PersonProps = {
  site: UiSite
  frame: ConsoleFrameData
  data: PersonData
  edit?: EditedRow | null | undefined
  told?: Record<string, string | number> | undefined
} & Answered

export const may = ({ frame }: Pick<PersonProps, 'frame'>, permission: ConsoleFrameData['can'][number]): boolean =>
  frame.can.includes(permission)

/** What can be changed of somebody who lives here; elsewhere it is their home's. */
export const mayEdit = (props: PersonProps): boolean => props.data.profile.livesHere && may(props, 'people.update')

export const nameOf = ({ profile }: PersonData): string => fullName(profile)

/** Words that name the person, and where they live. */
export const about = (site: UiSite, data: PersonData, key: string): string =>
  say(site, key, { name: nameOf(data), home: data.profile.home.name })

export const opened = ({ profile }: PersonData, row: EditedRow): string =>
  `${pathOf(profile.ref.personId)}?edit=${row}#${row}`

/** Where a row is changed. */
export const Edit = ({
  site,
  data,
  row,
  label,
  name,
}: {
  site: UiSite
  data: PersonData
  row: EditedRow
  label: string
  name: string
}) => <RowAction href={site.path(opened(data, row))} label={label} name={name} part={`person.${row}.edit`} />

type FormProps = {
  site: UiSite
  data: PersonData
  row: EditedRow
  operation: string
  title?: string
  submit: string
  failure?: FormFailure | null | undefined
  labels: Record<string, string>
  hidden?: Record<string, string | undefined>
  children: (explained: Explained | null) => ReactNode
}

/** An open row: the form of one operation, with the others in their places. */
export function EditForm(props: FormProps) {
  const { site, data, row, operation, title, submit, failure, labels, hidden, children } = props
  const { t } = site.texts
  const { personId } = data.profile.ref
  const explained = explain(site, failure, labels)
  return (
    <OpenRow id={row} title={title}>
      {explained ? (
        <div className={formStyles.alert}>
          <FailureAlert screen={screen} explained={explained} />
        </div>
      ) : null}
      <ConsoleForm
        site={site}
        operation={operation}
        back={opened(data, row)}
        next={`${pathOf(personId)}#${row}`}
        hidden={{ person: personId, ...hidden }}
        part={`person.${row}.form`}
        className={formStyles.form}
      >
        {children(explained)}
        <RowEnd hint={t('profile.keys')}>
          <Button part={`person.${row}.save`} small>
            {submit}
          </Button>
          <ButtonLink part={`person.${row}.cancel`} href={site.path(pathOf(personId))} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </ConsoleForm>
    </OpenRow>
  )
}

/** A button of a row that performs an operation at once: nothing is lost by it that could not be given again. */
export function AtOnce({
  site,
  data,
  operation,
  hidden,
  part,
  name,
  children,
}: {
  site: UiSite
  data: PersonData
  operation: string
  hidden?: Record<string, string | undefined>
  part: string
  /** Says what it is about, where several stand below each other. */
  name?: string
  children: ReactNode
}) {
  const { personId } = data.profile.ref
  return (
    <ConsoleForm
      site={site}
      operation={operation}
      back={pathOf(personId)}
      hidden={{ person: personId, ...hidden }}
      part={`${part}.form`}
    >
      <Button part={part} kind="secondary" small label={name}>
        {children}
      </Button>
    </ConsoleForm>
  )
}
