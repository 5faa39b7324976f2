/** The five flows of an organization: what each is for, whose it is, and whether somebody is working on it. */
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge } from './badge.tsx'
import { flowCalled, flowPath, flowsPath, type Sourced, sourceWords } from './flow-words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { failureAbove } from './panel.tsx'
import { Card, type Column, type Row, Table, Twofold } from './table.tsx'

const screen = 'flows'

type Props = { site: UiSite; frame: ConsoleFrameData; flows: readonly Sourced[] } & Answered

export function Flows(props: Props) {
  const { site, frame, flows, notice } = props
  const { t } = site.texts
  const columns: Column[] = [
    { key: 'name', label: t('flows.column.name'), kind: 'main' },
    { key: 'source', label: t('flows.column.source') },
    { key: 'state', label: t('flows.column.state'), kind: 'state' },
  ]
  const rows = flows.map((flow): Row => {
    const { name, draft } = flow.view
    return {
      id: name,
      href: site.path(flowPath(name)),
      cells: {
        name: <Twofold name={flowCalled(site, name)} detail={say(site, `flow.lead.${name}`)} />,
        source: sourceWords(site, flow),
        state: draft ? (
          <Badge tone="info">{t('flow.state.draft')}</Badge>
        ) : (
          t(flow.isOwn ? 'flow.state.own' : 'flow.state.not-own')
        ),
      },
    }
  })
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section={screen}
      screen={screen}
      here={flowsPath}
      heading={t('console.flows.title')}
      lead={say(site, 'flows.lead')}
      notice={notice}
      alert={failureAbove(site, screen, props)}
    >
      <Card>
        <Table part="flows" caption={t('flows.caption')} columns={columns} rows={rows} />
      </Card>
    </ConsoleFrame>
  )
}
