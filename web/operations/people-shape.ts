import { z } from 'zod'
import { reaches } from '#core/authority/contract'
import {
  type Membership,
  membershipKinds,
  membershipStatuses,
  type Person,
  type PersonRef,
  personStatuses,
} from '#core/people/contract'
import type { RosterPerson, RosterProfile } from '#core/roster/contract'
import { type Answered, at, atOrNull, instant } from './operation.ts'

export const kind = z.enum(membershipKinds)
export const status = z.enum(membershipStatuses)
export const groupIds = z.array(z.string().max(40)).max(50).describe('Ids of groups without a rule')
export const reason = z.string().min(1).max(500).describe('One line, for the trail')

const named = {
  id: z.string(),
  home_id: z.string().describe('The organization where this person lives'),
  email: z.string(),
  given_name: z.string(),
  family_name: z.string(),
  username: z.string().nullable(),
  locale: z.string().nullable(),
}
const namedOf = ({ email, givenName, familyName, username, locale }: Person | RosterPerson | RosterProfile) => ({
  email,
  given_name: givenName,
  family_name: familyName,
  username,
  locale,
})
const refOf = ({ personId, homeId }: PersonRef) => ({ id: personId, home_id: homeId })

export const personShape = z
  .strictObject({
    ...named,
    email_verified: z.boolean(),
    phone: z.string().nullable(),
    phone_verified: z.boolean(),
    status: z.enum(personStatuses),
    created_at: instant,
    version: z.int(),
  })
  .meta({ id: 'Person', description: 'Somebody who lives in the organization' })

export const person = (one: Person): Answered<z.infer<typeof personShape>> => ({
  body: {
    ...refOf({ personId: one.id, homeId: one.homeId }),
    ...namedOf(one),
    email_verified: one.emailVerifiedAt !== null,
    phone: one.phone,
    phone_verified: one.phoneVerifiedAt !== null,
    status: one.status,
    created_at: at(one.createdAt),
    version: one.version,
  },
  version: one.version,
})

export const listedPersonShape = z
  .strictObject({
    ...named,
    lives_here: z.boolean(),
    kind: kind.nullable().describe('Null for somebody who lives here without being a member'),
    status: status.describe('Suspended by their home or here, waiting for an approval, or neither'),
    suspended_at_home: z.boolean(),
    joined_at: instant,
    last_sign_in_at: instant.nullable(),
  })
  .meta({ id: 'ListedPerson', description: 'Somebody who lives or belongs here' })

export const listedPersonOf = (one: RosterPerson): z.infer<typeof listedPersonShape> => ({
  ...refOf(one),
  ...namedOf(one),
  lives_here: one.livesHere,
  kind: one.kind,
  status: one.status,
  suspended_at_home: one.isSuspendedAtHome,
  joined_at: at(one.joinedAt),
  last_sign_in_at: atOrNull(one.lastSignInAt),
})

export const membershipShape = z
  .strictObject({ person_id: z.string(), home_id: z.string(), kind, status })
  .meta({ id: 'Membership', description: 'That somebody belongs to the organization' })

export const membershipOf = ({ personId, homeId, kind: as, status: standing }: Membership) => ({
  person_id: personId,
  home_id: homeId,
  kind: as,
  status: standing,
})

const sessionShape = z.strictObject({
  id: z.string(),
  methods: z.array(z.string()).describe('How the person proved themselves (RFC 8176)'),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: instant,
  last_seen_at: instant,
})

export const profileShape = z
  .strictObject({
    ...named,
    home: z.strictObject({ id: z.string(), handle: z.string(), name: z.string() }),
    lives_here: z.boolean(),
    email_verified: z.boolean(),
    phone: z.string().nullable().describe('Null where they live elsewhere'),
    phone_verified: z.boolean(),
    kind: kind.nullable(),
    status,
    suspended_at_home: z.boolean(),
    joined_at: instant,
    last_sign_in_at: instant.nullable(),
    password_changed_at: instant.nullable().describe('Null without a password, and where they live elsewhere'),
    must_change_password: z.boolean().describe('Another one has to be chosen at the next sign-in'),
    second_step_added_at: instant.nullable().describe('Null without a second step, and where they live elsewhere'),
    grants: z.array(
      z.strictObject({ id: z.string(), role: z.string(), reach: z.enum(reaches), ends_at: instant.nullable() }),
    ),
    groups: z.array(z.strictObject({ id: z.string(), name: z.string(), by_rule: z.boolean() })),
    sessions: z.array(sessionShape).describe('What is open at this organization'),
    version: z.int(),
  })
  .meta({ id: 'PersonProfile', description: 'Everything that may be seen of one person here' })

export const profile = (one: RosterProfile): Answered<z.infer<typeof profileShape>> => ({
  body: {
    ...refOf(one.ref),
    ...namedOf(one),
    home: one.home,
    lives_here: one.livesHere,
    email_verified: one.isEmailVerified,
    phone: one.phone,
    phone_verified: one.isPhoneVerified,
    kind: one.membership?.kind ?? null,
    status: one.status,
    suspended_at_home: one.isSuspendedAtHome,
    joined_at: at(one.joinedAt),
    last_sign_in_at: atOrNull(one.lastSignInAt),
    password_changed_at: atOrNull(one.passwordChangedAt),
    must_change_password: one.mustChangePassword,
    second_step_added_at: atOrNull(one.secondStepAddedAt),
    grants: one.grants.map(({ id, role, reach, endsAt }) => ({ id, role, reach, ends_at: atOrNull(endsAt) })),
    groups: one.groups.map(({ id, name, isByRule }) => ({ id, name, by_rule: isByRule })),
    sessions: one.sessions.map(({ id, methods, address, userAgent, createdAt, lastSeenAt }) => ({
      id,
      methods,
      address,
      user_agent: userAgent,
      created_at: at(createdAt),
      last_seen_at: at(lastSeenAt),
    })),
    version: one.version,
  },
  version: one.version,
})
