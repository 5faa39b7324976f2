// The words of recovery: somebody who has lost their second step asks their home to take it away.

import { z } from 'zod'
import { oneLine } from '#core/access/contract'
import type { Actor } from '#core/authority/contract'
import type { Address } from '#core/organizations/contract'

export const recoveryStatuses = ['waiting', 'approved', 'declined', 'cancelled', 'completed', 'expired'] as const
export type RecoveryStatus = (typeof recoveryStatuses)[number]

export const longestReason = 500
/** Why somebody asks, or decides as they do. */
export const reasonText = oneLine(1, longestReason)

/** Somebody at one address of an organization. */
export type RecoveryContext = { organizationId: string; address: Address; locale: string; by: Actor }

export type RecoveryRequest = {
  id: string
  homeId: string
  personId: string
  /** Where they asked. */
  metId: string
  address: Address
  locale: string
  reason: string
  askedFrom: string | null
  userAgent: string | null
  status: RecoveryStatus
  createdAt: Date
  expiresAt: Date
  decidedAt: Date | null
  decidedBy: { homeId: string; personId: string } | null
  note: string | null
  /** Not before then does anything happen. */
  readyAt: Date | null
  linkSentAt: Date | null
}

/** What whoever decides has to know of it. */
export type RecoveryView = RecoveryRequest & {
  person: {
    email: string
    givenName: string
    familyName: string
    createdAt: Date
    lastSignInAt: Date | null
    passwordChangedAt: Date | null
    secondStepAddedAt: Date | null
    status: 'active' | 'suspended'
  }
  /** What whoever decided is called; null of a program, and while nobody has. */
  decidedByName: string | null
  /** Nobody decides about themselves, nor about somebody who holds here what they do not. */
  canDecide: boolean
}

export const recoveryQuery = z.strictObject({
  status: z.enum(recoveryStatuses).optional(),
  limit: z.int().min(1).max(200).default(50),
  after: z.strictObject({ at: z.iso.datetime(), id: z.string().max(40) }).nullish(),
})
export type RecoveryQuery = z.input<typeof recoveryQuery>
export type RecoveryPage = { requests: RecoveryView[]; next: { at: string; id: string } | null }

/** What the page of a link shows. */
export type RecoveryLook = {
  state: 'valid' | 'used' | 'cancelled' | 'declined' | 'expired' | 'unknown'
  email?: string
  /** When it was asked for. */
  askedAt?: Date
}

export const failures = {
  'recovery.invalid': 400,
  'recovery.unknown': 404,
  'recovery.not_waiting': 409,
  'recovery.not_active': 409,
  'recovery.own_request': 409,
  'recovery.too_many_tries': 429,
  'recovery.link_over': 410,
} as const
