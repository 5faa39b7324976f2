import { z } from 'zod'
import {
  discardFlow,
  draftOf as findDraft,
  flowHistory,
  flowNamed,
  flowVersion,
  listFlows,
  listReadyMade,
  lookAtFlow,
  publishFlow,
  rollBackFlow,
  saveFlow,
  tryFlow,
  unpublishFlow,
} from '#core/flows'
import { flowPurposes } from '#core/flows/contract'
import { catalogue } from '#core/login'
import type { Tx } from '#platform/database'
import {
  draftOf,
  draftShape,
  findingOf,
  findingShape,
  flowBody,
  flowShape,
  flowSummaryShape,
  flowViewShape,
  summaryOf,
  versionOf,
  versionShape,
  viewOf,
} from './flow-shape.ts'
import { type Asked, below, list, listOf, operation, pageFrom } from './operation.ts'

const note = z.string().trim().max(200).optional().describe('What it is about, for whoever reads the history')
const publishedShape = z.strictObject({ version: z.int() })
const example = { params: { id: '{{organization}}', flow: 'sign-in' } }
const sample = {
  label: 'Password and a second step',
  start: 'password',
  nodes: {
    password: { step: 'password', settings: { withIdentifier: true }, next: 'second' },
    second: { step: 'second-step', settings: { required: true }, next: 'end' },
  },
}

export const listAllFlows = operation({
  ...below('/flows'),
  id: 'flows.list',
  method: 'get',
  summary: 'List what counts of the five flows',
  description: 'Signing in, signing in of staff, signing up, recovery and invitations: own, inherited or ready-made.',
  can: 'flow.read',
  answer: z.strictObject({ items: z.array(flowSummaryShape) }),
  example: { params: { id: '{{organization}}' } },
  byItself: async ({ by, organization }) => ({
    body: { items: (await listFlows(by, organization.id)).map((view) => summaryOf(view, organization.id)) },
  }),
})

export const listReadyMadeFlows = operation({
  ...below('/flows/ready-made'),
  id: 'flows.ready-made',
  method: 'get',
  summary: 'List the flows that come with the product',
  description: 'To begin a draft with.',
  can: 'flow.read',
  answer: z.strictObject({
    items: z.array(
      z.strictObject({ key: z.string(), purpose: z.enum(flowPurposes), flow: flowShape }).meta({ id: 'ReadyMadeFlow' }),
    ),
  }),
  example: { params: { id: '{{organization}}' } },
  byItself: async ({ by, organization }) => ({ body: { items: listReadyMade(by, organization.id, catalogue) } }),
})

export const readFlow = operation({
  ...below('/flows/{flow}'),
  id: 'flows.read',
  method: 'get',
  summary: 'Read the flow that counts, and what would without an own one',
  can: 'flow.read',
  answer: flowViewShape,
  fails: ['flow.unknown'],
  example,
  byItself: async ({ by, organization, params }) => ({
    body: viewOf(await lookAtFlow(by, organization.id, flowNamed(params.flow)), organization.id),
  }),
})

type OfFlow = Asked<{ id: string; flow: string }, unknown, unknown>

const draftNow = async (tx: Tx, { by, params }: Pick<OfFlow, 'by' | 'params'>) => {
  const body = draftOf(await findDraft(tx, by, flowNamed(params.flow)))
  return { body, version: body.version }
}

export const readFlowDraft = operation({
  ...below('/flows/{flow}/draft'),
  id: 'flows.read-draft',
  method: 'get',
  summary: 'Read the draft of a flow',
  can: 'flow.read',
  answer: draftShape,
  fails: ['flow.unknown'],
  example,
  inOrganization: (tx, asked) => draftNow(tx, asked),
})

export const saveFlowDraft = operation({
  ...below('/flows/{flow}/draft'),
  id: 'flows.save-draft',
  method: 'put',
  summary: 'Keep a draft of a flow',
  description: 'It may be unfinished. Nobody meets it before it is published.',
  can: 'flow.edit',
  wantsVersion: true,
  body: flowBody,
  shownBody: flowShape,
  answer: draftShape,
  fails: ['flow.unknown', 'flow.invalid', 'flow.changed_elsewhere'],
  example: { ...example, body: sample },
  inOrganization: async (tx, asked) => {
    await saveFlow(tx, asked.by, flowNamed(asked.params.flow), asked.body, asked.version)
    return draftNow(tx, asked)
  },
})

export const discardFlowDraft = operation({
  ...below('/flows/{flow}/draft'),
  id: 'flows.discard-draft',
  method: 'delete',
  summary: 'Discard the draft of a flow',
  can: 'flow.edit',
  wantsVersion: true,
  fails: ['flow.unknown', 'flow.no_draft', 'flow.changed_elsewhere'],
  // The draft of the collection has been published by then.
  example: { ...example, needs: 'draft' },
  inOrganization: async (tx, { by, params, version }) => {
    await discardFlow(tx, by, flowNamed(params.flow), version)
    return {}
  },
})

