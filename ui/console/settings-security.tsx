/** What is asked of everybody who signs in: the second step, and the policy of sessions, browsers and names. */
import { identifierKinds, type SecurityPolicy } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { ChoiceField, SelectField } from '../parts/field.tsx'
import { Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { writtenIn } from './audit-words.tsx'
import { EditRow, type SettingsProps, SettingsValue, settingsScreen } from './settings-row.tsx'

const minutesOf = { minute: 1, hour: 60, day: 24 * 60 } as const

/** A time in the largest unit that it is a whole number of: "8 hours", not "480 minutes". */
export function lasting(site: UiSite, minutes: number): string {
  const unit = (['day', 'hour'] as const).find((one) => minutes > 0 && minutes % minutesOf[one] === 0) ?? 'minute'
  const format = new Intl.NumberFormat(writtenIn(site), { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(minutes / minutesOf[unit])
}

type Choice = {
  name: string
  field: keyof Omit<SecurityPolicy, 'identifiers'>
  unit: keyof typeof minutesOf
  choices: readonly number[]
}

const idle: Choice = {
  name: 'security.session_idle_minutes',
  field: 'sessionIdleMinutes',
  unit: 'minute',
  choices: [15, 30, 60, 240, 480, 1440, 10_080, 43_200],
}
const life: Choice = {
  name: 'security.session_life_hours',
  field: 'sessionLifeHours',
  unit: 'hour',
  choices: [1, 8, 12, 24, 168, 720, 2160, 8760],
}
const trust: Choice = {
  name: 'security.trusted_device_days',
  field: 'trustedDeviceDays',
  unit: 'day',
  choices: [0, 1, 7, 14, 30, 90, 180, 365],
}
const wait: Choice = {
  name: 'security.recovery_wait_hours',
  field: 'recoveryWaitHours',
  unit: 'hour',
  choices: [0, 4, 12, 24, 48, 72, 168],
}

type DurationProps = SettingsProps & Choice & { none?: string; hint?: string; labels: Record<string, string> }

/** One of the usual times, or the one that a program has chosen. */
function Duration({ name, field, unit, choices, none, hint, labels, ...props }: DurationProps) {
  const { site, organization, values = {}, failure } = props
  const now = organization.security[field]
  const all = [...new Set([...choices, now])].toSorted((one, other) => one - other)
  return (
    <SelectField
      screen={settingsScreen}
      name={name}
      label={labels[name] ?? ''}
      hint={hint}
      value={values[name] ?? String(now)}
      explained={explain(site, failure, labels)}
      options={all.map((value) => ({
        value: String(value),
        label: value === 0 && none ? none : lasting(site, value * minutesOf[unit]),
      }))}
    />
  )
}

function SecondStepRow(props: SettingsProps) {
  const { site, organization, edit, values = {}, failure } = props
  const { t } = site.texts
  const now = organization.secondFactorRequired
  if (edit !== 'second-step') {
    return <SettingsValue site={site} row="second-step" value={t(`settings.second-step.${now ? 'on' : 'off'}`)} />
  }
  const labels = { second_factor_required: t('settings.second-step') }
  return (
    <EditRow {...props} row="second-step" labels={labels}>
      <ChoiceField
        screen={settingsScreen}
        name="second_factor_required"
        legend={t('settings.second-step')}
        explained={explain(site, failure, labels)}
        chosen={[values.second_factor_required ?? String(now)]}
        options={['true', 'false'].map((value) => {
          const word = value === 'true' ? 'on' : 'off'
          return { value, label: t(`settings.second-step.${word}`), hint: t(`settings.second-step.${word}-lead`) }
        })}
      />
    </EditRow>
  )
}

function SessionsRow(props: SettingsProps) {
  const { site, organization, edit } = props
  const { t } = site.texts
  const { sessionIdleMinutes, sessionLifeHours } = organization.security
  if (edit !== 'sessions') {
    const value = t('settings.sessions.now', {
      idle: lasting(site, sessionIdleMinutes),
      life: lasting(site, sessionLifeHours * minutesOf.hour),
    })
    return <SettingsValue site={site} row="sessions" value={value} />
  }
  const labels = { [idle.name]: t('settings.sessions.idle'), [life.name]: t('settings.sessions.life') }
  return (
    <EditRow {...props} row="sessions" labels={labels}>
      <Duration {...props} {...idle} labels={labels} hint={t('settings.sessions.idle-hint')} />
      <Duration {...props} {...life} labels={labels} hint={t('settings.sessions.life-hint')} />
    </EditRow>
  )
}

function TrustedBrowsersRow(props: SettingsProps) {
  const { site, organization, edit } = props
  const { t } = site.texts
  const days = organization.security.trustedDeviceDays
  const never = t('settings.trusted-browsers.never')
  if (edit !== 'trusted-browsers') {
    const value = days === 0 ? never : t('settings.trusted-browsers.now', { time: lasting(site, days * minutesOf.day) })
    return <SettingsValue site={site} row="trusted-browsers" value={value} />
  }
  const labels = { [trust.name]: t('settings.trusted-browsers.field') }
  return (
    <EditRow {...props} row="trusted-browsers" labels={labels}>
      <Duration {...props} {...trust} labels={labels} none={never} hint={t('settings.trusted-browsers.hint')} />
    </EditRow>
  )
}

function RecoveryRow(props: SettingsProps) {
  const { site, organization, edit } = props
  const { t } = site.texts
  const hours = organization.security.recoveryWaitHours
  const atOnce = t('settings.account-recovery.at-once')
  if (edit !== 'account-recovery') {
    const value =
      hours === 0 ? atOnce : t('settings.account-recovery.now', { time: lasting(site, hours * minutesOf.hour) })
    return <SettingsValue site={site} row="account-recovery" value={value} />
  }
  const labels = { [wait.name]: t('settings.account-recovery.field') }
  return (
    <EditRow {...props} row="account-recovery" labels={labels}>
      <Duration {...props} {...wait} labels={labels} none={atOnce} hint={t('settings.account-recovery.hint')} />
    </EditRow>
  )
}

const identifiersField = 'security.identifiers'

function SignInNamesRow(props: SettingsProps) {
  const { site, organization, edit, failure } = props
  const { t } = site.texts
  const { identifiers } = organization.security
  const called = (kind: string) => t(`settings.sign-in-names.${kind}`)
  if (edit !== 'sign-in-names') {
    const value = new Intl.ListFormat(site.locale, { type: 'disjunction' }).format(identifiers.map(called))
    return <SettingsValue site={site} row="sign-in-names" value={value} />
  }
  const labels = { [identifiersField]: t('settings.sign-in-names') }
  return (
    <EditRow {...props} row="sign-in-names" labels={labels}>
      <ChoiceField
        screen={settingsScreen}
        name={identifiersField}
        legend={t('settings.sign-in-names')}
        explained={explain(site, failure, labels)}
        chosen={identifiers}
        many
        options={identifierKinds.map((value) => ({
          value,
          label: called(value),
          hint: t(`settings.sign-in-names.${value}-lead`),
        }))}
      />
    </EditRow>
  )
}

export function SecuritySettings(props: SettingsProps) {
  const { t } = props.site.texts
  return (
    <Section title={t('settings.security.title')} lead={t('settings.security.lead')}>
      <SecondStepRow {...props} />
      <SignInNamesRow {...props} />
      <SessionsRow {...props} />
      <TrustedBrowsersRow {...props} />
      <RecoveryRow {...props} />
    </Section>
  )
}
