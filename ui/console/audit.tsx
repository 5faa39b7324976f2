import { IconDownload, IconListSearch, IconX } from '@tabler/icons-react'
import { type AuditRecord, type AuditStanding, auditKinds } from '#core/audit/contract'
import { mostExported, type Names } from '#core/oversight/contract'
import { Button, ButtonLink } from '../parts/button.tsx'
import { SelectField } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import styles from './audit.module.css'
import { Entry } from './audit-entry.tsx'
import { Trust } from './audit-trust.tsx'
import { writtenIn } from './audit-words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { Card, Empty, Pager } from './table.tsx'
import { Filters, Search, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'audit'
export const auditPath = '/organization/audit'

/** How far back the list goes; without a word it is the second. */
export const auditDays = ['7', '30', '90', '365', 'all'] as const
export const usualAuditDays = '30'

export type AuditData = {
  records: AuditRecord[]
  names: Names
  standing: AuditStanding
  next: string | null
  query: Readonly<Record<string, string | undefined>>
  /** Whom the list is narrowed to. */
  person: string | null
  now: Date
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: AuditData
  told?: Record<string, string | number> | undefined
} & Answered

/** What is asked of the list, without where in it one is. */
const narrowing = ({ query: { after: _, open: __, ...rest } }: AuditData) => rest

function AuditFilters({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { query } = data
  const kinds = Object.keys(auditKinds).map((value) => ({ value, label: t(`audit.kind.${value}`) }))
  const fields = ['days', 'kind']
  return (
    <Filters
      site={site}
      path={auditPath}
      query={narrowing(data)}
      fields={fields}
      active={fields.filter((name) => query[name]).length}
    >
      <SelectField
        screen={screen}
        name="days"
        label={t('audit.filter.days')}
        value={query.days ?? usualAuditDays}
        options={auditDays.map((value) => ({ value, label: t(`audit.days.${value}`) }))}
      />
      <SelectField
        screen={screen}
        name="kind"
        label={t('audit.filter.kind')}
        value={query.kind ?? ''}
        options={[{ value: '', label: t('console.any') }, ...kinds]}
      />
      <Button part="audit.filter.apply" small>
        {t('console.show')}
      </Button>
    </Filters>
  )
}

/** What the list is narrowed to, each with a way to see more again. */
function Chips({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { query, person } = data
  const chips = [
    ...(query.days ? [{ name: 'days', label: t(`audit.days.${query.days}`) }] : []),
    ...(query.kind ? [{ name: 'kind', label: t(`audit.kind.${query.kind}`) }] : []),
    ...(person ? [{ name: 'person', label: person }] : []),
  ]
  if (chips.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={t('audit.chips')}>
      {chips.map(({ name, label }) => (
        <li key={name}>
          <a
            href={site.path(withQuery(auditPath, { ...narrowing(data), [name]: undefined }))}
            aria-label={t('audit.chip.remove', { name: label })}
            data-part={`audit.chip.${name}`}
          >
            <bdi>{label}</bdi>
            <IconX size={16} stroke={1.75} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  )
}

function Export({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const link = (format: string) => (
    <a
      href={site.path(withQuery(`${auditPath}/export`, { ...narrowing(data), format }))}
      download=""
      data-part={`audit.export.${format}`}
    >
      {t(`audit.export.${format}`)}
    </a>
  )
  return (
    <details className={styles.export} name="choices" data-part="audit.export" data-dismissable="">
      <summary>
        <IconDownload size={18} stroke={1.75} aria-hidden />
        {t('audit.export')}
      </summary>
      <div className={styles.sheet}>
        {link('csv')}
        {link('jsonl')}
        <p>{t('audit.export.hint', { most: mostExported })}</p>
      </div>
    </details>
  )
}

const dayMs = 24 * 60 * 60_000
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

function dayCalled(site: UiSite, day: string, now: Date): string {
  const long = new Intl.DateTimeFormat(writtenIn(site), { dateStyle: 'long', timeZone: 'UTC' })
  const words = long.format(new Date(`${day}T00:00:00Z`))
  if (day === dayOf(now)) return site.texts.t('audit.day.today', { day: words })
  if (day === dayOf(new Date(now.getTime() - dayMs))) return site.texts.t('audit.day.yesterday', { day: words })
  return words
}

function Days({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { records, names, standing, query, now } = data
  const days = Map.groupBy(records, ({ at }) => dayOf(at))
  return [...days].map(([day, ofDay]) => (
    <section key={day} className={styles.day} aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`}>{dayCalled(site, day, now)}</h2>
      {ofDay.map((record) => (
        <Entry
          key={record.id}
          site={site}
          record={record}
          names={names}
          isSealed={standing.sealedUpTo !== null && record.id <= standing.sealedUpTo.id}
          isOpen={query.open === record.id}
          query={query}
        />
      ))}
    </section>
  ))
}

function Nothing({ site }: { site: UiSite }) {
  const { t } = site.texts
  return (
    <Empty
      icon={<IconListSearch size={26} stroke={1.5} aria-hidden />}
      title={t('audit.empty.title')}
      lead={t('audit.empty.lead')}
    >
      <ButtonLink part="audit.show-all" href={site.path(`${auditPath}?days=all`)} kind="secondary" small>
        {t('audit.show-all')}
      </ButtonLink>
    </Empty>
  )
}

/** What happened, the newest first. */
export function Audit(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="audit"
      screen={screen}
      here={auditPath}
      heading={t('console.audit.title')}
      lead={say(site, 'audit.lead')}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={<Export site={site} data={data} />}
    >
      <Toolbar>
        <Search site={site} path={auditPath} query={narrowing(data)} label={t('audit.search')} part="audit" />
        <AuditFilters site={site} data={data} />
        <Chips site={site} data={data} />
      </Toolbar>
      <Card part="audit.list">
        {data.records.length === 0 ? <Nothing site={site} /> : <Days site={site} data={data} />}
        <Pager site={site} path={auditPath} query={{ ...narrowing(data), after: data.query.after }} next={data.next} />
      </Card>
      <Trust site={site} frame={frame} standing={data.standing} />
    </ConsoleFrame>
  )
}
