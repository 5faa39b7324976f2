/** What was ever published of a flow, and an earlier version with the way back to it. */
import type { VersionEntry } from '#core/documents/contract'
import type { FlowFinding, FlowName, FlowOutline } from '#core/flows/contract'
import { explain } from '../explain.tsx'
import { Field } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { momentOf } from './audit-words.tsx'
import { Badge } from './badge.tsx'
import styles from './flow.module.css'
import { FlowFindings } from './flow-findings.tsx'
import { FlowSteps } from './flow-steps.tsx'
import { flowCalled, flowPath } from './flow-words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove, Panel } from './panel.tsx'
import { Card, type Column, Pager, type Row, Table, Twofold } from './table.tsx'

type Base = { site: UiSite; frame: ConsoleFrameData; name: FlowName } & Answered

type HistoryProps = Base & {
  entries: readonly VersionEntry[]
  /** Names of people by their ids. */
  authors: ReadonlyMap<string, string>
  /** The organization's own id. */
  home: string
  query: Readonly<Record<string, string | undefined>>
  next: string | null
}

const authorCalled = (
  site: UiSite,
  { by }: VersionEntry,
  authors: ReadonlyMap<string, string>,
  home: string,
): string => {
  const { t } = site.texts
  if (by?.kind !== 'person') return t(`flow.by.${by?.kind === 'service' ? 'service' : 'system'}`)
  return authors.get(by.id ?? '') ?? t(by.homeId === home ? 'flow.by.gone' : 'flow.by.elsewhere')
}

const aboutOf = (site: UiSite, { note, restored }: VersionEntry): string => {
  const back = restored === null ? '' : site.texts.t('flow.history.restored', { version: restored })
  return [note ?? '', back].filter((word) => word !== '').join(' · ')
}

export function FlowHistory(props: HistoryProps) {
  const { site, frame, name, entries, authors, home, query, next, notice } = props
  const { t } = site.texts
  const path = `${flowPath(name)}/history`
  const columns: Column[] = [
    { key: 'version', label: t('flow.history.version'), kind: 'main' },
    { key: 'by', label: t('flow.history.by') },
    { key: 'at', label: t('flow.history.at') },
    { key: 'state', label: t('flow.history.state'), kind: 'state' },
  ]
  const rows = entries.map((entry): Row => {
    const { version, publishedAt, isPublished } = entry
    return {
      id: String(version),
      href: site.path(`${flowPath(name)}/versions/${version}`),
      cells: {
        version: (
          <Twofold name={t('flow.version', { version })} detail={aboutOf(site, entry) || t('flow.history.no-note')} />
        ),
        by: <bdi>{authorCalled(site, entry, authors, home)}</bdi>,
        at: <time dateTime={publishedAt.toISOString()}>{momentOf(site, publishedAt)}</time>,
        state: isPublished ? <Badge tone="success">{t('flow.history.now')}</Badge> : null,
      },
    }
  })
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="flows"
      screen="flow-history"
      here={path}
      heading={t('flow.history')}
      lead={say(site, entries.length > 0 || query.after ? 'flow.history.lead' : 'flow.history.none')}
      back={{ href: flowPath(name), label: flowCalled(site, name) }}
      notice={notice}
      alert={failureAbove(site, 'flow-history', props)}
    >
      {entries.length > 0 ? (
        <Card>
          <Table part="flow.history" caption={t('flow.history')} columns={columns} rows={rows} />
        </Card>
      ) : null}
      <Pager site={site} path={path} query={query} next={next} />
    </ConsoleFrame>
  )
}

type VersionProps = Base & {
  entry: VersionEntry
  /** Null where this build cannot read it any more. */
  outline: FlowOutline | null
  label: string
  /** What its checks say today. */
  findings: readonly FlowFinding[]
}

export function FlowVersionPage(props: VersionProps) {
  const { site, frame, name, entry, outline, label, findings, values = {}, failure } = props
  const { t } = site.texts
  const history = `${flowPath(name)}/history`
  const here = `${flowPath(name)}/versions/${entry.version}`
  const isBlocked = outline === null || findings.some(({ level }) => level === 'error')
  const canBring = frame.can.includes('flow.publish') && !entry.isPublished && !isBlocked
  const labels = { note: t('flow.note') }
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="flows"
      screen="flow-version"
      here={here}
      heading={t('flow.version', { version: entry.version })}
      lead={momentOf(site, entry.publishedAt)}
      back={{ href: history, label: t('flow.history') }}
      narrow
    >
      {findings.length > 0 ? <FlowFindings site={site} findings={findings} /> : null}
      <section aria-labelledby="flow-steps" className={`${styles.columns} ${styles.main}`}>
        <div>
          <h2 id="flow-steps" dir="auto">
            {label}
          </h2>
          {outline ? <FlowSteps site={site} outline={outline} /> : <p>{t('flow.unreadable')}</p>}
        </div>
      </section>
      {canBring ? (
        <div className={styles.below}>
          <Panel
            site={site}
            screen="flow-version"
            operation="flows.rollback"
            part="flow-version.form"
            back={here}
            next={flowPath(name)}
            hidden={{ flow: name, to: String(entry.version) }}
            cancel={history}
            submit={t('flow.restore')}
            consequence={t('flow.restore.consequence')}
            explained={explain(site, failure, labels)}
          >
            <Field
              screen="flow-version"
              name="note"
              label={labels.note}
              explained={explain(site, failure, labels)}
              hint={t('flow.note.hint')}
              value={values.note}
              required={false}
              autoComplete="off"
            />
          </Panel>
        </div>
      ) : null}
    </ConsoleFrame>
  )
}
