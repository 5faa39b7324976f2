import { IconPassword } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { PasswordField } from '../parts/field.tsx'
import { Form, KnownPerson, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Section } from '../parts/rows.tsx'
import { passwordMinimum } from '../site.tsx'
import { Cancel, editing, type SecurityProps, screen } from './security-parts.tsx'

/** Whoever has none yet has proven themselves in another way, and is not asked for the present one. */
function PasswordForm({ site, data, failure }: SecurityProps) {
  const { t } = site.texts
  const hasOne = data.passwordChangedAt !== null
  const labels = { current_password: t('field.current-password'), new_password: t('field.new-password') }
  const explained = explain(site, failure, labels)
  const common = { site, screen, explained }
  return (
    <OpenRow title={t(hasOne ? 'security.password.change' : 'security.password.set')}>
      <p>{t('security.password.others')}</p>
      <Outcome site={site} screen={screen} explained={explained} />
      <Form site={site} action="/account/security/password" part="security.password.form">
        <KnownPerson email={data.person.email} />
        {hasOne ? (
          <PasswordField
            {...common}
            name="current_password"
            label={labels.current_password}
            autoComplete="current-password"
            part="security.password.current"
            autoFocus={!failure}
          />
        ) : null}
        <PasswordField
          {...common}
          name="new_password"
          label={labels.new_password}
          autoComplete="new-password"
          part="security.password.new"
          minimum={passwordMinimum(site)}
          hint={t('hint.password', { count: passwordMinimum(site) })}
          autoFocus={!failure && !hasOne}
        />
        <RowEnd>
          <Button part="security.password.submit" small>
            {t('security.password.submit')}
          </Button>
          <Cancel site={site} part="security.password.cancel" />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

function PasswordRow(props: SecurityProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { passwordChangedAt } = data
  if (edit === 'password') return <PasswordForm {...props} />
  return (
    <IconRow
      part="security.password"
      icon={<IconPassword size={22} stroke={1.75} aria-hidden />}
      title={t('security.password.row')}
      detail={
        passwordChangedAt ? t('security.password.changed', { at: passwordChangedAt }) : t('security.password.none')
      }
      action={
        <RowAction
          href={editing(site, 'password')}
          label={t(passwordChangedAt ? 'common.change' : 'security.password.set-short')}
          name={t(passwordChangedAt ? 'security.password.change' : 'security.password.set')}
          part="security.password.edit"
        />
      }
    />
  )
}

export function Password(props: SecurityProps) {
  const { site, data } = props
  const { t } = site.texts
  const lead = t(data.passkeys.length > 0 ? 'security.password.lead-beside' : 'security.password.lead')
  return (
    <Section id="password" title={t('security.password.title')} lead={lead}>
      <PasswordRow {...props} />
    </Section>
  )
}
