/** The open row of the settings: a form of its own, between rows that stay as they are. */
import type { ReactNode } from 'react'
import type { Organization } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { formStyles, Outcome } from '../parts/form.tsx'
import { OpenRow, RowAction, RowEnd, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import type { ConsoleFrameData } from './frame.tsx'
import { ConsoleForm } from './panel.tsx'

export const settingsScreen = 'settings'
export const settingsPath = '/organization/settings'

export const settingsRows = [
  'name',
  'locales',
  'sign-up',
  'business-sign-up',
  'second-step',
  'sign-in-names',
  'sessions',
  'trusted-browsers',
  'account-recovery',
  'attribute',
] as const
export type SettingsRow = (typeof settingsRows)[number]

export type SettingsProps = {
  site: UiSite
  frame: ConsoleFrameData
  /** As it is now, with the version that a change is held against. */
  organization: Organization
  edit?: SettingsRow | undefined
} & Answered

type ValueProps = { site: UiSite; row: string; value: ReactNode; href?: string }

/** A closed row, with the way to change it. */
export function SettingsValue({ site, row, value, href = `${settingsPath}?edit=${row}#${row}` }: ValueProps) {
  const { t } = site.texts
  const label = t(`settings.${row}`)
  return (
    <ValueRow
      part={`settings.${row}`}
      label={label}
      value={value}
      action={
        <RowAction
          href={site.path(href)}
          label={t('common.change')}
          name={t('settings.edit', { name: label })}
          part={`settings.${row}.edit`}
        />
      }
    />
  )
}

type EditProps = SettingsProps & {
  row: SettingsRow
  operation?: string
  labels: Record<string, string>
  children: ReactNode
}

/** An open row: the others stay as they are. */
export function EditRow(props: EditProps) {
  const { site, organization, row, operation = 'organizations.update', labels, children, failure } = props
  const { t } = site.texts
  return (
    <OpenRow id={row}>
      <Outcome site={site} screen={settingsScreen} explained={explain(site, failure, labels)} />
      <ConsoleForm
        site={site}
        operation={operation}
        back={`${settingsPath}?edit=${row}#${row}`}
        next={settingsPath}
        hidden={{ version: String(organization.version) }}
        part={`settings.${row}.form`}
        className={formStyles.form}
      >
        {children}
        <RowEnd hint={t('profile.keys')}>
          <Button part={`settings.${row}.save`} small>
            {t('common.save')}
          </Button>
          <ButtonLink part={`settings.${row}.cancel`} href={site.path(settingsPath)} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </ConsoleForm>
    </OpenRow>
  )
}
