// The words of invitations: addresses that are asked to join, and what awaits them.

import { z } from 'zod'
import { reaches } from '#core/authority/contract'
import type { Delivery } from '#core/outbox/contract'
import { membershipKinds, type PersonRef } from '#core/people/contract'

export const mostAddresses = 500

/** Whom to invite, as what, and with which roles: at most what the inviter could give themselves. */
export const newInvitations = z.strictObject({
  emails: z.array(z.string().max(320)).min(1).max(mostAddresses),
  kind: z.enum(membershipKinds).default('staff'),
  roles: z
    .array(z.strictObject({ role: z.string().max(60), reach: z.enum(reaches).default('organization') }))
    .max(10)
    .default([]),
  /** Ids of groups without a rule. */
  groups: z.array(z.string().max(40)).max(50).default([]),
  /** A few plain words. What would become a link in a mail is refused. */
  message: z.string().max(500).default(''),
  lifetimeDays: z.int().min(1).max(30).default(7),
  /** Of the mail; one of the organization's languages. */
  locale: z.string().max(35).nullable().default(null),
})
export type NewInvitations = z.input<typeof newInvitations>

export type InvitedRole = { role: string; reach: (typeof reaches)[number] }

/** Who stands for an invitation: it is worth what they may give when it is accepted. */
export type Inviter = { kind: 'person' | 'service' | 'system'; homeId: string | null; id: string | null }

export type Invitation = {
  id: string
  organizationId: string
  email: string
  kind: (typeof membershipKinds)[number]
  roles: InvitedRole[]
  groups: string[]
  message: string
  locale: string | null
  inviter: Inviter
  status: 'pending' | 'accepted' | 'revoked'
  createdAt: Date
  lifetimeDays: number
  expiresAt: Date
  lastSentAt: Date
  sends: number
  outboxId: string | null
  requestedAt: Date | null
  acceptedAt: Date | null
  acceptedBy: PersonRef | null
}

export const invitationStates = ['pending', 'accepted', 'revoked', 'expired'] as const
export type InvitationState = (typeof invitationStates)[number]

/** An invitation as those who look after it see it. The secret of its link is nowhere to be read. */
export type InvitationView = Omit<Invitation, 'status' | 'outboxId' | 'inviter'> & {
  state: InvitationState
  inviter: Inviter & { name: string | null }
  /** What became of the newest mail; null once that is forgotten. */
  delivery: Delivery | null
}

export const invitationQuery = z.strictObject({
  state: z.enum(invitationStates).optional(),
  /** What an address begins with. */
  search: z.string().max(254).optional(),
  limit: z.int().min(1).max(200).default(50),
  after: z.strictObject({ at: z.iso.datetime(), id: z.string().max(40) }).nullish(),
})
export type InvitationQuery = z.input<typeof invitationQuery>
export type InvitationPage = { invitations: InvitationView[]; next: { at: string; id: string } | null }

/** What became of one address. */
export type InviteResult = {
  email: string
  result: 'invited' | 'resent' | 'already-member' | 'invalid' | 'refused'
  invitationId?: string
  code?: string
}

/** What may be done to many at once. */
export const invitationChanges = ['resend', 'revoke'] as const
export type InvitationChange = (typeof invitationChanges)[number]

/** What became of one of many; its address, where there is such an invitation. */
export type InvitationChanged = { invitationId: string; email: string | null } & (
  | { isDone: true }
  | { isDone: false; code: string }
)

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'invitations.invalid': 400,
  'invitations.unknown': 404,
  'invitations.message_has_link': 400,
  'invitations.domain_not_allowed': 403,
  'invitations.not_pending': 409,
  'invitations.sent_just_now': 429,
  'invitations.sent_too_often': 429,
  'invitations.too_many': 429,
  'invitation.used': 410,
  'invitation.expired': 410,
  'invitation.revoked': 410,
  'invitation.unavailable': 409,
  'invitation.wrong_account': 409,
} as const
