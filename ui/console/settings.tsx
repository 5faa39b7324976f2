import { businessSignUpModes, signUpModes } from '#core/organizations/contract'
import { builtInLocales } from '#core/texts/contract'
import { explain } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { ChoiceField, Field, SelectField } from '../parts/field.tsx'
import { RowAction, Section, ValueRow } from '../parts/rows.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { Attributes } from './settings-attributes.tsx'
import { EditRow, type SettingsProps, SettingsValue, settingsPath, settingsScreen } from './settings-row.tsx'
import { SecuritySettings } from './settings-security.tsx'

function NameRow(props: SettingsProps) {
  const { site, organization, edit, values = {}, failure } = props
  const { t } = site.texts
  if (edit !== 'name') return <SettingsValue site={site} row="name" value={<bdi>{organization.name}</bdi>} />
  const labels = { name: t('settings.name') }
  return (
    <EditRow {...props} row="name" labels={labels}>
      <Field
        screen={settingsScreen}
        explained={explain(site, failure, labels)}
        name="name"
        label={labels.name}
        autoComplete="off"
        hint={t('settings.name.hint')}
        value={values.name ?? organization.name}
        autoFocus={!failure}
      />
    </EditRow>
  )
}

function LocalesRow(props: SettingsProps) {
  const { site, organization, edit, values = {}, failure } = props
  const { t } = site.texts
  const { locales } = organization
  if (edit !== 'locales') {
    const named = locales.map(nameOfLanguage)
    const value = new Intl.ListFormat(site.locale, { type: 'unit' }).format(named)
    return <SettingsValue site={site} row="locales" value={<span dir="auto">{value}</span>} />
  }
  // What is spoken completely, and the regional forms that are offered already.
  const known = [...new Set([...builtInLocales, ...locales])].slice(0, 6)
  const options = known.map((value) => ({ value, label: nameOfLanguage(value) }))
  const labels = { locales: t('settings.locales') }
  return (
    <EditRow {...props} row="locales" operation="settings.languages" labels={labels}>
      <p>{t('settings.locales.hint')}</p>
      {known.map((_, index) => (
        <SelectField
          key={known[index]}
          screen={settingsScreen}
          name={`locale_${index + 1}`}
          label={t(`settings.locale.${index + 1}`)}
          value={values[`locale_${index + 1}`] ?? locales[index] ?? ''}
          explained={explain(site, failure, labels)}
          options={index === 0 ? options : [{ value: '', label: t('settings.locale.none') }, ...options]}
        />
      ))}
    </EditRow>
  )
}

type ModeProps = SettingsProps & {
  row: 'sign-up' | 'business-sign-up'
  field: string
  now: string
  modes: readonly string[]
}

function ModeRow({ row, field, now, modes, ...props }: ModeProps) {
  const { site, edit, values = {}, failure } = props
  const { t } = site.texts
  if (edit !== row) return <SettingsValue site={site} row={row} value={t(`settings.sign-up.${now}`)} />
  const labels = { [field]: t(`settings.${row}`) }
  return (
    <EditRow {...props} row={row} labels={labels}>
      <ChoiceField
        screen={settingsScreen}
        name={field}
        legend={t(`settings.${row}`)}
        explained={explain(site, failure, labels)}
        chosen={[values[field] ?? now]}
        options={modes.map((value) => ({
          value,
          label: t(`settings.sign-up.${value}`),
          hint: say(site, `settings.${row}.${value}-lead`),
        }))}
      />
    </EditRow>
  )
}

/** What an organization chooses for itself, in sections of rows; one of them is open. */
export function Settings(props: SettingsProps) {
  const { site, frame, organization, edit, notice } = props
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="settings"
      screen={settingsScreen}
      here={settingsPath}
      heading={t('console.settings.title')}
      lead={say(site, 'settings.lead')}
      notice={notice}
      alert={edit ? null : failureAbove(site, settingsScreen, props)}
    >
      <Section title={t('settings.about.title')} lead={t('settings.about.lead')}>
        <NameRow {...props} />
        <SettingsValue
          site={site}
          row="handle"
          value={<Isolated>{organization.handle}</Isolated>}
          href={`${settingsPath}/handle`}
        />
        <LocalesRow {...props} />
      </Section>
      <Section title={t('settings.entry.title')} lead={t('settings.entry.lead')}>
        <ModeRow {...props} row="sign-up" field="sign_up" now={organization.signUp} modes={signUpModes} />
        <ModeRow
          {...props}
          row="business-sign-up"
          field="business_sign_up"
          now={organization.businessSignUp}
          modes={businessSignUpModes}
        />
        {organization.parentId === null ? null : (
          <SettingsValue
            site={site}
            row="people-from"
            value={t(`organizations.people-from.${organization.peopleFrom}`)}
            href={`${settingsPath}/people-from`}
          />
        )}
      </Section>
      <SecuritySettings {...props} />
      <Attributes {...props} />
      {frame.can.includes('organization.transfer') ? (
        <Section title={t('ownership.row')} lead={t('ownership.row-lead')}>
          <ValueRow
            part="settings.ownership"
            label={t('ownership.row')}
            value={<span dir="auto">{`${frame.person.givenName} ${frame.person.familyName}`.trim()}</span>}
            action={
              <RowAction
                href={site.path(`${settingsPath}/ownership`)}
                label={t('ownership.open')}
                part="settings.ownership.open"
              />
            }
          />
        </Section>
      ) : null}
    </ConsoleFrame>
  )
}
