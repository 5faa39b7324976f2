import { z } from 'zod'
import { give, listGrants, takeBack } from '#core/access'
import { type RoleGrant, subjectKinds } from '#core/access/contract'
import { reaches } from '#core/authority/contract'
import { giveRole } from '#core/tokens'
import { at, atOrNull, below, instant, list, listOf, operation, pageFrom } from './operation.ts'

const kind = z.enum(subjectKinds)
const subjectShape = z.strictObject({
  kind: kind.describe('`service` is a service account'),
  id: z.string().max(64),
  home_id: z.string().max(64).optional().describe('Where a person lives; in this organization if absent'),
})

const grantShape = z
  .strictObject({
    id: z.string(),
    subject: z.strictObject({ kind, id: z.string(), home_id: z.string() }),
    role: z.string(),
    reach: z.enum(reaches).describe('This organization, or it and everything below it'),
    ends_at: instant.nullable(),
    given_by: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: 'Grant', description: 'A role that somebody has' })

const grantOf = ({ subject, endsAt, givenBy, createdAt, ...grant }: RoleGrant): z.infer<typeof grantShape> => ({
  ...grant,
  subject: { kind: subject.kind, id: subject.id, home_id: subject.homeId },
  ends_at: atOrNull(endsAt),
  given_by: givenBy,
  created_at: at(createdAt),
})

export const listAllGrants = operation({
  ...below('/grants'),
  id: 'grants.list',
  method: 'get',
  summary: 'List who has which role here',
  can: 'people.read',
  isList: true,
  query: z.object({
    subject_kind: kind.optional(),
    subject_id: z.string().max(64).optional().describe('Together with `subject_kind`: what one of them has'),
  }),
  answer: listOf(grantShape),
  example: { params: { id: '{{organization}}' } },
  inOrganization: async (tx, { by, query, part: { limit, after } }) => {
    const { subject_kind: wantedKind, subject_id: id } = query
    const read = await listGrants(tx, by, {
      limit: limit + 1,
      ...(after === null ? {} : { after }),
      ...(wantedKind && id ? { subject: { kind: wantedKind, id } } : {}),
    })
    const { items, next } = pageFrom(read, (grant) => grant.id, limit)
    return list(items.map(grantOf), next)
  },
})

export const giveGrant = operation({
  ...below('/grants'),
  id: 'grants.give',
  method: 'post',
  summary: 'Give a role',
  description: 'Nobody gives what they do not hold themselves, nor further than they reach.',
  can: 'role.assign',
  status: 201,
  body: z.strictObject({
    subject: subjectShape,
    role: z.string().max(60).describe('The key of a built-in role, or the id of an own one'),
    reach: z.enum(reaches).default('organization'),
    ends_at: instant.nullable().default(null).describe('Null: until it is taken back'),
  }),
  answer: grantShape,
  fails: [
    'access.role_unknown',
    'access.group_unknown',
    'access.grant_ended',
    'access.last_owner',
    'person.unknown',
    'tokens.account_unknown',
    'authority.exceeds_own',
  ],
  example: {
    params: { id: '{{organization}}' },
    body: { subject: { kind: 'service', id: '{{account}}' }, role: 'auditor', reach: 'subtree' },
    keeps: { grant: 'id' },
  },
  inOrganization: async (tx, { by, organization, body }) => {
    const { subject, role, reach, ends_at: endsAt } = body
    const wanted = { role, reach, endsAt: endsAt === null ? null : new Date(endsAt) }
    const { kind: subjectKind, id, home_id: homeId = organization.id } = subject
    const grant =
      subjectKind === 'service'
        ? await giveRole(tx, by, id, wanted)
        : await give(tx, by, { kind: subjectKind, id, homeId }, wanted)
    return { body: grantOf(grant), location: `/organizations/${organization.id}/grants/${grant.id}` }
  },
})

export const takeBackGrant = operation({
  ...below('/grants/{grant}'),
  id: 'grants.take-back',
  method: 'delete',
  summary: 'Take a role back',
  can: 'role.assign',
  fails: ['access.grant_unknown', 'access.last_owner', 'authority.exceeds_own'],
  example: { params: { id: '{{organization}}', grant: '{{grant}}' } },
  inOrganization: async (tx, { by, params }) => {
    await takeBack(tx, by, params.grant)
    return {}
  },
})

export const grantOperations = [giveGrant, listAllGrants, takeBackGrant]
