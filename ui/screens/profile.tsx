import { IconCircleCheck, IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { hasUsernames } from '#core/people/contract'
import { explain } from '../explain.tsx'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Field, SelectField } from '../parts/field.tsx'
import { Form, NamePair, Outcome } from '../parts/form.tsx'
import { OpenRow, ReadOnly, RowAction, RowEnd, Section, Source, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'

const screen = 'profile'
const here = '/account/profile'

export type EditedRow = 'name' | 'username' | 'phone' | 'locale'
export type ProfileData = {
  person: SignedIn
  username: string | null
  phone: string | null
  isPhoneVerified: boolean
  locale: string | null
  emailVerifiedAt: Date | null
  version: number
}

type Props = { site: UiSite; data: ProfileData; edit?: EditedRow | null | undefined } & Answered

/** Keeps the others in place while one row is open. */
function EditForm(props: Props & { row: EditedRow; labels: Record<string, string>; children: ReactNode }) {
  const { site, data, row, labels, children, failure } = props
  const { t } = site.texts
  return (
    <OpenRow id={row}>
      <Outcome site={site} screen={screen} explained={explain(site, failure, labels)} />
      <Form
        site={site}
        action="/account/profile"
        part={`profile.${row}.form`}
        hidden={{ version: String(data.version) }}
      >
        {children}
        <RowEnd hint={t('profile.keys')}>
          <Button part={`profile.${row}.save`} small>
            {t('common.save')}
          </Button>
          <ButtonLink part={`profile.${row}.cancel`} href={site.path(here)} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

const You = ({ site }: { site: UiSite }) => (
  <Source icon={<IconUser size={16} stroke={1.75} aria-hidden />}>{site.texts.t('profile.source-you')}</Source>
)

function Edit({ site, row, add }: { site: UiSite; row: EditedRow; add?: boolean }) {
  const { t } = site.texts
  return (
    <RowAction
      href={site.path(`${here}?edit=${row}#${row}`)}
      label={t(add ? 'common.add' : 'common.edit')}
      name={add ? `${t('common.add')}: ${t(`profile.${row}`)}` : t(`profile.edit-${row}`)}
      part={`profile.${row}.edit`}
    />
  )
}

function NameRow(props: Props) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { givenName, familyName } = data.person
  const labels = { given_name: t('field.given-name'), family_name: t('field.family-name') }
  if (edit !== 'name') {
    const name = `${givenName} ${familyName}`.trim()
    return (
      <ValueRow
        part="profile.name"
        label={t('profile.name')}
        value={name || t('common.not-set')}
        empty={!name}
        source={name ? <You site={site} /> : undefined}
        action={<Edit site={site} row="name" add={!name} />}
      />
    )
  }
  const common = { screen, explained: explain(site, failure, labels) }
  return (
    <EditForm {...props} row="name" labels={labels}>
      <NamePair>
        <Field
          {...common}
          name="given_name"
          label={labels.given_name}
          autoComplete="given-name"
          value={values.given_name ?? givenName}
          autoFocus={!failure}
        />
        <Field
          {...common}
          name="family_name"
          label={labels.family_name}
          autoComplete="family-name"
          value={values.family_name ?? familyName}
        />
      </NamePair>
    </EditForm>
  )
}

const Verified = ({ site }: { site: UiSite }) => (
  <Source good icon={<IconCircleCheck size={16} stroke={1.75} aria-hidden />}>
    {site.texts.t('profile.verified')}
  </Source>
)

function UsernameRow(props: Props) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const labels = { username: t('field.username') }
  if (edit !== 'username') {
    return (
      <ValueRow
        part="profile.username"
        label={t('profile.username')}
        value={data.username ? <bdi>{data.username}</bdi> : t('common.not-set')}
        empty={!data.username}
        source={data.username ? <You site={site} /> : undefined}
        action={<Edit site={site} row="username" add={!data.username} />}
      />
    )
  }
  return (
    <EditForm {...props} row="username" labels={labels}>
      <Field
        screen={screen}
        explained={explain(site, failure, labels)}
        name="username"
        label={labels.username}
        autoComplete="username"
        required={false}
        hint={t('hint.username')}
        value={values.username ?? data.username ?? ''}
        autoFocus={!failure}
      />
    </EditForm>
  )
}

function PhoneRow(props: Props) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const labels = { phone: t('field.phone') }
  if (edit !== 'phone') {
    return (
      <ValueRow
        part="profile.phone"
        label={t('profile.phone')}
        value={data.phone ? <Isolated>{data.phone}</Isolated> : t('common.not-set')}
        empty={!data.phone}
        source={data.phone ? data.isPhoneVerified ? <Verified site={site} /> : <You site={site} /> : undefined}
        action={<Edit site={site} row="phone" add={!data.phone} />}
      />
    )
  }
  return (
    <EditForm {...props} row="phone" labels={labels}>
      <Field
        screen={screen}
        explained={explain(site, failure, labels)}
        name="phone"
        label={labels.phone}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        leftToRight
        required={false}
        hint={t('hint.phone')}
        value={values.phone ?? data.phone ?? ''}
        autoFocus={!failure}
      />
    </EditForm>
  )
}

function LocaleRow(props: Props) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const labels = { locale: t('field.locale') }
  const byDefault = t('profile.locale-default')
  if (edit !== 'locale') {
    return (
      <ValueRow
        part="profile.locale"
        label={t('profile.locale')}
        value={data.locale ? nameOfLanguage(data.locale) : byDefault}
        source={data.locale ? <You site={site} /> : undefined}
        action={<Edit site={site} row="locale" />}
      />
    )
  }
  return (
    <EditForm {...props} row="locale" labels={labels}>
      <SelectField
        screen={screen}
        explained={explain(site, failure, labels)}
        name="locale"
        label={labels.locale}
        value={values.locale ?? data.locale ?? ''}
        autoFocus={!failure}
        options={[
          { value: '', label: byDefault },
          ...site.organization.locales.map((value) => ({ value, label: nameOfLanguage(value) })),
        ]}
      />
    </EditForm>
  )
}

export function Profile(props: Props) {
  const { site, data, notice, failure, edit } = props
  const { t } = site.texts
  const isOpen = edit && (edit !== 'username' || hasUsernames(site.organization))
  // A failure belongs to the open row; without one it stands above everything.
  const above = failure && !isOpen ? <Outcome site={site} screen={screen} explained={explain(site, failure)} /> : null
  return (
    <AccountFrame
      site={site}
      screen={screen}
      here={here}
      person={data.person}
      heading={t('profile.title')}
      lead={say(site, 'profile.lead')}
      notice={notice}
      alert={above}
    >
      <Section title={t('profile.about.title')} lead={say(site, 'profile.about.lead')}>
        <NameRow {...props} />
      </Section>
      <Section title={t('profile.contact.title')} lead={say(site, 'profile.contact.lead')}>
        <ValueRow
          part="profile.email"
          label={t('profile.email')}
          value={<Isolated>{data.person.email}</Isolated>}
          source={data.emailVerifiedAt ? <Verified site={site} /> : undefined}
          action={<ReadOnly site={site} />}
        />
        {hasUsernames(site.organization) ? <UsernameRow {...props} /> : null}
        <PhoneRow {...props} />
      </Section>
      <Section title={t('profile.preferences.title')} lead={say(site, 'profile.preferences.lead')}>
        <LocaleRow {...props} />
      </Section>
    </AccountFrame>
  )
}
