import { IconDeviceMobile } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { Button } from '../parts/button.tsx'
import { Enrolment, type EnrolmentData } from '../parts/enrolment.tsx'
import { CodeField } from '../parts/field.tsx'
import { Form, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Tag } from '../parts/rows.tsx'
import { say } from '../words.tsx'
import styles from './security.module.css'
import { Cancel, editing, momentsOf, RemoveRow, RenameForm, type SecurityProps, screen } from './security-parts.tsx'

const action = '/account/security/totp'
const icon = <IconDeviceMobile size={22} stroke={1.75} aria-hidden />

type App = NonNullable<SecurityProps['data']['app']>

/** The one that there is keeps working until the other one has shown its first code. */
function EnrolRow({ site, data, failure, enrolment }: SecurityProps & { enrolment: EnrolmentData }) {
  const { t } = site.texts
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <OpenRow id="app" title={t(data.app ? 'security.app.replace-title' : 'mfa-enrol.title')}>
      {data.app ? <p>{t('security.app.replace-lead')}</p> : null}
      <Outcome site={site} screen={screen} explained={explained} />
      <Enrolment site={site} enrolment={enrolment} />
      <Form site={site} action={action} part="security.totp.form" hidden={{ intent: 'confirm' }}>
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

function TryOut({ site, failure }: SecurityProps) {
  const { t } = site.texts
  const label = t('field.code')
  const own = failure?.field === 'name' ? null : failure
  const explained = explain(site, own, { code: label })
  return (
    <>
      <Outcome site={site} screen={screen} explained={explained} />
      <Form site={site} action={action} part="security.app.test-form" hidden={{ intent: 'test' }}>
        <CodeField
          screen={screen}
          label={label}
          hint={t('security.app.test-lead')}
          explained={explained}
          part="security.app.code"
        />
        <RowEnd>
          <Button part="security.app.test" kind="secondary" small>
            {t('security.try-out')}
          </Button>
        </RowEnd>
      </Form>
    </>
  )
}

function ManageRow(props: SecurityProps & { app: App }) {
  const { site, app } = props
  const { t } = site.texts
  return (
    <OpenRow id="manage-app" title={<bdi>{app.name ?? t('security.second-step.row')}</bdi>}>
      <p>{momentsOf(site, app)}</p>
      <RenameForm
        {...props}
        action={action}
        part="security.app"
        hidden={{}}
        name={app.name}
        otherwise={t('security.second-step.row')}
      />
      <div className={styles.apart}>
        <TryOut {...props} />
      </div>
      <div className={styles.more}>
        <form method="post" action={site.path(action)} data-once="">
          <input type="hidden" name="intent" value="replace" />
          <Button part="security.totp.replace" kind="secondary" small>
            {t('security.app.replace')}
          </Button>
        </form>
        <RowAction
          href={editing(site, 'remove-app')}
          label={t('security.remove')}
          name={t('security.app.remove-title')}
          part="security.totp.remove"
        />
      </div>
    </OpenRow>
  )
}

/** What is left to be asked for without it, and whether it may go at all. */
function leadOf({ site, data }: SecurityProps, stays: boolean): string {
  if (stays) return say(site, 'security.app.remove-required')
  return site.texts.t(data.secondSteps > 1 ? 'security.app.remove-lead' : 'security.second-step.remove-lead')
}

export function AppRow(props: SecurityProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { app, enrolment } = data
  if (edit === 'app' && enrolment) return <EnrolRow {...props} enrolment={enrolment} />
  if (!app) {
    return (
      <IconRow
        part="security.totp"
        icon={icon}
        title={t('security.second-step.row')}
        detail={t('security.second-step.off')}
        action={
          <form method="post" action={site.path(action)} data-once="">
            <input type="hidden" name="intent" value="start" />
            <Button part="security.totp.start" kind="secondary" small>
              {t('security.second-step.add')}
            </Button>
          </form>
        }
      />
    )
  }
  if (edit === 'manage-app') return <ManageRow {...props} app={app} />
  if (edit === 'remove-app') {
    const stays = data.isSecondStepRequired && data.secondSteps === 1
    return (
      <RemoveRow
        {...props}
        id="remove-app"
        action={action}
        part="security.totp"
        hidden={{}}
        title={t('security.app.remove-title')}
        lead={leadOf(props, stays)}
        label={t('security.app.remove')}
        stays={stays}
      />
    )
  }
  const name = app.name ?? t('security.second-step.row')
  return (
    <IconRow
      part="security.totp"
      icon={icon}
      title={<bdi>{name}</bdi>}
      detail={momentsOf(site, app, app.name === null ? null : t('security.second-step.row'))}
      tag={<Tag>{t('common.on')}</Tag>}
      action={
        <RowAction
          href={editing(site, 'manage-app')}
          label={t('security.manage')}
          name={t('security.manage-name', { name })}
          part="security.app.manage"
        />
      }
    />
  )
}
