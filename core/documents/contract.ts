// The words of documents: what an organization publishes in versions, and how a chain of them is merged.

export const documentKinds = ['theme', 'texts', 'email', 'sms'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** A published version; `version` counts from 1 and its body never changes. */
export type PublishedDocument = { name: string; version: number; body: unknown }

/** What one organization of a chain says, from the root down. */
export type Layer = { organizationId: string; body: unknown }

/** What a chain comes to; `provenance` says by dotted field which organization said it. */
export type Merged = { value: Record<string, unknown>; provenance: Record<string, string> }
