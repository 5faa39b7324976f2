import { IconAlertTriangle, IconDevices, IconLogout, IconShieldCheck } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { AccountFrame } from '../frame/account-frame.tsx'
import { Outcome } from '../parts/form.tsx'
import { IconRow, RowAction, Section } from '../parts/rows.tsx'
import { Isolated } from '../words.tsx'
import styles from './security.module.css'
import { AppRow } from './security-app.tsx'
import { RecoveryCodesSection } from './security-codes.tsx'
import { here, type SecurityProps, screen } from './security-parts.tsx'
import { Passkeys } from './security-passkeys.tsx'
import { Password } from './security-password.tsx'
import { PhoneRows } from './security-phones.tsx'

export type { SecurityData } from './security-parts.tsx'

/** How the account stands, in one line. */
function Standing({ site, data }: SecurityProps) {
  const { t } = site.texts
  const { waysIn, secondSteps } = data
  const hasSecondStep = secondSteps > 0
  const isGood = hasSecondStep && waysIn > 0
  return (
    <span className={styles.standing} data-good={isGood || undefined} data-part="security.standing">
      {isGood ? (
        <IconShieldCheck size={20} stroke={1.75} aria-hidden />
      ) : (
        <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
      )}
      <span>
        {t('security.ways', { count: waysIn })} ·{' '}
        {t(hasSecondStep ? 'security.second-step-on' : 'security.second-step-off')}
      </span>
    </span>
  )
}

/** Whether the open row is there to say what went wrong with it. */
const rows = (data: SecurityProps['data']): ReadonlySet<string> =>
  new Set([
    'password',
    'new-codes',
    ...(data.offers.passkeys ? ['passkey'] : []),
    ...(data.enrolment ? ['app'] : []),
    ...(data.app ? ['manage-app', 'remove-app'] : []),
    ...(data.offers.phones ? ['phone', 'new-phone'] : []),
    ...data.passkeys.flatMap(({ id }) => [`manage-${id}`, `remove-${id}`]),
    ...data.phones.map(({ id }) => `remove-${id}`),
  ])

export function Security(props: SecurityProps) {
  const { site, data, notice, failure, edit } = props
  const { t } = site.texts
  const isOpen = edit ? rows(data).has(edit) : false
  const above = failure && !isOpen ? <Outcome site={site} screen={screen} explained={explain(site, failure)} /> : null
  return (
    <AccountFrame
      site={site}
      screen={screen}
      here={here}
      person={data.person}
      heading={t('security.title')}
      lead={<Standing {...props} />}
      notice={notice}
      alert={above}
    >
      <Passkeys {...props} />
      <Password {...props} />
      <Section id="second-step" title={t('security.second-step.title')} lead={t('security.second-step.lead')}>
        <AppRow {...props} />
        <PhoneRows {...props} />
      </Section>
      <RecoveryCodesSection {...props} />
      <Section title={t('security.browsers.title')} lead={t('security.browsers.lead')}>
        <IconRow
          part="security.browsers"
          icon={<IconDevices size={22} stroke={1.75} aria-hidden />}
          title={t('security.browsers.row')}
          action={
            <RowAction
              href={site.path('/account/sessions')}
              label={t('security.manage')}
              name={t('security.manage-name', { name: t('security.browsers.row') })}
              part="security.browsers.review"
            />
          }
        />
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
