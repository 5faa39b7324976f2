import { z } from 'zod'
import { reaches } from '#core/authority/contract'
import { changeMany, find, invite, list as listAll, resend, revoke } from '#core/invitations'
import {
  type InvitationView,
  type InviteResult,
  invitationChanges,
  invitationStates,
  mostAddresses,
} from '#core/invitations/contract'
import { Failure } from '#platform/failure'
import { problemSummaryShape } from '../problem-shape.ts'
import { type Asked, at, atOrNull, below, instant, list, listOf, operation } from './operation.ts'
import { groupIds, kind } from './people-shape.ts'

const roleShape = z.strictObject({ role: z.string().max(60), reach: z.enum(reaches) })

/** What became of the newest mail. */
const deliveryShape = z.strictObject({
  status: z.enum(['waiting', 'claimed', 'done', 'dead', 'expired']),
  attempts: z.int(),
  error: z.string().nullable(),
  finished_at: instant.nullable(),
})

const invitationShape = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    state: z.enum(invitationStates),
    kind,
    roles: z.array(roleShape),
    groups: z.array(z.string()),
    message: z.string(),
    locale: z.string().nullable(),
    inviter: z.strictObject({
      kind: z.enum(['person', 'service', 'system']),
      id: z.string().nullable(),
      home_id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    created_at: instant,
    expires_at: instant,
    lifetime_days: z.int(),
    last_sent_at: instant,
    sends: z.int(),
    delivery: deliveryShape.nullable().describe('What became of the newest mail; null once that is forgotten'),
    requested_at: instant.nullable().describe('When the invited person asked for a new link'),
    accepted_at: instant.nullable(),
    accepted_by: z.strictObject({ person_id: z.string(), home_id: z.string() }).nullable(),
  })
  .meta({ id: 'Invitation', description: 'An address that is asked to join, without the secret of its link' })

const invitationOf = (one: InvitationView): z.infer<typeof invitationShape> => ({
  id: one.id,
  email: one.email,
  state: one.state,
  kind: one.kind,
  roles: one.roles,
  groups: one.groups,
  message: one.message,
  locale: one.locale,
  inviter: { kind: one.inviter.kind, id: one.inviter.id, home_id: one.inviter.homeId, name: one.inviter.name },
  created_at: at(one.createdAt),
  expires_at: at(one.expiresAt),
  lifetime_days: one.lifetimeDays,
  last_sent_at: at(one.lastSentAt),
  sends: one.sends,
  delivery: one.delivery && {
    status: one.delivery.status,
    attempts: one.delivery.attempts,
    error: one.delivery.error,
    finished_at: atOrNull(one.delivery.finishedAt),
  },
  requested_at: atOrNull(one.requestedAt),
  accepted_at: atOrNull(one.acceptedAt),
  accepted_by: one.acceptedBy && { person_id: one.acceptedBy.personId, home_id: one.acceptedBy.homeId },
})

const params = { id: '{{organization}}', invitation: '{{invitation}}' }

const outcomes = {
  invited: 'invited',
  resent: 'resent',
  'already-member': 'already_member',
  invalid: 'invalid',
  refused: 'refused',
} as const satisfies Record<InviteResult['result'], string>

const resultShape = z.strictObject({
  email: z.string(),
  outcome: z.enum(Object.values(outcomes)),
  invitation_id: z.string().optional(),
  problem: problemSummaryShape.optional(),
})

const resultOf = ({ email, result, invitationId, code }: InviteResult, explain: Asked['explain']) => ({
  email,
  outcome: outcomes[result],
  ...(invitationId === undefined ? {} : { invitation_id: invitationId }),
  ...(code === undefined ? {} : { problem: explain(new Failure(code)) }),
})

export const createInvitations = operation({
  ...below('/invitations'),
  id: 'invitations.create',
  method: 'post',
  summary: `Invite up to ${mostAddresses} addresses`,
  description:
    'Each on its own: one that is refused stops none of the others. Who is asked already is asked again, and earlier links go on working. Nobody invites to more than they could give.',
  can: 'invitation.manage',
  body: z.strictObject({
    emails: z.array(z.string().max(320)).min(1).max(mostAddresses),
    kind: kind.default('staff'),
    roles: z
      .array(z.strictObject({ role: z.string().max(60), reach: z.enum(reaches).default('organization') }))
      .max(10)
      .default([]),
    groups: groupIds.default([]),
    message: z.string().max(500).default('').describe('A few plain words, without links'),
    lifetime_days: z.int().min(1).max(30).default(7),
    locale: z.string().max(35).nullable().default(null).describe('Of the mail; one of the organization’s languages'),
  }),
  answer: z.strictObject({ results: z.array(resultShape) }),
  fails: [
    'email.invalid',
    'input.control_characters',
    'locale.invalid',
    'invitations.invalid',
    'invitations.message_has_link',
    'invitations.domain_not_allowed',
    'invitations.sent_just_now',
    'invitations.sent_too_often',
    'invitations.too_many',
    'access.role_unknown',
    'access.group_unknown',
    'access.group_has_rule',
    'authority.exceeds_own',
  ],
  example: {
    params: { id: '{{organization}}' },
    body: { emails: ['noa.{{run}}@example.com', 'ben.{{run}}@example.com'], message: 'Welcome to the night desk' },
    keeps: { invitation: 'results.0.invitation_id' },
  },
  byItself: async ({ by, organization, body, explain }) => {
    const { lifetime_days: lifetimeDays, ...wanted } = body
    const results = await invite(organization.id, by, { ...wanted, lifetimeDays })
    return { body: { results: results.map((result) => resultOf(result, explain)) } }
  },
})

