/** What else than an address somebody is known by, and reached at. */
import { Field } from '../parts/field.tsx'
import { ValueRow } from '../parts/rows.tsx'
import { Isolated } from '../words.tsx'
import { Edit, EditForm, mayEdit, type PersonProps, screen } from './person-parts.tsx'

export function UsernameRow(props: PersonProps) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { username, version } = data.profile
  const labels = { username: t('field.username') }
  if (edit !== 'username' || !mayEdit(props)) {
    return (
      <ValueRow
        part="person.username"
        label={t('profile.username')}
        value={username ? <bdi>{username}</bdi> : t('common.not-set')}
        empty={!username}
        action={
          mayEdit(props) ? (
            <Edit
              {...{ site, data }}
              row="username"
              label={t(username ? 'common.edit' : 'common.add')}
              name={t('profile.edit-username')}
            />
          ) : null
        }
      />
    )
  }
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="username"
      operation="people.update"
      submit={t('common.save')}
      hidden={{ version: String(version) }}
    >
      {(explained) => (
        <Field
          {...{ screen, explained }}
          name="username"
          label={labels.username}
          required={false}
          hint={t('hint.username')}
          value={values.username ?? username ?? ''}
          autoFocus={!failure}
        />
      )}
    </EditForm>
  )
}

export function PhoneRow(props: PersonProps) {
  const { site, data, edit, values = {}, failure } = props
  const { t } = site.texts
  const { phone, version } = data.profile
  const labels = { phone: t('field.phone') }
  if (edit !== 'phone' || !mayEdit(props)) {
    return (
      <ValueRow
        part="person.phone"
        label={t('profile.phone')}
        value={phone ? <Isolated>{phone}</Isolated> : t('common.not-set')}
        empty={!phone}
        action={
          mayEdit(props) ? (
            <Edit
              {...{ site, data }}
              row="phone"
              label={t(phone ? 'common.edit' : 'common.add')}
              name={t('profile.edit-phone')}
            />
          ) : null
        }
      />
    )
  }
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="phone"
      operation="people.update"
      submit={t('common.save')}
      hidden={{ version: String(version) }}
    >
      {(explained) => (
        <Field
          {...{ screen, explained }}
          name="phone"
          label={labels.phone}
          type="tel"
          inputMode="tel"
          leftToRight
          required={false}
          hint={t('hint.phone')}
          value={values.phone ?? phone ?? ''}
          autoFocus={!failure}
        />
      )}
    </EditForm>
  )
}
