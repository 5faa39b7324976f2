import { z } from 'zod'
import { approve, decline, findRequest, inviteBusiness, listRequests } from '#core/onboarding'
import { type BusinessRequest, requestStatuses } from '#core/onboarding/contract'
import { at, atOrNull, below, instant, list, listOf, operation } from './operation.ts'

const requestShape = z
  .strictObject({
    id: z.string(),
    status: z.enum(requestStatuses),
    name: z.string(),
    handle: z.string().describe('As it was asked for; once it is approved, as it was given'),
    email: z.string().describe('Proven: of whoever will be the owner'),
    given_name: z.string(),
    family_name: z.string(),
    locale: z.string(),
    created_at: instant,
    decided_at: instant.nullable(),
    organization_id: z.string().nullable().describe('What an approved one has become'),
  })
  .meta({ id: 'BusinessRequest', description: 'A business that asks to be an organization below this one' })

const requestOf = (one: BusinessRequest): z.infer<typeof requestShape> => ({
  id: one.id,
  status: one.status,
  name: one.name,
  handle: one.handle,
  email: one.email,
  given_name: one.givenName,
  family_name: one.familyName,
  locale: one.locale,
  created_at: at(one.createdAt),
  decided_at: atOrNull(one.decidedAt),
  organization_id: one.organizationId,
})

const params = { id: '{{organization}}', request: '{{business_request}}' }

export const createBusinessInvitation = operation({
  ...below('/business-invitations'),
  id: 'business-invitations.create',
  method: 'post',
  summary: 'Invite a business to start an organization below this one',
  description:
    'Its mail leads to `/start`, also where businesses come in by invitation alone. Whoever is invited needs no further approval. The link starts one organization, and is worth what whoever sent it may do when it is used.',
  can: 'organization.create',
  body: z.strictObject({
    email: z.string().max(320),
    message: z.string().max(500).default('').describe('A few plain words, without links'),
    lifetime_days: z.int().min(1).max(30).default(7),
    locale: z.string().max(35).nullable().default(null).describe('Of the mail; one of the organization’s languages'),
  }),
  answer: z.strictObject({ email: z.string(), expires_at: instant }),
  fails: [
    'email.invalid',
    'input.control_characters',
    'locale.invalid',
    'invitations.message_has_link',
    'onboarding.invalid',
    'onboarding.invited_too_often',
  ],
  example: { params: { id: '{{organization}}' }, body: { email: 'founder.{{run}}@example.com' } },
  byItself: async ({ by, organization, body }) => {
    const { lifetime_days: lifetimeDays, ...wanted } = body
    const { email, expiresAt } = await inviteBusiness(organization.id, by, { ...wanted, lifetimeDays })
    return { body: { email, expires_at: at(expiresAt) } }
  },
})

export const listBusinessRequests = operation({
  ...below('/business-requests'),
  id: 'business-requests.list',
  method: 'get',
  summary: 'List businesses that ask to join, the newest first',
  description: 'Their address is proven. What was decided is forgotten after a month.',
  can: 'organization.create',
  isList: true,
  query: z.object({ status: z.enum(requestStatuses).optional() }),
  answer: listOf(requestShape),
  example: { params: { id: '{{organization}}' }, query: { status: 'waiting' } },
  inOrganization: async (tx, { by, query: { status }, part: { limit, after } }) => {
    const from = after === null ? null : JSON.parse(after)
    const { requests, next } = await listRequests(tx, by, { limit, after: from, ...(status ? { status } : {}) })
    return list(requests.map(requestOf), next && JSON.stringify(next))
  },
})

export const readBusinessRequest = operation({
  ...below('/business-requests/{request}'),
  id: 'business-requests.read',
  method: 'get',
  summary: 'Read the request of a business',
  can: 'organization.create',
  answer: requestShape,
  fails: ['onboarding.unknown'],
  example: { params, needs: 'business_request' },
  inOrganization: async (tx, { by, params: named }) => ({ body: requestOf(await findRequest(tx, by, named.request)) }),
})

export const approveBusinessRequest = operation({
  ...below('/business-requests/{request}/approve'),
  id: 'business-requests.approve',
  method: 'post',
  summary: 'Let a business in',
  description:
    'Makes its organization, with whoever asked as the owner, and writes to them. Another `handle` may be given where the one that was asked for is gone.',
  can: 'organization.create',
  body: z.strictObject({ handle: z.string().max(60).optional() }),
  answer: requestShape,
  fails: [
    'onboarding.unknown',
    'onboarding.not_waiting',
    'organizations.handle_invalid',
    'organizations.handle_reserved',
    'organizations.handle_taken',
    'organizations.too_deep',
  ],
  example: { params, body: {}, needs: 'business_request' },
  byItself: async ({ by, organization, params: named, body }) => {
    const request = await approve(organization.id, by, named.request, body)
    return {
      body: requestOf(request),
      ...(request.organizationId === null ? {} : { changed: request.organizationId }),
    }
  },
})

export const declineBusinessRequest = operation({
  ...below('/business-requests/{request}/decline'),
  id: 'business-requests.decline',
  method: 'post',
  summary: 'Turn a business away',
  description: 'It is told so by mail, without the reason, which stays in the trail.',
  can: 'organization.create',
  body: z.strictObject({ reason: z.string().max(500).optional() }),
  answer: requestShape,
  fails: ['onboarding.unknown', 'onboarding.not_waiting', 'onboarding.invalid'],
  example: { params, body: { reason: 'Nobody here knows them' }, needs: 'business_request' },
  inOrganization: async (tx, { by, params: named, body }) => ({
    body: requestOf(await decline(tx, by, named.request, body.reason)),
  }),
})

export const onboardingOperations = [
  createBusinessInvitation,
  listBusinessRequests,
  readBusinessRequest,
  approveBusinessRequest,
  declineBusinessRequest,
]
