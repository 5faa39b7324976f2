// The words of consents: what somebody has agreed to, at the organization that asked for it.

import { z } from 'zod'

/** A document in one of its versions. What it says is elsewhere: what is asked for is settled by whoever asks. */
export const consentDocument = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, a letter first'),
  version: z.number().int().min(1).max(1_000_000),
})
export type ConsentDocument = z.infer<typeof consentDocument>

/** Somebody has not agreed to something that is asked of them. */
export const failures = { 'consent.missing': 400 } as const

export type Consent = { document: string; version: number; agreedAt: Date }
