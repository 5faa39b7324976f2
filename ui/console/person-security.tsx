/** What somebody proves themselves with, where they are signed in, why they can enter, and what ends it. */
import {
  IconBan,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDoorEnter,
  IconDoorOff,
  IconPassword,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SessionView } from '#core/sessions/contract'
import { deviceOf } from '../device.ts'
import { IconRow, RowAction, Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import styles from './person.module.css'
import { AtOnce, about, may, type PersonProps, pathOf } from './person-parts.tsx'

const size = { size: 22, stroke: 1.75, 'aria-hidden': true } as const

/** Leads to the page that asks whether it is meant. */
const Ask = ({ site, data, act, label, name }: PersonProps & { act: string; label: string; name: string }) => (
  <RowAction
    href={site.path(`${pathOf(data.profile.ref.personId)}/${act}`)}
    label={label}
    name={name}
    part={`person.${act}`}
    wholeRow
  />
)

export function Security(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { livesHere, passwordChangedAt, mustChangePassword, secondStepAddedAt, status } = data.profile
  if (!livesHere) {
    return (
      <Section title={t('security.title')} lead={about(site, data, 'person.security.lead')}>
        <p className={styles.none}>{about(site, data, 'person.security.elsewhere')}</p>
      </Section>
    )
  }
  const mayReset = may(props, 'people.reset') && !data.isOwn && status === 'active'
  return (
    <Section title={t('security.title')} lead={about(site, data, 'person.security.lead')}>
      <IconRow
        part="person.password"
        icon={<IconPassword {...size} />}
        title={t('security.password.row')}
        detail={
          passwordChangedAt ? t('security.password.changed', { at: passwordChangedAt }) : t('person.password.none')
        }
        action={
          mayReset ? (
            <Ask {...props} act="reset-password" label={t('person.reset')} name={t('person.password.reset')} />
          ) : undefined
        }
      />
      {passwordChangedAt && (mayReset || mustChangePassword) ? (
        <IconRow
          part="person.new-password"
          icon={<IconRefresh {...size} />}
          title={t('person.new-password.title')}
          detail={about(site, data, `person.new-password.${mustChangePassword ? 'asked' : 'lead'}`)}
          action={
            mayReset && !mustChangePassword ? (
              <Ask
                {...props}
                act="ask-new-password"
                label={t('person.new-password.ask')}
                name={t('person.new-password.name')}
              />
            ) : undefined
          }
        />
      ) : null}
      <IconRow
        part="person.second-step"
        icon={<IconDeviceMobile {...size} />}
        title={t('security.second-step.row')}
        detail={
          secondStepAddedAt ? t('person.second-step.added', { at: secondStepAddedAt }) : t('person.second-step.none')
        }
        action={
          mayReset && secondStepAddedAt ? (
            <Ask {...props} act="reset-second-step" label={t('person.reset')} name={t('person.second-step.reset')} />
          ) : undefined
        }
      />
    </Section>
  )
}

const deviceName = (site: UiSite, userAgent: string | null): string => {
  const { browser, system } = deviceOf(userAgent)
  if (browser && system) return site.texts.t('person.session.device', { browser, system })
  return browser ?? system ?? site.texts.t('person.session.unknown')
}

function Session({ site, session }: { site: UiSite; session: SessionView }) {
  const { t } = site.texts
  const { isHandheld } = deviceOf(session.userAgent)
  const facts: ReactNode[] = [
    t('person.session.seen', { at: session.lastSeenAt }),
    t('person.session.since', { at: session.createdAt }),
  ]
  return (
    <IconRow
      part="person.session"
      icon={isHandheld ? <IconDeviceMobile {...size} /> : <IconDeviceDesktop {...size} />}
      title={deviceName(site, session.userAgent)}
      detail={
        <>
          {facts.join(' · ')}
          {session.address ? (
            <>
              {' · '}
              <bdi dir="ltr">{session.address}</bdi>
            </>
          ) : null}
        </>
      }
    />
  )
}

export function Sessions(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { sessions, livesHere } = data.profile
  return (
    <Section title={t('person.sessions.title')} lead={about(site, data, 'person.sessions.lead')}>
      {sessions.length === 0 ? <p className={styles.none}>{t('person.sessions.none')}</p> : null}
      {sessions.map((session) => (
        <Session key={session.id} site={site} session={session} />
      ))}
      {may(props, 'people.suspend') && (sessions.length > 0 || livesHere) ? (
        <div className={styles.foot}>
          <AtOnce {...{ site, data }} operation="people.end-sessions" part="person.end-sessions">
            {t(livesHere ? 'person.sessions.end-everywhere' : 'person.sessions.end-here')}
          </AtOnce>
        </div>
      ) : null}
    </Section>
  )
}

/** Whether they can come in, in one sentence, and the way to the whole story. */
export function Access({ site, data }: PersonProps) {
  const { t } = site.texts
  const { canEnter, entrance } = data.access
  return (
    <Section title={t('person.access.title')} lead={about(site, data, 'person.access.lead')}>
      <IconRow
        part="person.access"
        icon={canEnter ? <IconDoorEnter {...size} /> : <IconDoorOff {...size} />}
        tone={canEnter ? 'good' : 'attention'}
        title={t(canEnter ? 'person.access.can' : 'person.access.cannot')}
        detail={about(site, data, `person.entrance.${entrance.replaceAll('_', '-')}`)}
        action={
          <RowAction
            href={site.path(`${pathOf(data.profile.ref.personId)}/access`)}
            label={t('person.access.why')}
            name={t('person.access.why')}
            part="person.access.why"
            wholeRow
          />
        }
      />
    </Section>
  )
}

export function Danger(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { status, livesHere } = data.profile
  const maySuspend = may(props, 'people.suspend') && status !== 'pending'
  const mayRemove = may(props, 'people.delete')
  if (data.isOwn || (!maySuspend && !mayRemove)) return null
  const where = livesHere ? 'home' : 'here'
  return (
    <Section title={t('person.danger.title')} lead={about(site, data, 'person.danger.lead')}>
      {maySuspend && status === 'active' ? (
        <IconRow
          part="person.suspending"
          icon={<IconBan {...size} />}
          title={about(site, data, 'person.suspend.name')}
          detail={about(site, data, `person.suspend.${where}`)}
          action={
            <Ask {...props} act="suspend" label={t('person.suspend')} name={about(site, data, 'person.suspend.name')} />
          }
        />
      ) : null}
      {maySuspend && status === 'suspended' ? (
        <IconRow
          part="person.resuming"
          icon={<IconPlayerPlay {...size} />}
          title={about(site, data, 'person.resume.name')}
          detail={about(site, data, 'person.resume.detail')}
          action={
            <Ask {...props} act="resume" label={t('person.resume')} name={about(site, data, 'person.resume.name')} />
          }
        />
      ) : null}
      {mayRemove ? (
        <IconRow
          part="person.removing"
          icon={<IconTrash {...size} />}
          title={about(site, data, 'person.remove.name')}
          detail={about(site, data, `person.remove.${where}`)}
          action={
            <Ask {...props} act="remove" label={t('person.remove')} name={about(site, data, 'person.remove.name')} />
          }
        />
      ) : null}
    </Section>
  )
}
