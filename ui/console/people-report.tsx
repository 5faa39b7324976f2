/** What a file of people would change, or has changed: in numbers, and row by row. */
import { IconCircleCheck, IconCircleX, IconDownload, IconEqual, IconPencil, IconUserPlus } from '@tabler/icons-react'
import type { CsvColumn, ImportRow } from '#core/roster/contract'
import { explain } from '../explain.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge, type Tone } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { importPath } from './people-import.tsx'
import styles from './people-report.module.css'
import { peoplePath } from './person-parts.tsx'
import selection from './selection.module.css'
import { Card, type Row, Table } from './table.tsx'
import { Tabs, Toolbar, withQuery } from './toolbar.tsx'

const screen = 'people-report'

type Outcome = ImportRow['result']
export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const satisfies readonly Outcome[]

/** As it is kept between two pages. */
export type ImportReportNote = Record<Outcome, number> & {
  isDryRun: boolean
  rows: { row: number; email: string; outcome: Outcome; column?: CsvColumn; code?: string }[]
  /** What the file was called; null where it was pasted. */
  name: string | null
  /** The note that the file lies in; null once it was taken in. */
  file: string | null
}

export type PeopleReportData = {
  id: string
  report: ImportReportNote
  show: Outcome | undefined
  /** Where this part of the rows begins. */
  from: number
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: PeopleReportData
  told?: Record<string, string | number> | undefined
} & Answered

const marks: Record<Outcome, { tone: Tone; Icon: typeof IconPencil }> = {
  created: { tone: 'success', Icon: IconUserPlus },
  updated: { tone: 'info', Icon: IconPencil },
  unchanged: { tone: 'plain', Icon: IconEqual },
  refused: { tone: 'danger', Icon: IconCircleX },
}

export const rowsAtOnce = 100

const addressOf = ({ id, show }: PeopleReportData, from: number): string =>
  withQuery(importPath, { report: id, show, from: from > 0 ? String(from) : undefined })

function Numbers({ site, report }: { site: UiSite; report: ImportReportNote }) {
  const tense = report.isDryRun ? 'would' : 'did'
  return (
    <dl className={styles.numbers}>
      {outcomes.map((outcome) => (
        <div key={outcome} data-outcome={outcome} data-none={report[outcome] === 0 || undefined}>
          <dd data-part={`people-report.${outcome}`}>{new Intl.NumberFormat(site.locale).format(report[outcome])}</dd>
          <dt>{site.texts.t(`import.${tense}.${outcome}`)}</dt>
        </div>
      ))}
    </dl>
  )
}

const rowOf = (site: UiSite, { row, email, outcome, column, code }: ImportReportNote['rows'][number]): Row => {
  const { tone, Icon } = marks[outcome]
  return {
    id: String(row),
    cells: {
      email: (
        <span className={styles.who}>
          <span className={styles.narrow}>{site.texts.t('import.row-number', { row })}</span>
          <bdi>{email || site.texts.t('import.no-address')}</bdi>
          {code ? (
            <span className={styles.why}>
              {column ? <code dir="ltr">{column}</code> : null} <span>{explain(site, { code })?.summary}</span>
            </span>
          ) : null}
        </span>
      ),
      row: new Intl.NumberFormat(site.locale).format(row),
      outcome: (
        <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
          {site.texts.t(`import.outcome.${outcome}`)}
        </Badge>
      ),
    },
  }
}

function Rows({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { report, show, from } = data
  const fitting = report.rows.filter(({ outcome }) => show === undefined || outcome === show)
  const shown = fitting.slice(from, from + rowsAtOnce)
  const tabs = [
    { value: undefined, label: t('people.tab.all'), count: report.rows.length },
    ...outcomes.map((value) => ({ value, label: t(`import.outcome.${value}`), count: report[value] })),
  ].filter(({ value, count }) => value === undefined || count > 0)
  return (
    <>
      <Toolbar>
        <Tabs
          site={site}
          path={importPath}
          query={{ report: data.id, show }}
          name="show"
          tabs={tabs}
          label={t('import.rows')}
          atStart
        />
      </Toolbar>
      <Card>
        <Table
          part="people-report.table"
          caption={t('import.rows')}
          columns={[
            { key: 'row', label: t('import.row'), kind: 'number' },
            { key: 'email', label: t('field.email'), kind: 'main' },
            { key: 'outcome', label: t('import.outcome'), kind: 'state' },
          ]}
          rows={shown.map((row) => rowOf(site, row))}
        />
        {from > 0 || fitting.length > from + rowsAtOnce ? (
          <nav className={styles.pager} aria-label={t('console.pages')}>
            {from > 0 ? (
              <a href={site.path(addressOf(data, from - rowsAtOnce))}>{t('import.rows.before')}</a>
            ) : (
              <span />
            )}
            {fitting.length > from + rowsAtOnce ? (
              <a href={site.path(addressOf(data, from + rowsAtOnce))} rel="next">
                {t('import.rows.after')}
              </a>
            ) : null}
          </nav>
        ) : null}
      </Card>
      {report.refused > 0 ? (
        <p className={selection.below}>
          <a
            href={site.path(withQuery(`${importPath}/refused`, { report: data.id }))}
            data-part="people-report.refused-file"
          >
            <IconDownload size={18} stroke={1.75} aria-hidden />
            {t('import.refused-file')}
          </a>
        </p>
      ) : null}
    </>
  )
}

/** The one step that is left: the very file that was looked at. */
function Take({ site, data: { id, report } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const count = report.created + report.updated
  return (
    <div className={styles.take}>
      <ButtonLink part="people-report.again" href={site.path(importPath)} kind="secondary" small>
        {t('import.other-file')}
      </ButtonLink>
      {count > 0 && report.file !== null ? (
        <form method="post" action={site.path(importPath)} data-part="people-report.form" data-once="">
          <input type="hidden" name="report" value={id} />
          <Button part="people-report.submit" small icon={<IconCircleCheck size={18} stroke={1.75} aria-hidden />}>
            {t('import.take', { count })}
          </Button>
        </form>
      ) : null}
    </div>
  )
}

const leadOf = (site: UiSite, { isDryRun, created, updated, name }: ImportReportNote): string => {
  if (!isDryRun) return say(site, 'import.done-lead')
  const key = created + updated > 0 ? 'import.looked-lead' : 'import.nothing-lead'
  return say(site, key, { file: name ?? site.texts.t('import.pasted') })
}

export function PeopleReport(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { report } = data
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={importPath}
      heading={t(report.isDryRun ? 'import.looked' : 'import.done')}
      lead={leadOf(site, report)}
      back={
        report.isDryRun
          ? { href: importPath, label: t('import.title') }
          : { href: peoplePath, label: t('console.people.title') }
      }
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        report.isDryRun ? (
          <Take site={site} data={data} />
        ) : (
          <ButtonLink part="people-report.people" href={site.path(peoplePath)} small>
            {t('people.show-all')}
          </ButtonLink>
        )
      }
    >
      <Numbers site={site} report={report} />
      <Rows site={site} data={data} />
    </ConsoleFrame>
  )
}
