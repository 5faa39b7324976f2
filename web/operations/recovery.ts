import { z } from 'zod'
import { approve, decline, list as listRequests, look } from '#core/recovery'
import { type RecoveryView, recoveryStatuses } from '#core/recovery/contract'
import { at, atOrNull, below, instant, list, listOf, operation } from './operation.ts'

const requestShape = z
  .strictObject({
    id: z.string(),
    status: z.enum(recoveryStatuses),
    person: z.strictObject({
      id: z.string(),
      email: z.string(),
      given_name: z.string(),
      family_name: z.string(),
      status: z.enum(['active', 'suspended']),
      created_at: instant,
      last_sign_in_at: instant.nullable(),
      password_changed_at: instant.nullable(),
      second_step_added_at: instant.nullable(),
    }),
    met_at: z.string().describe('The organization where they asked'),
    reason: z.string(),
    asked_from: z.string().nullable().describe('The network address'),
    user_agent: z.string().nullable(),
    created_at: instant,
    expires_at: instant,
    decided_at: instant.nullable(),
    decided_by: z.string().nullable().describe('What whoever decided is called; null of a program'),
    decision_reason: z.string().nullable(),
    ready_at: instant.nullable().describe('Once it is approved: not before then does anything happen'),
    can_decide: z.boolean().describe('Nobody decides about themselves, nor about somebody who holds more'),
  })
  .meta({ id: 'RecoveryRequest', description: 'Somebody who lives here and has lost their second step' })

const requestOf = (one: RecoveryView): z.infer<typeof requestShape> => ({
  id: one.id,
  status: one.status,
  person: {
    id: one.personId,
    email: one.person.email,
    given_name: one.person.givenName,
    family_name: one.person.familyName,
    status: one.person.status,
    created_at: at(one.person.createdAt),
    last_sign_in_at: atOrNull(one.person.lastSignInAt),
    password_changed_at: atOrNull(one.person.passwordChangedAt),
    second_step_added_at: atOrNull(one.person.secondStepAddedAt),
  },
  met_at: one.metId,
  reason: one.reason,
  asked_from: one.askedFrom,
  user_agent: one.userAgent,
  created_at: at(one.createdAt),
  expires_at: at(one.expiresAt),
  decided_at: atOrNull(one.decidedAt),
  decided_by: one.decidedByName,
  decision_reason: one.note,
  ready_at: atOrNull(one.readyAt),
  can_decide: one.canDecide,
})

const params = { id: '{{organization}}', request: '{{recovery_request}}' }
const needs = 'recovery_request'
const reason = z.string().min(1).max(500).describe('One line, for the trail')
const ofDeciding = [
  'recovery.unknown',
  'recovery.not_waiting',
  'recovery.own_request',
  'recovery.invalid',
  'authority.exceeds_own',
]

export const listRecoveryRequests = operation({
  ...below('/recovery-requests'),
  id: 'recovery-requests.list',
  method: 'get',
  summary: 'List people who have lost their second step and ask for help, the newest first',
  description:
    'They have proven their first factor. What is over is forgotten after three months. Somebody who lives elsewhere asks there.',
  can: 'people.reset',
  isList: true,
  query: z.object({ status: z.enum(recoveryStatuses).optional() }),
  answer: listOf(requestShape),
  example: { params: { id: '{{organization}}' }, query: { status: 'waiting' } },
  byItself: async ({ by, organization, query: { status }, part: { limit, after } }) => {
    const from = after === null ? null : JSON.parse(after)
    const { requests, next } = await listRequests(organization.id, by, {
      limit,
      after: from,
      ...(status ? { status } : {}),
    })
    return list(requests.map(requestOf), next && JSON.stringify(next))
  },
})

export const readRecoveryRequest = operation({
  ...below('/recovery-requests/{request}'),
  id: 'recovery-requests.read',
  method: 'get',
  summary: 'Read the request of somebody who has lost their second step',
  can: 'people.reset',
  answer: requestShape,
  fails: ['recovery.unknown'],
  example: { params, needs },
  byItself: async ({ by, organization, params: named }) => ({
    body: requestOf(await look(organization.id, by, named.request)),
  }),
})

export const approveRecoveryRequest = operation({
  ...below('/recovery-requests/{request}/approve'),
  id: 'recovery-requests.approve',
  method: 'post',
  summary: 'Agree that the second step of somebody is removed',
  description:
    'Once the organization’s waiting time is over they get a link that removes it, together with a fresh proof of their first factor. Until then they can stop it, with a link of every mail. Be sure that it is they who ask.',
  can: 'people.reset',
  body: z.strictObject({ reason }),
  answer: requestShape,
  fails: [...ofDeciding, 'recovery.not_active'],
  example: { params, body: { reason: 'Called them at a number we know' }, needs },
  byItself: async ({ by, organization, params: named, body }) => {
    const { id } = await approve(organization.id, by, named.request, body)
    return { body: requestOf(await look(organization.id, by, id)) }
  },
})

export const declineRecoveryRequest = operation({
  ...below('/recovery-requests/{request}/decline'),
  id: 'recovery-requests.decline',
  method: 'post',
  summary: 'Leave the second step of somebody as it is',
  description: 'They are told so by mail, without the reason.',
  can: 'people.reset',
  body: z.strictObject({ reason }),
  answer: requestShape,
  fails: ofDeciding,
  example: { params, body: { reason: 'Did not know when they joined' }, needs },
  byItself: async ({ by, organization, params: named, body }) => {
    const { id } = await decline(organization.id, by, named.request, body)
    return { body: requestOf(await look(organization.id, by, id)) }
  },
})

export const recoveryOperations = [
  listRecoveryRequests,
  readRecoveryRequest,
  approveRecoveryRequest,
  declineRecoveryRequest,
]
