/** One record of the trail: a sentence, and behind it what was before and after, who, from where, and its seal. */
import {
  IconBuilding,
  IconChevronRight,
  IconCircleCheck,
  IconCircleDashed,
  IconCopy,
  IconHistory,
  IconId,
  IconMinus,
  IconPalette,
  IconPlus,
  IconRobot,
  IconRoute,
  IconShieldLock,
  IconUser,
  IconWorld,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type AuditKind, type AuditRecord, kindOfAction } from '#core/audit/contract'
import type { Names } from '#core/oversight/contract'
import type { UiSite } from '../site.tsx'
import { Isolated } from '../words.tsx'
import styles from './audit-entry.module.css'
import { fieldCalled, momentOf, sentenceOf, valueCalled, whomOf, whoOf, writtenIn } from './audit-words.tsx'
import { withQuery } from './toolbar.tsx'

const icons: Record<AuditKind, typeof IconUser> = {
  'sign-in': IconShieldLock,
  people: IconUser,
  rights: IconId,
  organization: IconBuilding,
  addresses: IconWorld,
  programs: IconRobot,
  appearance: IconPalette,
  flows: IconRoute,
  trail: IconHistory,
}

export type EntryProps = {
  site: UiSite
  record: AuditRecord
  names: Names
  /** Whether it stands before the last seal. */
  isSealed: boolean
  isOpen: boolean
  /** How the list is narrowed. */
  query: Readonly<Record<string, string | undefined>>
}

const bothIn = (details: Record<string, unknown>) => {
  const objectIn = (key: string): Record<string, unknown> => {
    const held = details[key]
    return held !== null && typeof held === 'object' && !Array.isArray(held) ? (held as Record<string, unknown>) : {}
  }
  return { before: objectIn('before'), after: objectIn('after') }
}

