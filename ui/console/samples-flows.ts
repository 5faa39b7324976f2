/** Flows to draw the pages of the console with. */
import type { VersionEntry } from '#core/documents/contract'
import type { Flow, FlowFinding, FlowName, FlowOutline, FlowView } from '#core/flows/contract'
import type { UiSite } from '../site.tsx'
import type { FlowData } from './flow.tsx'
import type { FlowActData } from './flow-act.tsx'
import type { Sourced } from './flow-words.tsx'

const condition = '!device.isKnown || person.roles.exists(role, role in ["owner", "administrator"])'

export const sampleFlow: Flow = {
  label: 'Passkey or password, and more where it matters',
  start: 'passkey',
  nodes: {
    passkey: { step: 'passkey', ways: ['password'], next: 'trusted-device' },
    password: { step: 'password', settings: { withIdentifier: true } },
    'trusted-device': {
      step: 'trusted-device',
      next: [{ when: 'membership.kind == "staff"', to: 'second-step' }, { to: 'end' }],
    },
    'second-step': {
      step: 'second-step',
      settings: { required: true, methods: ['passkey', 'totp'] },
      when: condition,
      next: 'end',
    },
  },
}

const node = (id: keyof typeof sampleFlow.nodes, number: number, isAside = false) => ({
  id: String(id),
  node: sampleFlow.nodes[id] ?? { step: 'password' as const },
  number,
  isAside,
  leads: [],
  ways: [],
})

export const sampleOutline: FlowOutline = {
  steps: [
    {
      ...node('passkey', 1),
      leads: [{ when: null, to: 'trusted-device', number: 2 }],
      ways: [{ ...node('password', 0) }],
    },
    {
      ...node('trusted-device', 2),
      leads: [
        { when: 'membership.kind == "staff"', to: 'second-step', number: 3 },
        { when: null, to: null, number: null },
      ],
    },
    { ...node('second-step', 3, true), leads: [{ when: null, to: null, number: null }] },
  ],
  unused: [],
}

export const sampleFindings: FlowFinding[] = [
  { code: 'flow.reveals', path: 'nodes.password.when', level: 'error', data: { name: 'person' } },
  {
    code: 'flow.target_unknown',
    path: 'nodes.second-step.next',
    level: 'error',
    data: { node: 'a-step-with-a-long-name' },
  },
  { code: 'flow.not_everybody', path: 'nodes.passkey', level: 'hint', data: { step: 'passkey' } },
]

const viewOf = (name: FlowName, over: Partial<FlowView> = {}): FlowView => {
  const readyMade = { flow: sampleFlow, source: { organizationId: null, name, version: 0 } }
  return { name, effective: readyMade, inherited: readyMade, draft: null, draftVersion: 1, ...over }
}

const own = { flow: sampleFlow, source: { organizationId: 'org_1', name: 'sign-in', version: 3 } } as const
const draft = {
  body: sampleFlow,
  from: 2,
  savedAt: new Date('2026-11-25T09:00:00Z'),
  by: { homeId: 'org_1', id: 'per_1' },
}
const above = { flow: sampleFlow, source: { organizationId: 'org_0', name: 'sign-up', version: 12 } } as const

export const sampleFlows = (site: UiSite): Sourced[] => [
  { view: viewOf('sign-in', { effective: own, draft }), from: site.organization.name, isOwn: true },
  {
    view: viewOf('sign-in-staff', { effective: own }),
    from: site.organization.name,
    isOwn: false,
  },
  { view: viewOf('sign-up', { effective: above }), from: 'Skyway', isOwn: false },
  { view: viewOf('recovery'), from: null, isOwn: false },
  { view: viewOf('invitation'), from: null, isOwn: false },
]

export const sampleFlowPage = (site: UiSite, shown: FlowData['shown'] = 'now'): FlowData => ({
  view: viewOf('sign-in', { effective: own, draft: shown === 'draft' ? draft : null }),
  from: site.organization.name,
  isOwn: true,
  shown,
  outline: sampleOutline,
  label: sampleFlow.label,
  findings: [],
})

export const sampleAct = (site: UiSite): FlowActData => ({
  view: sampleFlowPage(site, 'draft').view,
  flow: sampleFlow,
  document: JSON.stringify(sampleFlow, null, 2),
  readyMade: ['password', 'passkey-first', 'adaptive'].map((key) => ({ key })),
  findings: [],
})

const entry = (version: number, over: Partial<VersionEntry> = {}): VersionEntry => ({
  version,
  note: null,
  publishedAt: new Date(`2026-11-2${version}T09:00:00Z`),
  by: { kind: 'person', homeId: 'org_1', id: 'per_1' },
  restored: null,
  isPublished: false,
  ...over,
})

export const sampleEntries: [VersionEntry, VersionEntry, VersionEntry] = [
  entry(3, { note: 'As it was, after all', restored: 1, isPublished: true }),
  entry(2, { note: 'Passkeys first', by: { kind: 'service', homeId: 'org_1', id: 'sva_1' } }),
  entry(1, { by: { kind: 'person', homeId: 'org_0', id: 'per_9' } }),
]
