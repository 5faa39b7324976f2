// The words of idempotency: requests that are sent twice and must have one effect.

/** Whose key it is: the same key of somebody else is another one. */
export type RepeatKey = { organizationId: string; actorId: string; key: string }

/** A key that is held by one request, until it has been answered. */
export type Hold = { keyHash: Buffer; holder: string }

export type Beginning =
  | { kind: 'begun'; hold: Hold }
  /** It had its effect already; this was answered. */
  | { kind: 'answered'; answer: string }

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'idempotency.under_way': 409,
  'idempotency.mismatch': 422,
  'idempotency.lost': 409,
} as const
