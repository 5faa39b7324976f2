import {
  IconDeviceLaptop,
  IconDeviceMobile,
  IconFingerprint,
  IconMailCheck,
  IconPassword,
  IconUserPlus,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconRow, RowAction, rowStyles } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import styles from './account.module.css'

/** When something last happened to an account; null for what has never happened. */
export type Moments = {
  createdAt: Date
  emailVerifiedAt: Date | null
  passwordChangedAt: Date | null
  /** Of the authenticator app, and of the newest passkey. */
  secondStepAt: Date | null
  passkeyAt: Date | null
}

type Change = { name: 'created' | 'email' | 'password' | 'second-step' | 'passkey'; at: Date }

const icons = {
  created: IconUserPlus,
  email: IconMailCheck,
  password: IconPassword,
  'second-step': IconDeviceMobile,
  passkey: IconFingerprint,
}

const shown = 3
const minuteMs = 60_000

/** The newest first; nothing is older than the account, whatever the clocks said. Its first password was not changed. */
export function changesOf(moments: Moments): Change[] {
  const { createdAt, emailVerifiedAt, passwordChangedAt, secondStepAt, passkeyAt } = moments
  const isFirst = passwordChangedAt && passwordChangedAt.getTime() - createdAt.getTime() < minuteMs
  const all: { name: Change['name']; at: Date | null }[] = [
    { name: 'second-step', at: secondStepAt },
    { name: 'passkey', at: passkeyAt },
    { name: 'password', at: isFirst ? null : passwordChangedAt },
    { name: 'email', at: emailVerifiedAt },
    { name: 'created', at: createdAt },
  ]
  return all
    .filter((change): change is Change => change.at !== null)
    .sort((a, b) => Number(a.name === 'created') - Number(b.name === 'created') || b.at.getTime() - a.at.getTime())
    .slice(0, shown)
}

const Card = ({ part, title, children }: { part: string; title: string; children: ReactNode }) => (
  <section className={styles.card} data-part={part}>
    <h2>{title}</h2>
    {children}
  </section>
)

export function LatestChanges({ site, moments }: { site: UiSite; moments: Moments }) {
  const { t } = site.texts
  return (
    <Card part="account.changes" title={t('account.changes.title')}>
      {changesOf(moments).map(({ name, at }) => {
        const Icon = icons[name]
        return (
          <IconRow
            key={name}
            part={`account.change.${name}`}
            icon={<Icon size={20} stroke={1.75} aria-hidden />}
            title={t(`account.change.${name}`)}
            action={
              <time className={rowStyles.quiet} dateTime={at.toISOString().slice(0, 10)}>
                {t('account.change.at', { at })}
              </time>
            }
          />
        )
      })}
    </Card>
  )
}

export function ThisDevice({ site, signedInAt }: { site: UiSite; signedInAt: Date }) {
  const { t } = site.texts
  return (
    <Card part="account.device" title={t('security.sign-out.title')}>
      <IconRow
        part="account.session"
        icon={<IconDeviceLaptop size={20} stroke={1.75} aria-hidden />}
        title={t('security.sign-out.row')}
        detail={t('account.signed-in-since', { at: signedInAt })}
      />
      <div className={styles.last}>
        <RowAction href={site.path('/account/sessions')} label={t('account.all-sessions')} part="account.sessions" />
        <RowAction href={site.path('/sign-out')} label={t('nav.sign-out')} part="account.sign-out" />
      </div>
    </Card>
  )
}
