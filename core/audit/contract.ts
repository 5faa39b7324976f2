// The words of the audit trail.

import type { AuditKind } from './actions.ts'

export { type AuditAction, type AuditKind, auditKinds, isAuditKind, kindOfAction } from './actions.ts'

/** What a change was made to. */
export type AuditTarget = { kind: string; id: string }

/** What is kept beside the record: before and after, and whatever explains it. Secrets are masked by their key. */
export type AuditDetails = Record<string, unknown>

export type AuditRecord = {
  id: string
  at: Date
  actor: { kind: 'person' | 'visitor' | 'service' | 'system'; homeId: string | null; id: string | null }
  /** `<thing>.<what was done>` */
  action: string
  target: AuditTarget
  /** IP address it was done from. */
  address: string | null
  requestId: string | null
  /** What the browser said of itself, as far as that is known. */
  device: { browser: string | null; system: string | null }
  /** Null once they were erased, by retention or for a person who is gone. */
  details: AuditDetails | null
}

/** What is asked of the trail; the newest first. */
export type AuditQuery = {
  /** A whole action, or the beginning of one that ends with a dot: `person.` */
  action?: string
  kind?: AuditKind
  actorId?: string
  targetId?: string
  /** Whoever did it, or whom it was done to. */
  about?: string
  /** Records in which this is found, or that are about one of `ids`: whom else the words may mean. */
  search?: { text: string; ids: readonly string[] }
  from?: Date
  /** Exclusive. */
  until?: Date
  limit: number
  /** Only records before this id. */
  before?: string
}

/** Where the trail is not what was sealed. */
export type AuditFault = {
  seal: number
  recordId: string | null
  what: 'altered' | 'removed' | 'inserted' | 'details_altered' | 'seal_broken'
}
export type AuditVerdict = { seals: number; records: number; unsealed: number; faults: AuditFault[] }

/** Details are kept at least so long: whoever takes an organization over must not empty what would show it. */
export const shortestRetentionDays = 90
export const longestRetentionDays = 36_500

/** How an organization's trail stands. */
export type AuditStanding = {
  /** Null: for good. */
  retentionDays: number | null
  /** The id and the moment of the last record that is sealed; null before the first seal. */
  sealedUpTo: { id: string; at: Date } | null
  /** What was found when it was last held against its seals. */
  check: { at: Date; records: number; faults: number; unsealed: number } | null
}

/** Failure codes and the HTTP status each deserves. */
export const failures = { 'audit.retention_out_of_bounds': 400, 'audit.checked_just_now': 429 } as const
