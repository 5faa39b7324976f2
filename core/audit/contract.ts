// The words of the audit trail.

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
  /** Null once they were erased, by retention or for a person who is gone. */
  details: AuditDetails | null
}

/** What is asked of the trail; the newest first. */
export type AuditQuery = {
  /** A whole action, or the beginning of one that ends with a dot: `person.` */
  action?: string
  actorId?: string
  targetId?: string
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
