// The words of access: roles, groups, and the grants that give a role to somebody.

import { z } from 'zod'
import { isPermission, type Permission, reaches } from '#core/authority/contract'

export const subjectKinds = ['person', 'group', 'service'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** Whom a grant is for. `homeId` is a person's home; for groups and service accounts the organization itself. */
export type Subject = { kind: SubjectKind; homeId: string; id: string }

export type RoleGrant = {
  id: string
  subject: Subject
  /** The key of a built-in role, or the id of one of the organization's own. */
  role: string
  reach: (typeof reaches)[number]
  endsAt: Date | null
  givenBy: string | null
  createdAt: Date
}

/** A role of an organization's own. */
export type OwnRole = {
  id: string
  key: string
  name: string
  description: string
  permissions: Permission[]
  version: number
}

/** Who is in a group without being chosen by hand: everybody whose profile has this value. */
export const groupRule = z.strictObject({
  attribute: z.enum(['email_domain', 'locale', 'kind']),
  operator: z.enum(['is', 'is_not']),
  value: z.string().trim().toLowerCase().min(1).max(120),
})
export type GroupRule = z.infer<typeof groupRule>

/** How many roles an organization makes at most, and how many groups: lists to choose from show all of them. */
export const mostOfEach = 500

/** A part of a list: at most so many, after the one where the part before ended. */
export type Page = { limit: number; after?: string }

export type Group = { id: string; name: string; description: string; rule: GroupRule | null; version: number }

/** A group as lists show it: how many are in it, and what it gives them. */
export type GroupView = Group & { members: number; roles: HeldRole[] }
export type GroupQuery = {
  /** What stands in its name. */
  search?: string | undefined
  limit: number
  after?: { key: string; id: string } | null | undefined
}
export type GroupPage = { groups: GroupView[]; next: { key: string; id: string } | null }

/** To how many a role is given. */
export type RoleHolders = Record<SubjectKind, number>

/** A role that somebody may give, and how far. */
export type GiveableRole = HeldRole & { permissions: Permission[]; reach: (typeof reaches)[number] }

/** One line of plain text: nothing in it hides, turns or ends what stands beside it. */
export const oneLine = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .regex(
      /^[^\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff<>]*$/u,
      'one line of plain text',
    )

export const permissionWord = z.string().max(100).refine(isPermission, 'a permission') as z.ZodType<Permission>

export const newRole = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/, 'lower-case letters, digits and inner hyphens'),
  name: oneLine(1, 80),
  description: oneLine(0, 500).default(''),
  permissions: z.array(permissionWord).min(1).max(200),
})
export type NewRole = z.input<typeof newRole>
export const roleChange = newRole.omit({ key: true }).partial()
export type RoleChange = z.input<typeof roleChange>

export const newGroup = z.strictObject({
  name: oneLine(1, 80),
  description: oneLine(0, 500).default(''),
  rule: groupRule.nullable().default(null),
})
export type NewGroup = z.input<typeof newGroup>
export const groupChange = newGroup.partial()
export type GroupChange = z.input<typeof groupChange>

export const newGrant = z.strictObject({
  role: z.string().max(60),
  reach: z.enum(reaches).default('organization'),
  /** Null: until it is taken back. */
  endsAt: z.date().nullable().default(null),
})
export type NewGrant = z.input<typeof newGrant>

/** Who is to own the organization, by id, and whether the giver owns it no longer. */
export type NewOwner = { person: string; stepDown: boolean }

type Named = { id: string; handle: string; name: string }

/** One way in which a permission came to somebody. */
export type Reason = {
  /** Where the role was given. */
  organization: Named
  /** The key of a built-in role, or the id of one of that organization's own. */
  role: string
  /** What an own role is called; null for a built-in one. */
  roleName: string | null
  reach: (typeof reaches)[number]
  through: 'person' | 'group'
  /** Null where it was given to the person, or where the reader may not see people. */
  group: { id: string; name: string } | null
  /** In the group because a rule says so, not because somebody put them there. */
  isByRule: boolean
  grantId: string | null
  /** The id of whoever gave it. */
  givenBy: string | null
  givenAt: Date
  endsAt: Date | null
}

/** Why can Sofia enter Alpine, and what can she do there? */
export type Explanation = {
  organization: Named
  person: { homeId: string; personId: string; email: string; givenName: string; familyName: string }
  /** Where they live: their password and second step are kept there. */
  home: Named
  membership: { kind: 'staff' | 'consumer'; status: 'active' | 'suspended' | 'pending' } | null
  entrance:
    | 'member'
    | 'lives_here'
    | 'not_a_member'
    | 'membership_suspended'
    | 'waiting_for_approval'
    | 'person_suspended'
    | 'person_gone'
    | 'organization_suspended'
  canEnter: boolean
  /** What they may do here, each with every way in which it came to them. */
  permissions: { permission: Permission; reach: (typeof reaches)[number]; reasons: Reason[] }[]
}

/** A role that somebody holds: a built-in one by its key, one of the organization's own by its name as well. */
export type HeldRole = { role: string; name: string | null }
/** What somebody was given at an organization themselves; the groups by name. */
export type Holdings = { roles: HeldRole[]; groups: string[] }

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'access.invalid': 400,
  'access.too_many': 409,
  'access.role_unknown': 404,
  'access.role_key_taken': 409,
  'access.role_key_reserved': 400,
  'access.role_in_use': 409,
  'access.group_unknown': 404,
  'access.group_name_taken': 409,
  'access.group_has_rule': 409,
  'access.grant_unknown': 404,
  'access.grant_ended': 400,
  'access.last_owner': 409,
  'access.not_an_owner': 409,
  'access.owner_unfit': 409,
  'access.changed_elsewhere': 412,
} as const