export const checkFlowOf = operation({
  ...below('/flows/{flow}/check'),
  id: 'flows.check',
  method: 'post',
  summary: 'Check a flow without keeping it',
  description: 'The same checks that it has to pass before it is published.',
  can: 'flow.read',
  status: 200,
  body: flowBody,
  shownBody: flowShape,
  answer: z.strictObject({ publishable: z.boolean(), findings: z.array(findingShape) }),
  fails: ['flow.unknown'],
  example: { ...example, body: sample },
  byItself: async ({ by, organization, params, body }) => {
    const { findings } = tryFlow(by, organization.id, flowNamed(params.flow), body, catalogue)
    return { body: { publishable: findings.every(({ level }) => level === 'hint'), findings: findings.map(findingOf) } }
  },
})

export const publishFlowDraft = operation({
  ...below('/flows/{flow}/publish'),
  id: 'flows.publish',
  method: 'post',
  summary: 'Publish the draft of a flow',
  description:
    'The one that If-Match names. Whoever is in the middle of signing in goes on in the flow they began with; organizations below that have none of their own inherit it.',
  can: 'flow.publish',
  wantsVersion: true,
  status: 200,
  body: z.strictObject({ note }),
  answer: publishedShape,
  fails: ['flow.unknown', 'flow.no_draft', 'flow.has_errors', 'flow.changed_elsewhere'],
  example: { ...example, body: { note: 'Passkeys first' } },
  inOrganization: async (tx, { by, params, body, version: ifMatch }) => ({
    body: { version: await publishFlow(tx, by, flowNamed(params.flow), { ifMatch, note: body.note, catalogue }) },
  }),
})

export const listFlowVersions = operation({
  ...below('/flows/{flow}/versions'),
  id: 'flows.versions',
  method: 'get',
  summary: 'List what was ever published, the newest first',
  can: 'flow.read',
  isList: true,
  answer: listOf(versionShape),
  fails: ['flow.unknown'],
  example,
  inOrganization: async (tx, { by, params, part: { limit, after } }) => {
    const before = after === null ? null : Number(after)
    const found = await flowHistory(tx, by, flowNamed(params.flow), { limit: limit + 1, before })
    const { items, next } = pageFrom(found, ({ version }) => String(version), limit)
    return list(items.map(versionOf), next)
  },
})

const versionNumber = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0)

export const readFlowVersion = operation({
  ...below('/flows/{flow}/versions/{version}'),
  id: 'flows.read-version',
  method: 'get',
  summary: 'Read a version as it was published',
  can: 'flow.read',
  answer: z.strictObject({ version: z.int(), flow: z.unknown().describe('A flow, as its build knew it') }),
  fails: ['flow.unknown', 'flow.version_unknown'],
  example: { params: { ...example.params, version: '1' } },
  inOrganization: async (tx, { by, params }) => {
    const version = versionNumber(params.version)
    const { body } = await flowVersion(tx, by, flowNamed(params.flow), version)
    return { body: { version, flow: body } }
  },
})

export const rollBackFlowTo = operation({
  ...below('/flows/{flow}/rollback'),
  id: 'flows.rollback',
  method: 'post',
  summary: 'Publish an earlier version again',
  description: 'As the next version, if it still passes the checks. A draft stays as it is.',
  can: 'flow.publish',
  status: 200,
  body: z.strictObject({ to: z.int().min(1).describe('The earlier version'), note }),
  answer: publishedShape,
  fails: ['flow.unknown', 'flow.version_unknown', 'flow.has_errors'],
  example: { ...example, body: { to: 1, note: 'As before' } },
  inOrganization: async (tx, { by, params, body: { to: version, note: said } }) => ({
    body: { version: await rollBackFlow(tx, by, flowNamed(params.flow), { version, note: said, catalogue }) },
  }),
})

export const unpublishFlowOf = operation({
  ...below('/flows/{flow}'),
  id: 'flows.unpublish',
  method: 'delete',
  summary: 'Go back to what is inherited',
  description: 'The history stays, and so does a draft. Done all the same where nothing is published.',
  can: 'flow.publish',
  fails: ['flow.unknown'],
  example: { ...example, isLast: true },
  inOrganization: async (tx, { by, params }) => {
    await unpublishFlow(tx, by, flowNamed(params.flow))
    return {}
  },
})

export const flowOperations = [
  listAllFlows,
  listReadyMadeFlows,
  readFlow,
  readFlowDraft,
  saveFlowDraft,
  checkFlowOf,
  publishFlowDraft,
  discardFlowDraft,
  listFlowVersions,
  readFlowVersion,
  rollBackFlowTo,
  unpublishFlowOf,
]
