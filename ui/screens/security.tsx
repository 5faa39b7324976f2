import { IconDeviceMobile, IconLogout, IconPassword } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Enrolment, type EnrolmentData } from '../parts/enrolment.tsx'
import { CodeField, PasswordField } from '../parts/field.tsx'
import { Form, KnownPerson, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Section, Tag } from '../parts/rows.tsx'
import { type Answered, passwordMinimum, type UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'

const screen = 'security'
const here = '/account/security'

export type SecurityData = {
  person: SignedIn
  passwordChangedAt: Date | null
  secondStep: { addedAt: Date } | null
  /** An enrolment under way. */
  enrolment: EnrolmentData | null
}
export type OpenedRow = 'password' | 'second-step'

type Props = { site: UiSite; data: SecurityData; edit?: OpenedRow | null | undefined } & Answered

const Cancel = ({ site, part }: { site: UiSite; part: string }) => (
  <ButtonLink part={part} href={site.path(here)} kind="quiet" small>
    {site.texts.t('common.cancel')}
  </ButtonLink>
)

function PasswordForm({ site, data, failure }: Props) {
  const { t } = site.texts
  const labels = { current_password: t('field.current-password'), new_password: t('field.new-password') }
  const explained = explain(site, failure, labels)
  const common = { site, screen, explained }
  return (
    <OpenRow id="password" title={t('security.password.change')}>
      <p>{t('security.password.others')}</p>
      <Outcome site={site} screen={screen} explained={explained} />
      <Form site={site} action="/account/security/password" part="security.password.form">
        <KnownPerson email={data.person.email} />
        <PasswordField
          {...common}
          name="current_password"
          label={labels.current_password}
          autoComplete="current-password"
          part="security.password.current"
          autoFocus={!failure}
        />
        <PasswordField
          {...common}
          name="new_password"
          label={labels.new_password}
          autoComplete="new-password"
          part="security.password.new"
          minimum={passwordMinimum(site)}
          hint={t('hint.password', { count: passwordMinimum(site) })}
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

function PasswordRow(props: Props) {
  const { site, data, edit } = props
  const { t } = site.texts
  if (edit === 'password') return <PasswordForm {...props} />
  return (
    <IconRow
      part="security.password"
      icon={<IconPassword size={22} stroke={1.75} aria-hidden />}
      title={t('security.password.row')}
      detail={data.passwordChangedAt ? t('security.password.changed', { at: data.passwordChangedAt }) : undefined}
      action={
        <RowAction
          href={site.path(`${here}?edit=password#password`)}
          label={t('common.change')}
          name={t('security.password.change')}
          part="security.password.edit"
        />
      }
    />
  )
}

function EnrolForm({ site, enrolment, failure }: Props & { enrolment: EnrolmentData }) {
  const { t } = site.texts
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <OpenRow id="second-step" title={t('mfa-enrol.title')}>
      <Outcome site={site} screen={screen} explained={explained} />
      <Enrolment site={site} enrolment={enrolment} />
      <Form site={site} action="/account/security/totp" part="security.totp.form" hidden={{ intent: 'confirm' }}>
        <CodeField
          screen={screen}
          label={label}
          hint={t('mfa-enrol.code-lead')}
          explained={explained}
          part="security.totp.code"
          autoSubmit={!explained}
        />
        <RowEnd>
          <Button part="security.totp.submit" small>
            {t('security.second-step.confirm')}
          </Button>
          <Cancel site={site} part="security.totp.cancel" />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

function RemoveForm({ site }: Props) {
  const { t } = site.texts
  return (
    <OpenRow id="second-step" title={t('security.second-step.remove-title')}>
      <p>{t('security.second-step.remove-lead')}</p>
      <Form site={site} action="/account/security/totp" part="security.totp.form" hidden={{ intent: 'remove' }}>
        <RowEnd>
          <Button part="security.totp.submit" kind="danger" small>
            {t('security.second-step.remove')}
          </Button>
          <Cancel site={site} part="security.totp.cancel" />
        </RowEnd>
      </Form>
    </OpenRow>
  )
}

function SecondStepRow(props: Props) {
  const { site, data, edit } = props
  const { t } = site.texts
  const required = site.organization.secondFactorRequired
  if (data.enrolment && !data.secondStep) return <EnrolForm {...props} enrolment={data.enrolment} />
  if (edit === 'second-step' && data.secondStep && !required) return <RemoveForm {...props} />
  const icon = <IconDeviceMobile size={22} stroke={1.75} aria-hidden />
  if (!data.secondStep) {
    return (
      <IconRow
        part="security.totp"
        icon={icon}
        title={t('security.second-step.row')}
        detail={t('security.second-step.off')}
        action={
          <form method="post" action={site.path('/account/security/totp')} data-once="">
            <input type="hidden" name="intent" value="start" />
            <Button part="security.totp.start" small>
              {t('security.second-step.add')}
            </Button>
          </form>
        }
      />
    )
  }
  return (
    <IconRow
      part="security.totp"
      icon={icon}
      title={t('security.second-step.row')}
      detail={
        required
          ? say(site, 'security.second-step.required')
          : t('security.second-step.added', { at: data.secondStep.addedAt })
      }
      tag={<Tag>{t('common.on')}</Tag>}
      action={
        required ? undefined : (
          <RowAction
            href={site.path(`${here}?edit=second-step#second-step`)}
            label={t('security.second-step.remove')}
            name={t('security.second-step.remove-title')}
            part="security.totp.remove"
          />
        )
      }
    />
  )
}

export function Security(props: Props) {
  const { site, data, notice, failure, edit } = props
  const { t } = site.texts
  const opened = edit === 'password' || data.enrolment
  const above = failure && !opened ? <Outcome site={site} screen={screen} explained={explain(site, failure)} /> : null
  return (
    <AccountFrame
      site={site}
      screen={screen}
      here={here}
      person={data.person}
      heading={t('security.title')}
      lead={t('security.lead')}
      notice={notice}
      alert={above}
    >
      <Section title={t('security.password.title')} lead={t('security.password.lead')}>
        <PasswordRow {...props} />
      </Section>
      <Section title={t('security.second-step.title')} lead={t('security.second-step.lead')}>
        <SecondStepRow {...props} />
      </Section>
      <Section title={t('security.sign-out.title')} lead={t('security.sign-out.lead')}>
        <IconRow
          part="security.sign-out"
          icon={<IconLogout size={22} stroke={1.75} aria-hidden />}
          title={t('security.sign-out.row')}
          detail={<Isolated>{data.person.email}</Isolated>}
          action={<RowAction href={site.path('/sign-out')} label={t('nav.sign-out')} part="security.sign-out.action" />}
        />
      </Section>
    </AccountFrame>
  )
}
