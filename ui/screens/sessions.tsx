import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { DeviceView } from '#core/devices/contract'
import { networkCalled, type SessionView } from '#core/sessions/contract'
import { writtenIn } from '../console/audit-words.tsx'
import { deviceOf } from '../device.ts'
import { explain } from '../explain.tsx'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Outcome } from '../parts/form.tsx'
import { IconRow, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import styles from './sessions.module.css'

const screen = 'sessions'
const here = '/account/sessions'
const minuteMs = 60_000

export type SessionsData = {
  person: SignedIn
  sessions: readonly SessionView[]
  /** The one that the page was asked for in. */
  currentId: string
  trusted: readonly (DeviceView & { trustedUntil: Date })[]
  now: Date
}

type Props = { site: UiSite; data: SessionsData } & Answered

const units = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const

/** "2 hours ago": true wherever the reader's clock stands. */
export function ago(site: UiSite, at: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / minuteMs))
  const [unit, length] = units.find(([, least]) => minutes >= least) ?? (['minute', 1] as const)
  const format = new Intl.RelativeTimeFormat(writtenIn(site), { numeric: 'auto' })
  return minutes < 2 ? site.texts.t('sessions.now') : format.format(-Math.floor(minutes / length), unit)
}

const deviceName = (site: UiSite, userAgent: string | null): string => {
  const { browser, system } = deviceOf(userAgent)
  if (browser && system) return site.texts.t('sessions.device', { browser, system })
  return browser ?? system ?? site.texts.t('sessions.device-unknown')
}

function methodsOf(site: UiSite, methods: readonly string[]): string {
  const named = methods.map((method) => {
    const key = `sessions.with.${method}`
    return site.texts.t(site.texts.has(key) ? key : 'sessions.with.other')
  })
  return new Intl.ListFormat(site.locale, { type: 'conjunction' }).format([...new Set(named)])
}

const DeviceIcon = ({ userAgent }: { userAgent: string | null }) => {
  const Icon = deviceOf(userAgent).isHandheld ? IconDeviceMobile : IconDeviceDesktop
  return <Icon size={22} stroke={1.75} aria-hidden />
}

type Act = { site: UiSite; intent: string; id?: string; label: string; name?: string; part: string; danger?: boolean }

function ActButton({ site, intent, id, label, name, part, danger }: Act) {
  return (
    <form method="post" action={site.path(here)} data-once="">
      <input type="hidden" name="intent" value={intent} />
      {id ? <input type="hidden" name="target" value={id} /> : null}
      <Button part={part} kind={danger ? 'danger' : 'secondary'} label={name} small>
        {label}
      </Button>
    </form>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Card({ site, data, session }: Props & { session: SessionView }) {
  const { t } = site.texts
  const isThis = session.id === data.currentId
  const name = deviceName(site, session.userAgent)
  const network = networkCalled(session.address)
  return (
    <li className={styles.card} data-this={isThis || undefined} data-part="sessions.session">
      <span className={styles.tile}>
        <DeviceIcon userAgent={session.userAgent} />
      </span>
      <div className={styles.name}>
        <h2>{name}</h2>
        {isThis ? (
          <span className={styles.here} data-part="sessions.this">
            {t('sessions.this')}
          </span>
        ) : null}
      </div>
      {isThis ? (
        <span />
      ) : (
        <ActButton
          site={site}
          intent="end"
          id={session.id}
          label={t('sessions.end')}
          name={t('sessions.end-named', { name })}
          part="sessions.end"
        />
      )}
      <dl className={styles.facts}>
        <Fact name={t('sessions.seen')}>{isThis ? t('sessions.now') : ago(site, session.lastSeenAt, data.now)}</Fact>
        <Fact name={t('sessions.since')}>{t('sessions.at', { at: session.createdAt })}</Fact>
        <Fact name={t('sessions.with')}>{methodsOf(site, session.methods)}</Fact>
        <Fact name={t('sessions.network')}>{network ? <Isolated>{network}</Isolated> : t('sessions.unknown')}</Fact>
      </dl>
    </li>
  )
}

function Trusted({ site, data }: Props) {
  const { t } = site.texts
  if (data.trusted.length === 0) return null
  return (
    <Section title={t('sessions.trusted.title')} lead={t('sessions.trusted.lead')}>
      {data.trusted.map(({ id, userAgent, trustedUntil, lastSeenAt }) => {
        const name = deviceName(site, userAgent)
        return (
          <IconRow
            key={id}
            part="sessions.trusted"
            icon={<DeviceIcon userAgent={userAgent} />}
            title={name}
            detail={`${t('sessions.trusted.until', { at: trustedUntil })} · ${t('sessions.trusted.seen', { ago: ago(site, lastSeenAt, data.now) })}`}
            action={
              <ActButton
                site={site}
                intent="forget"
                id={id}
                label={t('sessions.trusted.forget')}
                name={t('sessions.trusted.forget-named', { name })}
                part="sessions.forget"
              />
            }
          />
        )
      })}
    </Section>
  )
}

/** Where somebody is signed in at this organization: this browser first, then the most recently begun. */
export function Sessions(props: Props) {
  const { site, data, notice, failure } = props
  const { t } = site.texts
  const own = data.sessions.filter(({ id }) => id === data.currentId)
  const others = data.sessions.filter(({ id }) => id !== data.currentId)
  return (
    <AccountFrame
      site={site}
      screen={screen}
      here={here}
      person={data.person}
      heading={t('sessions.title')}
      lead={say(site, 'sessions.lead', { count: data.sessions.length })}
      notice={notice}
      alert={failure ? <Outcome site={site} screen={screen} explained={explain(site, failure)} /> : null}
    >
      {others.length > 0 ? (
        <div className={styles.all}>
          <ActButton
            site={site}
            intent="end-others"
            label={t('sessions.end-others')}
            part="sessions.end-others"
            danger
          />
        </div>
      ) : null}
      <ul className={styles.cards}>
        {[...own, ...others].map((session) => (
          <Card key={session.id} {...props} session={session} />
        ))}
      </ul>
      <Trusted {...props} />
    </AccountFrame>
  )
}
