/** One flow: what counts, or the draft of what will; its steps, what was found in it, and what may be done with it. */
import type { ReactNode } from 'react'
import type { FlowFinding, FlowOutline } from '#core/flows/contract'
import { ButtonLink } from '../parts/button.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import styles from './flow.module.css'
import { FlowFindings } from './flow-findings.tsx'
import { FlowSteps } from './flow-steps.tsx'
import { flowCalled, flowPath, flowsPath, type Sourced, sourceWords } from './flow-words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { Tabs } from './toolbar.tsx'

const screen = 'flow'

export type FlowData = Sourced & {
  shown: 'now' | 'draft'
  /** Of the one that is shown; null for a draft that this build cannot read. */
  outline: FlowOutline | null
  label: string
  findings: readonly FlowFinding[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: FlowData
  told?: Record<string, string | number> | undefined
} & Answered

type Way = { name: string; path: string; isThere: boolean }

/** What may be done, in the order of how often it is. */
const waysOf = (frame: ConsoleFrameData, { view, isOwn }: FlowData): Way[] => {
  const [canEdit, canPublish] = [frame.can.includes('flow.edit'), frame.can.includes('flow.publish')]
  return [
    { name: 'change', path: 'change', isThere: canEdit },
    { name: 'choose', path: 'choose', isThere: canEdit },
    { name: 'document', path: 'document', isThere: canEdit },
    { name: 'history', path: 'history', isThere: true },
    { name: 'discard', path: 'discard', isThere: canEdit && view.draft !== null },
    { name: 'unpublish', path: 'unpublish', isThere: canPublish && isOwn },
  ].filter(({ isThere }) => isThere)
}

function Aside({ site, title, children }: { site: UiSite; title: string; children: ReactNode }) {
  return (
    <section className={styles.aside} aria-label={site.texts.t(title)}>
      <h2>{site.texts.t(title)}</h2>
      {children}
    </section>
  )
}

export function FlowPage(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { view, isOwn, shown, outline, label, findings } = data
  const { name, draft, effective } = view
  const path = flowPath(name)
  const hasErrors = findings.some(({ level }) => level === 'error')
  const canPublish = frame.can.includes('flow.publish') && draft !== null && shown === 'draft' && !hasErrors
  const newer = effective.source.version
  const isBehind = draft !== null && isOwn && draft.from !== newer
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="flows"
      screen={screen}
      here={path}
      heading={flowCalled(site, name)}
      lead={say(site, `flow.lead.${name}`)}
      back={{ href: flowsPath, label: t('console.flows.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        canPublish ? (
          <ButtonLink part="flow.publish" href={site.path(`${path}/publish`)} small>
            {t('flow.publish')}
          </ButtonLink>
        ) : null
      }
    >
      {draft ? (
        <Tabs
          site={site}
          path={path}
          query={{ show: shown === 'now' ? 'now' : undefined }}
          name="show"
          label={t('flow.views')}
          tabs={[
            { value: undefined, label: t('flow.tab.draft') },
            { value: 'now', label: t('flow.tab.now') },
          ]}
          atStart
        />
      ) : null}
      <div className={styles.columns}>
        <section aria-labelledby="flow-steps" className={styles.main}>
          <h2 id="flow-steps" dir="auto">
            {label}
          </h2>
          <p className={styles.lead}>{shown === 'draft' ? t('flow.draft.lead') : sourceWords(site, data)}</p>
          {outline ? <FlowSteps site={site} outline={outline} /> : <p>{t('flow.unreadable')}</p>}
        </section>
        <div className={styles.beside}>
          {shown === 'draft' || findings.length > 0 ? (
            <Aside site={site} title={shown === 'draft' ? 'flow.findings.title' : 'flow.findings.now'}>
              {isBehind ? <p className={styles.behind}>{t('flow.draft.behind', { version: newer })}</p> : null}
              <FlowFindings site={site} findings={findings} />
            </Aside>
          ) : null}
          <Aside site={site} title="flow.ways.title">
            <ul className={styles.doings}>
              {waysOf(frame, data).map((way) => (
                <li key={way.name}>
                  <a href={site.path(`${path}/${way.path}`)} data-part={`flow.${way.name}`}>
                    {t(`flow.${way.name}`)}
                  </a>
                </li>
              ))}
            </ul>
          </Aside>
        </div>
      </div>
    </ConsoleFrame>
  )
}
