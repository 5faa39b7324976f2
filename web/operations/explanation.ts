import { z } from 'zod'
import { explain } from '#core/access'
import type { Explanation } from '#core/access/contract'
import { reaches } from '#core/authority/contract'
import { listed } from '#core/people'
import { withOrganization } from '#platform/database'
import { at, atOrNull, below, instant, operation } from './operation.ts'
import { kind, status } from './people-shape.ts'

const named = z.strictObject({ id: z.string(), handle: z.string(), name: z.string() })

const reasonShape = z.strictObject({
  organization: named.describe('Where the role was given'),
  role: z.string(),
  role_name: z.string().nullable().describe('What an own role is called; null for a built-in one'),
  reach: z.enum(reaches),
  through: z.enum(['person', 'group']),
  group: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  by_rule: z.boolean(),
  grant_id: z.string().nullable().describe('Null where you may not see people'),
  given_by: z.string().nullable(),
  given_at: instant,
  ends_at: instant.nullable(),
})

const entrances = [
  'member',
  'lives_here',
  'not_a_member',
  'membership_suspended',
  'waiting_for_approval',
  'person_suspended',
  'person_gone',
  'organization_suspended',
] as const satisfies readonly Explanation['entrance'][]

const explanationShape = z
  .strictObject({
    organization: named,
    person: z.strictObject({
      id: z.string(),
      home_id: z.string(),
      email: z.string(),
      given_name: z.string(),
      family_name: z.string(),
    }),
    home: named,
    membership: z.strictObject({ kind, status }).nullable(),
    entrance: z.enum(entrances),
    can_enter: z.boolean(),
    permissions: z.array(
      z.strictObject({ permission: z.string(), reach: z.enum(reaches), reasons: z.array(reasonShape) }),
    ),
  })
  .meta({ id: 'AccessExplanation', description: 'Whether somebody can enter, what they may do here, and why' })

const explanationOf = ({ person, canEnter, permissions, ...rest }: Explanation): z.infer<typeof explanationShape> => ({
  ...rest,
  person: {
    id: person.personId,
    home_id: person.homeId,
    email: person.email,
    given_name: person.givenName,
    family_name: person.familyName,
  },
  can_enter: canEnter,
  permissions: permissions.map(({ permission, reach, reasons }) => ({
    permission,
    reach,
    reasons: reasons.map(({ roleName, isByRule, grantId, givenBy, givenAt, endsAt, ...reason }) => ({
      ...reason,
      role_name: roleName,
      by_rule: isByRule,
      grant_id: grantId,
      given_by: givenBy,
      given_at: at(givenAt),
      ends_at: atOrNull(endsAt),
    })),
  })),
})

export const explainAccess = operation({
  ...below('/people/{person}/access'),
  id: 'people.explain',
  method: 'get',
  summary: 'Explain why somebody can enter, and what they may do here',
  can: 'people.read',
  answer: explanationShape,
  fails: ['person.unknown'],
  example: { params: { id: '{{organization}}', person: '{{person}}' } },
  byItself: async ({ by, organization, params }) => {
    const known = await withOrganization(organization.id, (tx) => listed(tx, params.person))
    // Of somebody who is not known here, core says so, once it has asked for the right.
    const ref = { homeId: known?.homeId ?? organization.id, personId: params.person }
    return { body: explanationOf(await explain(organization.id, by, ref)) }
  },
})

export const explanationOperations = [explainAccess]
