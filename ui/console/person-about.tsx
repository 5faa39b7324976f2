/** Who somebody is, and how they belong here. */
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { hasUsernames, membershipKinds } from '#core/people/contract'
import { nameOfLanguage } from '../frame/choices.tsx'
import { ChoiceField, Field, SelectField } from '../parts/field.tsx'
import { NamePair } from '../parts/form.tsx'
import { ReadOnly, Section, Source, ValueRow } from '../parts/rows.tsx'
import { Isolated } from '../words.tsx'
import { PhoneRow, UsernameRow } from './person-contact.tsx'
import { about, Edit, EditForm, may, mayEdit, type PersonProps, screen } from './person-parts.tsx'
import { kindName, Moment, StatusBadge } from './standing.tsx'

function NameRow(props: PersonProps) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { givenName, familyName, version } = data.profile
  const labels = { given_name: t('field.given-name'), family_name: t('field.family-name') }
  if (edit !== 'name' || !mayEdit(props)) {
    const name = `${givenName} ${familyName}`.trim()
    return (
      <ValueRow
        part="person.name"
        label={t('profile.name')}
        value={<bdi>{name || t('common.not-set')}</bdi>}
        empty={!name}
        action={
          mayEdit(props) ? (
            <Edit site={site} data={data} row="name" label={t('common.edit')} name={t('profile.edit-name')} />
          ) : (
            <ReadOnly site={site} />
          )
        }
      />
    )
  }
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="name"
      operation="people.update"
      submit={t('common.save')}
      hidden={{ version: String(version) }}
    >
      {(explained) => (
        <NamePair>
          <Field
            {...{ screen, explained }}
            name="given_name"
            label={labels.given_name}
            value={values.given_name ?? givenName}
            autoFocus={!failure}
          />
          <Field
            {...{ screen, explained }}
            name="family_name"
            label={labels.family_name}
            value={values.family_name ?? familyName}
          />
        </NamePair>
      )}
    </EditForm>
  )
}

function LocaleRow(props: PersonProps) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { locale, version } = data.profile
  const labels = { locale: t('field.locale') }
  const byDefault = t('person.locale-default')
  if (edit !== 'locale' || !mayEdit(props)) {
    return (
      <ValueRow
        part="person.locale"
        label={t('profile.locale')}
        value={locale ? nameOfLanguage(locale) : byDefault}
        action={
          mayEdit(props) ? (
            <Edit site={site} data={data} row="locale" label={t('common.edit')} name={t('profile.edit-locale')} />
          ) : null
        }
      />
    )
  }
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="locale"
      operation="people.update"
      submit={t('common.save')}
      hidden={{ version: String(version) }}
    >
      {(explained) => (
        <SelectField
          {...{ screen, explained }}
          name="locale"
          label={labels.locale}
          value={values.locale ?? locale ?? ''}
          autoFocus={!failure}
          options={[
            { value: '', label: byDefault },
            ...site.organization.locales.map((value) => ({ value, label: nameOfLanguage(value) })),
          ]}
        />
      )}
    </EditForm>
  )
}

export function Who(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { email, isEmailVerified, livesHere } = data.profile
  return (
    <Section
      title={t('person.who.title')}
      lead={about(site, data, livesHere ? 'person.who.lead' : 'person.who.elsewhere')}
    >
      <NameRow {...props} />
      <ValueRow
        part="person.email"
        label={t('profile.email')}
        value={<Isolated>{email}</Isolated>}
        source={
          <Source
            good={isEmailVerified}
            icon={
              isEmailVerified ? (
                <IconCircleCheck size={16} stroke={1.75} aria-hidden />
              ) : (
                <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
              )
            }
          >
            {t(isEmailVerified ? 'profile.verified' : 'profile.not-verified')}
          </Source>
        }
        action={<ReadOnly site={site} />}
      />
      {hasUsernames(site.organization) ? <UsernameRow {...props} /> : null}
      {livesHere ? <PhoneRow {...props} /> : null}
      <LocaleRow {...props} />
    </Section>
  )
}

function KindRow(props: PersonProps) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { membership } = data.profile
  const isChangeable = membership !== null && may(props, 'people.update')
  if (edit !== 'kind' || !isChangeable) {
    return (
      <ValueRow
        part="person.kind"
        label={t('person.kind')}
        value={kindName(site, membership?.kind ?? null)}
        action={
          isChangeable ? (
            <Edit site={site} data={data} row="kind" label={t('common.change')} name={t('person.kind.change')} />
          ) : null
        }
      />
    )
  }
  return (
    <EditForm
      {...{ site, data, failure }}
      labels={{ kind: t('person.kind') }}
      row="kind"
      operation="people.change-kind"
      submit={t('common.save')}
    >
      {(explained) => (
        <ChoiceField
          {...{ screen, explained }}
          name="kind"
          legend={t('person.kind')}
          chosen={[values.kind ?? membership.kind]}
          options={membershipKinds.map((value) => ({
            value,
            label: kindName(site, value),
            hint: about(site, data, `person.kind.${value}-hint`),
          }))}
        />
      )}
    </EditForm>
  )
}

export function Belonging(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { status, isSuspendedAtHome, livesHere, home, joinedAt, lastSignInAt } = data.profile
  return (
    <Section title={t('person.belonging.title')} lead={about(site, data, 'person.belonging.lead')}>
      <KindRow {...props} />
      <ValueRow
        part="person.status"
        label={t('people.column.status')}
        value={<StatusBadge site={site} status={status} />}
        source={
          isSuspendedAtHome && !livesHere ? <span>{about(site, data, 'person.suspended-at-home')}</span> : undefined
        }
        action={null}
      />
      <ValueRow part="person.home" label={t('person.home')} value={<bdi>{home.name}</bdi>} action={null} />
      <ValueRow
        part="person.joined"
        label={t('person.joined')}
        value={t('person.day', { at: joinedAt })}
        action={null}
      />
      <ValueRow
        part="person.seen"
        label={t('people.column.seen')}
        value={<Moment site={site} at={lastSignInAt} />}
        action={null}
      />
    </Section>
  )
}
