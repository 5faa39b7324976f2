// The words of documents: what an organization publishes in versions, and how a chain of them is merged.

import type { Actor } from '#core/authority/contract'

export const documentKinds = ['theme', 'texts', 'email', 'sms', 'flow'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** A published version; `version` counts from 1 and its body never changes. */
export type PublishedDocument = { name: string; version: number; body: unknown }

/** Who did it: a person, with the organization they live in, a program, or Livery itself. */
export type Author = { kind: Actor['kind']; homeId: string | null; id: string | null }

/** What is being worked on and not published yet. One for each document. */
export type Draft = {
  body: unknown
  /** The version that was published when it was begun; null when none was. */
  from: number | null
  savedAt: Date
  by: { homeId: string | null; id: string | null }
}

/** A document as it stands. `draftVersion` counts the changes of drafts: whoever changes one names the count they have seen. */
export type DocumentStanding = { draft: Draft | null; draftVersion: number; published: PublishedDocument | null }

export type VersionEntry = {
  version: number
  note: string | null
  publishedAt: Date
  by: Author | null
  /** The earlier version that was brought back with it. */
  restored: number | null
  isPublished: boolean
}

/** What one organization of a chain says, from the root down. */
export type Layer = { organizationId: string; body: unknown }

/** What a chain comes to; `provenance` says by dotted field which organization said it. */
export type Merged = { value: Record<string, unknown>; provenance: Record<string, string> }
