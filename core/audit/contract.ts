// The words of the audit trail.

/** What a change was made to. */
export type AuditTarget = { kind: string; id: string }

/** What is kept beside the record: before and after, and whatever explains it. Secrets are masked by their key. */
export type AuditDetails = Record<string, unknown>