export const listInvitations = operation({
  ...below('/invitations'),
  id: 'invitations.list',
  method: 'get',
  summary: 'List invitations, the newest first',
  can: 'invitation.manage',
  isList: true,
  query: z.object({
    state: z.enum(invitationStates).optional(),
    search: z.string().max(254).optional().describe('What an address begins with'),
  }),
  answer: listOf(invitationShape),
  example: { params: { id: '{{organization}}' }, query: { state: 'pending' } },
  byItself: async ({ by, organization, query, part: { limit, after } }) => {
    const from = after === null ? null : JSON.parse(after)
    const { state, search } = query
    const { invitations, next } = await listAll(organization.id, by, { state, search, limit, after: from })
    return list(invitations.map(invitationOf), next && JSON.stringify(next))
  },
})

export const readInvitation = operation({
  ...below('/invitations/{invitation}'),
  id: 'invitations.read',
  method: 'get',
  summary: 'Read an invitation',
  can: 'invitation.manage',
  answer: invitationShape,
  fails: ['invitations.unknown'],
  example: { params },
  byItself: async ({ by, organization, params: named }) => ({
    body: invitationOf(await find(organization.id, by, named.invitation)),
  }),
})

export const resendInvitation = operation({
  ...below('/invitations/{invitation}/resend'),
  id: 'invitations.resend',
  method: 'post',
  summary: 'Send an invitation once more',
  description: 'Also when it is over. Whoever sends it stands for it from then on.',
  can: 'invitation.manage',
  answer: invitationShape,
  fails: [
    'invitations.unknown',
    'invitations.not_pending',
    'invitations.sent_just_now',
    'invitations.sent_too_often',
    'authority.exceeds_own',
  ],
  example: { params: { ...params, invitation: '{{earlier_invitation}}' }, needs: 'earlier_invitation' },
  byItself: async ({ by, organization, params: named }) => ({
    body: invitationOf(await resend(organization.id, by, named.invitation)),
  }),
})

export const revokeInvitation = operation({
  ...below('/invitations/{invitation}'),
  id: 'invitations.revoke',
  method: 'delete',
  summary: 'Take an invitation back',
  description: 'Its links are worth nothing from then on.',
  can: 'invitation.manage',
  fails: ['invitations.unknown', 'invitations.not_pending', 'authority.exceeds_own'],
  example: { params },
  byItself: async ({ by, organization, params: named }) => {
    await revoke(organization.id, by, named.invitation)
    return {}
  },
})

const changedShape = z.strictObject({
  invitation_id: z.string(),
  email: z.string().nullable().describe('Null where there is no such invitation'),
  outcome: z.enum(['done', 'refused']),
  problem: problemSummaryShape.optional(),
})

export const changeInvitations = operation({
  ...below('/invitations/bulk'),
  id: 'invitations.change-in-bulk',
  method: 'post',
  summary: `Send up to ${mostAddresses} invitations once more, or take them back`,
  description: 'Each on its own: one that is refused stops none of the others.',
  can: 'invitation.manage',
  body: z.strictObject({
    action: z.enum(invitationChanges),
    invitations: z.array(z.string().max(40)).min(1).max(mostAddresses),
  }),
  answer: z.strictObject({ done: z.int(), refused: z.int(), results: z.array(changedShape) }),
  fails: ['invitations.invalid'],
  example: { params: { id: '{{organization}}' }, body: { action: 'resend', invitations: ['{{invitation}}'] } },
  byItself: async ({ by, organization, body, explain }) => {
    const changed = await changeMany(organization.id, by, body.action, body.invitations)
    const results = changed.map(({ invitationId, email, ...result }) => ({
      invitation_id: invitationId,
      email,
      ...(result.isDone
        ? { outcome: 'done' as const }
        : { outcome: 'refused' as const, problem: explain(new Failure(result.code)) }),
    }))
    const done = results.filter(({ outcome }) => outcome === 'done').length
    return { body: { done, refused: results.length - done, results } }
  },
})

export const invitationOperations = [
  createInvitations,
  listInvitations,
  readInvitation,
  resendInvitation,
  changeInvitations,
  revokeInvitation,
]
