// The words of onboarding: businesses that become organizations by themselves, invited, or after somebody has agreed.

import { z } from 'zod'

/** What a business is made of, once its address is proven. Whoever signs it up lives in it, and owns it. */
export type NewBusiness = {
  name: string
  handle: string
  email: string
  givenName: string
  familyName: string
  /** Of the page where it began. */
  locale: string
  passwordHash: string
}

export const requestStatuses = ['waiting', 'approved', 'declined'] as const

/** A business that asks to be an organization below this one, as those see it who decide. */
export type BusinessRequest = Omit<NewBusiness, 'passwordHash'> & {
  id: string
  status: (typeof requestStatuses)[number]
  createdAt: Date
  decidedAt: Date | null
  /** What it has become. */
  organizationId: string | null
}

export const requestQuery = z.strictObject({
  status: z.enum(requestStatuses).optional(),
  limit: z.int().min(1).max(200).default(50),
  after: z.strictObject({ at: z.iso.datetime(), id: z.string().max(40) }).nullish(),
})
export type RequestQuery = z.input<typeof requestQuery>
export type RequestPage = { requests: BusinessRequest[]; next: { at: string; id: string } | null }

export const newBusinessInvitation = z.strictObject({
  email: z.string().max(320),
  /** A few plain words. What would become a link in a mail is refused. */
  message: z.string().max(500).default(''),
  lifetimeDays: z.int().min(1).max(30).default(7),
  /** Of the mail; one of the organization's languages. */
  locale: z.string().max(35).nullable().default(null),
})
export type NewBusinessInvitation = z.input<typeof newBusinessInvitation>

/** What an invitation's link leads to. `revoked`: whoever sent it may create nothing there any more. */
export type BusinessInvitation = {
  state: 'valid' | 'used' | 'expired' | 'revoked'
  email: string
  message: string
  /** As they are called; null of a program. */
  inviterName: string | null
  expiresAt: Date
}

export const failures = {
  'onboarding.invalid': 400,
  'onboarding.unknown': 404,
  'onboarding.not_waiting': 409,
  'onboarding.invited_too_often': 429,
} as const