function Changed({ site, names, details }: Pick<EntryProps, 'site' | 'names'> & { details: Record<string, unknown> }) {
  const { t } = site.texts
  const { before, after } = bothIn(details)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  if (keys.length === 0) return null
  const cell = (held: Record<string, unknown>, key: string, kind: 'before' | 'after') => {
    const isThere = Object.hasOwn(held, key)
    const Mark = kind === 'before' ? IconMinus : IconPlus
    return (
      <td data-kind={isThere ? kind : undefined} data-label={t(`audit.table.${kind}`)}>
        {isThere ? (
          <span>
            <Mark size={16} stroke={1.75} aria-hidden />
            <bdi>{valueCalled(site, names, held[key])}</bdi>
          </span>
        ) : (
          t('audit.nothing')
        )}
      </td>
    )
  }
  return (
    <table className={styles.changed}>
      <caption className="visually-hidden">{t('audit.table.changed')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('audit.table.what')}</th>
          <th scope="col">{t('audit.table.before')}</th>
          <th scope="col">{t('audit.table.after')}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key}>
            <th scope="row">{fieldCalled(site, key)}</th>
            {cell(before, key, 'before')}
            {cell(after, key, 'after')}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What is neither before nor after: a reason, a number, what was asked for. */
const othersIn = (details: Record<string, unknown>): [string, unknown][] =>
  Object.entries(details).filter(
    ([key, value]) => !(['before', 'after'].includes(key) && value !== null && typeof value === 'object'),
  )

const Fact = ({ label, children, part }: { label: string; children: ReactNode; part?: string }) => (
  <div data-part={part}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

function Event({ site, id }: { site: UiSite; id: string }) {
  const { t } = site.texts
  return (
    <span className={styles.event}>
      <code dir="ltr">{id}</code>
      <button type="button" hidden className={styles.copy} data-copy={id} data-copied={t('common.copied')}>
        <IconCopy size={16} stroke={1.75} aria-hidden />
        <span aria-live="polite">{t('common.copy')}</span>
      </button>
    </span>
  )
}

function deviceOf(site: UiSite, { browser, system }: AuditRecord['device']): string | null {
  return browser && system ? site.texts.t('audit.device', { browser, system }) : (browser ?? system)
}

function Facts({ site, record, names, isSealed }: EntryProps) {
  const { t } = site.texts
  const device = deviceOf(site, record.device)
  const whom = whomOf({ site, record, names })
  const email = (id: string | null) => (id === null ? undefined : names.get(id)?.email)
  const called = (name: string, address: string | undefined) => (
    <>
      <bdi>{name}</bdi>
      {address ? (
        <>
          {' '}
          <Isolated>{address}</Isolated>
        </>
      ) : null}
    </>
  )
  const Seal = isSealed ? IconCircleCheck : IconCircleDashed
  return (
    <dl className={styles.facts}>
      <Fact label={t('audit.open.who')}>{called(whoOf({ site, record, names }), email(record.actor.id))}</Fact>
      {whom ? <Fact label={t('audit.open.whom')}>{called(whom, email(record.target.id))}</Fact> : null}
      <Fact label={t('audit.open.at')}>{momentOf(site, record.at)}</Fact>
      {record.address ? (
        <Fact label={t('audit.open.address')}>
          <code dir="ltr">{record.address}</code>
        </Fact>
      ) : null}
      {device ? <Fact label={t('audit.open.device')}>{device}</Fact> : null}
      <Fact label={t('audit.open.event')}>
        <Event site={site} id={record.id} />
      </Fact>
      <Fact label={t('audit.open.seal')} part="audit.sealed">
        <span className={styles.seal} data-good={isSealed || undefined}>
          <Seal size={16} stroke={1.75} aria-hidden />
          {t(isSealed ? 'audit.open.sealed' : 'audit.open.unsealed')}
        </span>
      </Fact>
    </dl>
  )
}

/** The ways to everything else about the same people. */
function Onward({ site, record, names, query }: EntryProps) {
  const ids = [record.actor.id, record.target.id].filter((id): id is string => id !== null && names.has(id))
  const people = [...new Set(ids)].filter((id) => id.startsWith('per_') && id !== query.person)
  if (people.length === 0) return null
  const { after: _, open: __, ...rest } = query
  return (
    <p className={styles.onward}>
      {people.map((id) => (
        <a key={id} href={site.path(withQuery('/organization/audit', { ...rest, person: id }))} data-part="audit.only">
          {site.texts.t('audit.only', { name: names.get(id)?.name ?? '' })}
        </a>
      ))}
    </p>
  )
}

function Details({ site, record, names }: EntryProps) {
  const { t } = site.texts
  if (record.details === null) return <p className={styles.erased}>{t('audit.erased')}</p>
  const others = othersIn(record.details)
  return (
    <>
      <Changed site={site} names={names} details={record.details} />
      {others.length > 0 ? (
        <dl className={styles.facts}>
          {others.map(([key, value]) => (
            <Fact key={key} label={fieldCalled(site, key)}>
              <bdi>{valueCalled(site, names, value)}</bdi>
            </Fact>
          ))}
        </dl>
      ) : null}
    </>
  )
}

export function Entry(props: EntryProps) {
  const { site, record, names, isOpen } = props
  const Icon = icons[kindOfAction(record.action) ?? 'trail']
  const time = new Intl.DateTimeFormat(writtenIn(site), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  return (
    <details className={styles.entry} id={record.id} open={isOpen} data-part="audit.entry" data-action={record.action}>
      <summary>
        <IconChevronRight size={18} stroke={1.75} aria-hidden className={styles.turn} />
        <Icon size={20} stroke={1.75} aria-hidden className={styles.icon} />
        <span className={styles.sentence} dir="auto">
          {sentenceOf({ site, record, names })}
        </span>
        <span className={styles.who} dir="auto">
          {whoOf({ site, record, names })}
        </span>
        <time dateTime={record.at.toISOString()} className={styles.time}>
          {time.format(record.at)}
        </time>
      </summary>
      <div className={styles.inside}>
        <Details {...props} />
        <Facts {...props} />
        <Onward {...props} />
      </div>
    </details>
  )
}
