import { IconMinus, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react'
import type { ComparedUsage, UsageDay } from '#core/usage/contract'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { writtenIn } from './audit-words.tsx'
import { Chart } from './chart.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { Card, Table } from './table.tsx'
import { Tabs, Toolbar } from './toolbar.tsx'
import styles from './usage.module.css'

const path = '/organization/usage'

/** How many days are shown; without a word the first. */
export const usageDays = ['30', '90'] as const

export type UsageData = { usage: ComparedUsage; query: Readonly<Record<string, string | undefined>> }
type Props = { site: UiSite; frame: ConsoleFrameData; data: UsageData }

const figures = [
  ['people', 'people'],
  ['sign-ins', 'signIns'],
  ['mails', 'mails'],
] as const

const number = (site: UiSite, value: number) => new Intl.NumberFormat(writtenIn(site)).format(value)
const dayCalled = (site: UiSite, day: string) =>
  new Intl.DateTimeFormat(writtenIn(site), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** More, less or as many as in the time before. */
function Change({ site, now, before, days }: { site: UiSite; now: number; before: number | null; days: number }) {
  const { t } = site.texts
  const by = before === null ? null : now - before
  const word = by === null ? 'unknown' : by > 0 ? 'more' : by < 0 ? 'less' : 'same'
  const Icon = word === 'more' ? IconTrendingUp : word === 'less' ? IconTrendingDown : IconMinus
  return (
    <p className={styles.change}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {t(`usage.${word}`, { count: number(site, Math.abs(by ?? 0)), days })}
    </p>
  )
}

function Figure({ site, usage, name, of }: { site: UiSite; usage: ComparedUsage; name: string; of: keyof Figures }) {
  const { t } = site.texts
  const values = usage.days.map((day) => day[of])
  const known = values.filter((value) => value !== null)
  const [first, last] = [usage.days[0], usage.days.at(-1)]
  return (
    <section className={styles.figure} aria-labelledby={`usage-${name}`} data-part={`usage.${name}`}>
      <h2 id={`usage-${name}`}>{t(`usage.${name}`)}</h2>
      <p className={styles.total} data-part={`usage.${name}.total`}>
        {number(site, usage[of])}
      </p>
      <p className={styles.lead}>{t(`usage.${name}.lead`, { days: usage.days.length })}</p>
      <Chart
        values={values}
        label={t('usage.chart', {
          name: t(`usage.${name}`),
          from: first ? dayCalled(site, first.day) : '',
          until: last ? dayCalled(site, last.day) : '',
          least: number(site, Math.min(...known)),
          most: number(site, Math.max(...known)),
        })}
      />
      <p className={styles.ends} aria-hidden>
        <span>{first ? dayCalled(site, first.day) : ''}</span>
        <span>{last ? dayCalled(site, last.day) : ''}</span>
      </p>
      <Change site={site} now={usage[of]} before={usage.before[of]} days={usage.days.length} />
    </section>
  )
}
type Figures = Pick<UsageDay, 'people' | 'signIns' | 'mails'>

/** The same figures for whoever reads rather than looks. */
function DayByDay({ site, usage }: { site: UiSite; usage: ComparedUsage }) {
  const { t } = site.texts
  const cell = (value: number | null) =>
    value === null ? <span title={t('usage.none.word')}>{t('usage.none')}</span> : number(site, value)
  return (
    <details className={styles.table} data-part="usage.table">
      <summary>{t('usage.table')}</summary>
      <div className={styles.rows}>
        <Table
          part="usage.days"
          caption={t('usage.table')}
          columns={[
            { key: 'day', label: t('usage.day'), kind: 'main' },
            ...figures.map(([name]) => ({ key: name, label: t(`usage.${name}`), kind: 'number' as const })),
          ]}
          rows={usage.days.toReversed().map((day) => ({
            id: day.day,
            cells: {
              day: dayCalled(site, day.day),
              ...Object.fromEntries(figures.map(([name, of]) => [name, cell(day[of])])),
            },
          }))}
        />
      </div>
    </details>
  )
}

/** How much the organization is used. */
export function Usage({ site, frame, data: { usage, query } }: Props) {
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="usage"
      screen="usage"
      here={path}
      heading={t('console.usage.title')}
      lead={say(site, 'usage.lead')}
    >
      <Toolbar>
        <Tabs
          site={site}
          path={path}
          query={query}
          name="days"
          label={t('usage.periods')}
          tabs={usageDays.map((days, index) => ({
            value: index === 0 ? undefined : days,
            label: t(`usage.days.${days}`),
          }))}
        />
      </Toolbar>
      <div className={styles.figures}>
        {figures.map(([name, of]) => (
          <Figure key={name} site={site} usage={usage} name={name} of={of} />
        ))}
      </div>
      <Card>
        <DayByDay site={site} usage={usage} />
      </Card>
    </ConsoleFrame>
  )
}
