// Flows as the REST interface shows them: the document itself as it is, and around it who says so and where it stands.

import { z } from 'zod'
import type { Author, DocumentStanding, VersionEntry } from '#core/documents/contract'
import { type FlowFinding, type FlowView, flowNames, flowPurposes, flowSchema, purposeOf } from '#core/flows/contract'
import { at, instant } from './operation.ts'

export const flowShape = flowSchema.meta({ id: 'Flow', description: 'Steps in their order: docs/guides/flows.md' })

/** Read leniently, and checked in core: whoever sends what is no flow is told everything that is wrong with it. */
export const flowBody = z.record(z.string(), z.unknown())

const flowName = z.enum(flowNames)
const authorShape = z.strictObject({
  kind: z.enum(['person', 'visitor', 'service', 'system']),
  organization_id: z.string().nullable(),
  id: z.string().nullable(),
})

const sourceShape = z.strictObject({
  organization_id: z.string().nullable().describe('Who published it; null for the ready-made one'),
  name: flowName.describe('`sign-in` where staff go the way of everybody'),
  version: z.int().describe('0 for the ready-made one'),
})

export const flowSummaryShape = z
  .strictObject({
    name: flowName,
    purpose: z.enum(flowPurposes),
    label: z.string(),
    own: z.boolean().describe('Published by this organization itself'),
    source: sourceShape,
    has_draft: z.boolean(),
  })
  .meta({ id: 'FlowSummary' })

export const flowViewShape = z
  .strictObject({
    name: flowName,
    purpose: z.enum(flowPurposes),
    own: z.boolean(),
    flow: flowShape.describe('What counts here'),
    source: sourceShape,
    inherited: z.strictObject({ flow: flowShape, source: sourceShape }).describe('What would count without an own one'),
  })
  .meta({ id: 'FlowView' })

export const findingShape = z
  .strictObject({
    code: z.string(),
    path: z.string().describe('Where: `nodes.password.next.0.when`'),
    level: z.enum(['error', 'hint']).describe('An error keeps it from being published'),
    data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'FlowFinding' })

export const draftShape = z
  .strictObject({
    flow: z.unknown().describe('A flow that may be unfinished; null where nobody is working on one'),
    begun_from: z.int().nullable().describe('The version that was published when it was begun'),
    saved_at: instant.nullable(),
    saved_by: authorShape.omit({ kind: true }).nullable(),
    version: z.int().describe('Also the ETag: what a change names in If-Match'),
  })
  .meta({ id: 'FlowDraft' })

export const versionShape = z
  .strictObject({
    version: z.int(),
    note: z.string().nullable(),
    published_at: instant,
    published_by: authorShape.nullable(),
    restored: z.int().nullable().describe('The earlier version that came back with it'),
    is_published: z.boolean(),
  })
  .meta({ id: 'FlowVersion' })

const sourceOf = ({ organizationId, name, version }: FlowView['effective']['source']) => ({
  organization_id: organizationId,
  name,
  version,
})

const isOwn = ({ name, effective }: FlowView, organizationId: string): boolean =>
  effective.source.organizationId === organizationId && effective.source.name === name

export const summaryOf = (view: FlowView, organizationId: string): z.infer<typeof flowSummaryShape> => ({
  name: view.name,
  purpose: purposeOf(view.name),
  label: view.effective.flow.label,
  own: isOwn(view, organizationId),
  source: sourceOf(view.effective.source),
  has_draft: view.draft !== null,
})

export const viewOf = (view: FlowView, organizationId: string): z.infer<typeof flowViewShape> => ({
  name: view.name,
  purpose: purposeOf(view.name),
  own: isOwn(view, organizationId),
  flow: view.effective.flow,
  source: sourceOf(view.effective.source),
  inherited: { flow: view.inherited.flow, source: sourceOf(view.inherited.source) },
})

export const draftOf = ({ draft, draftVersion }: Omit<DocumentStanding, 'published'>): z.infer<typeof draftShape> => ({
  flow: draft?.body ?? null,
  begun_from: draft?.from ?? null,
  saved_at: draft && at(draft.savedAt),
  saved_by: draft && { organization_id: draft.by.homeId, id: draft.by.id },
  version: draftVersion,
})

const authorOf = ({ kind, homeId, id }: Author) => ({ kind, organization_id: homeId, id })

export const versionOf = (entry: VersionEntry): z.infer<typeof versionShape> => ({
  version: entry.version,
  note: entry.note,
  published_at: at(entry.publishedAt),
  published_by: entry.by && authorOf(entry.by),
  restored: entry.restored,
  is_published: entry.isPublished,
})

export const findingOf = ({ code, path, level, data }: FlowFinding): z.infer<typeof findingShape> => ({
  code,
  path,
  level,
  ...(data && { data }),
})
