// Looking after the flows of an organization: a draft, its checks, publishing, the history and the way back. Looking opens units of
// work of its own, because what counts comes from the whole chain; a change is part of whoever's unit of work it is.

import { require as requirePermission } from '#core/authority'
import type { Actor, Permission } from '#core/authority/contract'
import * as documents from '#core/documents'
import type { DocumentStanding, VersionEntry } from '#core/documents/contract'
import { directory } from '#core/organizations'
import { listedByIds } from '#core/people'
import { type Tx, withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import { checkFlow, hasErrors } from './checks.ts'
import {
  type Catalogue,
  type FlowFinding,
  type FlowName,
  type FlowView,
  flowNames,
  flowSchema,
  isFlowName,
  purposeOf,
} from './contract.ts'
import { flowFor, inheritedFlow } from './published.ts'
import { offered, type ReadyMade } from './ready-made.ts'
import { readFlow } from './shape.ts'

/** One of the five names, or nothing that anybody could publish. */
export const flowNamed = (word: string): FlowName => (isFlowName(word) ? word : fail('flow.unknown'))

const organizationOf = (id: string) => directory().byId(id) ?? fail('organizations.not_found')

const permit = (by: Actor, permission: Permission, organizationId: string): void =>
  requirePermission(by, permission, organizationOf(organizationId).ancestors)

const viewOf = async (
  organizationId: string,
  name: FlowName,
  { draft, draftVersion }: DocumentStanding,
): Promise<FlowView> => ({
  name,
  effective: await flowFor(organizationId, name),
  inherited: await inheritedFlow(organizationId, name),
  draft,
  draftVersion,
})

const untouched: DocumentStanding = { draft: null, draftVersion: 1, published: null }

/** Every flow of an organization as it stands there. Opens units of work of its own. */
export const listFlows = async (by: Actor, organizationId: string): Promise<FlowView[]> => {
  permit(by, 'flow.read', organizationId)
  const all = await withOrganization(organizationId, (tx) => documents.standings(tx, 'flow'))
  return Promise.all(flowNames.map((name) => viewOf(organizationId, name, all.get(name) ?? untouched)))
}

/** One of them. Opens units of work of its own. */
export const lookAtFlow = async (by: Actor, organizationId: string, name: FlowName): Promise<FlowView> => {
  permit(by, 'flow.read', organizationId)
  const standing = await withOrganization(organizationId, (tx) => documents.standing(tx, 'flow', name))
  return viewOf(organizationId, name, standing)
}

/** The flows to begin with. */
export const listReadyMade = (by: Actor, organizationId: string, catalogue: Catalogue): ReadyMade[] => {
  permit(by, 'flow.read', organizationId)
  return offered(catalogue)
}

/** The draft alone, with its count. */
export const draftOf = async (tx: Tx, by: Actor, name: FlowName): Promise<Omit<DocumentStanding, 'published'>> => {
  permit(by, 'flow.read', tx.organizationId)
  const { draft, draftVersion } = await documents.standing(tx, 'flow', name)
  return { draft, draftVersion }
}

/** What the checks say of something that somebody wrote. Nothing is kept. */
export const tryFlow = (
  by: Actor,
  organizationId: string,
  name: FlowName,
  written: unknown,
  catalogue: Catalogue,
): ReturnType<typeof checkFlow> => {
  permit(by, 'flow.read', organizationId)
  return checkFlow(written, purposeOf(name), catalogue, organizationOf(organizationId))
}

/** Keeps a draft. It may be unfinished, but it has to be a flow: `flow.invalid` with the findings where it is none. */
export const saveFlow = async (
  tx: Tx,
  by: Actor,
  name: FlowName,
  written: unknown,
  ifMatch: number,
): Promise<number> => {
  permit(by, 'flow.edit', tx.organizationId)
  const { flow, findings } = readFlow(written)
  return flow
    ? documents.saveDraft(tx, by, 'flow', name, flow, ifMatch)
    : fail('flow.invalid', undefined, { findings: findings.slice(0, mostFindings) })
}

const mostFindings = 50

export const discardFlow = async (tx: Tx, by: Actor, name: FlowName, ifMatch: number): Promise<void> => {
  permit(by, 'flow.edit', tx.organizationId)
  await documents.discardDraft(tx, 'flow', name, ifMatch)
}

/** Refuses what its checks refuse, with the findings: also what an earlier build has let through. */
const refuseErrors =
  (organizationId: string, name: FlowName, catalogue: Catalogue) =>
  (body: unknown): void => {
    const { findings } = checkFlow(body, purposeOf(name), catalogue, organizationOf(organizationId))
    if (hasErrors(findings)) fail('flow.has_errors', undefined, { findings: findings.slice(0, mostFindings) })
  }

/** Publishes the draft that was seen; answers its version. */
export const publishFlow = async (
  tx: Tx,
  by: Actor,
  name: FlowName,
  { ifMatch, note, catalogue }: { ifMatch: number; note?: string | undefined; catalogue: Catalogue },
): Promise<number> => {
  permit(by, 'flow.publish', tx.organizationId)
  const check = refuseErrors(tx.organizationId, name, catalogue)
  return documents.publishDraft(tx, by, 'flow', name, { ifMatch, note, check })
}

/** Publishes an earlier version again, if it still passes the checks. */
export const rollBackFlow = async (
  tx: Tx,
  by: Actor,
  name: FlowName,
  { version, note, catalogue }: { version: number; note?: string | undefined; catalogue: Catalogue },
): Promise<number> => {
  permit(by, 'flow.publish', tx.organizationId)
  const check = refuseErrors(tx.organizationId, name, catalogue)
  return documents.rollback(tx, by, 'flow', name, { version, note, check })
}

/** Nothing of its own counts any more; the history stays. */
export const unpublishFlow = async (tx: Tx, by: Actor, name: FlowName): Promise<void> => {
  permit(by, 'flow.publish', tx.organizationId)
  await documents.unpublish(tx, by, 'flow', name)
}

export const flowHistory = async (
  tx: Tx,
  by: Actor,
  name: FlowName,
  part: { limit: number; before: number | null },
): Promise<VersionEntry[]> => {
  permit(by, 'flow.read', tx.organizationId)
  return documents.versions(tx, 'flow', name, part)
}

/** What the people are called who published these versions and belong here. */
export const authorsOf = async (tx: Tx, by: Actor, entries: readonly VersionEntry[]): Promise<Map<string, string>> => {
  permit(by, 'flow.read', tx.organizationId)
  const ids = [...new Set(entries.flatMap(({ by: author }) => (author?.kind === 'person' && author.id) || []))]
  const people = ids.length > 0 ? await listedByIds(tx, ids) : []
  return new Map(people.map((one) => [one.personId, `${one.givenName} ${one.familyName}`.trim() || one.email] as const))
}

/** A version as it was published; `flow` is null where this build cannot read it any more. */
export const flowVersion = async (tx: Tx, by: Actor, name: FlowName, version: number) => {
  permit(by, 'flow.read', tx.organizationId)
  const body = await documents.readVersion(tx, 'flow', name, version)
  const read = flowSchema.safeParse(body)
  return { body, flow: read.success ? read.data : null }
}

/** The findings of a refusal: `flow.invalid` and `flow.has_errors` bring them. */
export const findingsOf = (data: Record<string, unknown> | undefined): FlowFinding[] =>
  Array.isArray(data?.findings) ? (data.findings as FlowFinding[]) : []
