/** The pages of flows, with the states that each can be in. */
import type { TouchPoint } from '../touch-point.ts'
import { FlowPage } from './flow.tsx'
import { FlowActPage } from './flow-act.tsx'
import { FlowHistory, FlowVersionPage } from './flow-history.tsx'
import { flowsPath } from './flow-words.tsx'
import { Flows } from './flows.tsx'
import { sampleFrame } from './samples.ts'
import {
  sampleAct,
  sampleEntries,
  sampleFindings,
  sampleFlow,
  sampleFlowPage,
  sampleFlows,
  sampleOutline,
} from './samples-flows.ts'

const path = `${flowsPath}/sign-in`

export const flowTouchPoints: TouchPoint[] = [
  {
    screen: 'flows',
    path: flowsPath,
    audience: 'administrator',
    states: {
      default: (site) => <Flows site={site} frame={sampleFrame(site)} flows={sampleFlows(site)} />,
    },
  },
  {
    screen: 'flow',
    path,
    audience: 'administrator',
    states: {
      default: (site) => <FlowPage site={site} frame={sampleFrame(site)} data={sampleFlowPage(site)} />,
      draft: (site) => (
        <FlowPage site={site} frame={sampleFrame(site)} data={sampleFlowPage(site, 'draft')} notice="flow_saved" />
      ),
      error: (site) => (
        <FlowPage
          site={site}
          frame={sampleFrame(site)}
          data={{ ...sampleFlowPage(site, 'draft'), findings: sampleFindings }}
        />
      ),
    },
  },
  {
    screen: 'flow-act',
    path: `${path}/change`,
    audience: 'administrator',
    states: {
      default: (site) => <FlowActPage site={site} frame={sampleFrame(site)} act="change" data={sampleAct(site)} />,
      choose: (site) => <FlowActPage site={site} frame={sampleFrame(site)} act="choose" data={sampleAct(site)} />,
      publish: (site) => <FlowActPage site={site} frame={sampleFrame(site)} act="publish" data={sampleAct(site)} />,
      unpublish: (site) => <FlowActPage site={site} frame={sampleFrame(site)} act="unpublish" data={sampleAct(site)} />,
      error: (site) => (
        <FlowActPage
          site={site}
          frame={sampleFrame(site)}
          act="document"
          data={{ ...sampleAct(site), findings: sampleFindings.slice(0, 2) }}
          failure={{ code: 'flow.invalid', field: 'document' }}
        />
      ),
    },
  },
  {
    screen: 'flow-history',
    path: `${path}/history`,
    audience: 'administrator',
    states: {
      default: (site) => (
        <FlowHistory
          site={site}
          frame={sampleFrame(site)}
          name="sign-in"
          entries={sampleEntries}
          authors={new Map([['per_1', 'Ada Keller']])}
          home="org_1"
          query={{}}
          next={null}
        />
      ),
      empty: (site) => (
        <FlowHistory
          site={site}
          frame={sampleFrame(site)}
          name="sign-in"
          entries={[]}
          authors={new Map()}
          home="org_1"
          query={{}}
          next={null}
        />
      ),
    },
  },
  {
    screen: 'flow-version',
    path: `${path}/versions/2`,
    audience: 'administrator',
    states: {
      default: (site) => (
        <FlowVersionPage
          site={site}
          frame={sampleFrame(site)}
          name="sign-in"
          entry={{ ...sampleEntries[1], isPublished: false }}
          outline={sampleOutline}
          label={sampleFlow.label}
          findings={[]}
        />
      ),
    },
  },
]
