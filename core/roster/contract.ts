// The words of the roster: the people of an organization as its administrators look after them.

import { z } from 'zod'
import { newGrant, oneLine, type RoleGrant } from '#core/access/contract'
import {
  hasUsernames,
  type Identifying,
  type ListedPerson,
  type Membership,
  membershipKinds,
  membershipStatuses,
  type PersonRef,
} from '#core/people/contract'
import type { SessionView } from '#core/sessions/contract'

/** What is written into the trail beside what somebody did to somebody else. */
export const reasonText = oneLine(1, 500)

/** Somebody to create, at home here. They choose their password themselves, by the link of a mail. */
export const newPerson = z.strictObject({
  email: z.string().max(254),
  givenName: z.string().max(80),
  familyName: z.string().max(80),
  /** Where people sign in with one. */
  username: z.string().max(80).nullable().default(null),
  phone: z.string().max(40).nullable().default(null),
  locale: z.string().max(35).nullable().default(null),
  kind: z.enum(membershipKinds).default('consumer'),
  /** Ids of groups without a rule. */
  groups: z.array(z.string().max(40)).max(50).default([]),
})
export type NewPerson = z.input<typeof newPerson>

/** What may be changed of somebody who lives here. The address is theirs to change: it needs a proof. */
export const personChange = z
  .strictObject({
    givenName: z.string().max(80),
    familyName: z.string().max(80),
    username: z.string().max(80).nullable(),
    phone: z.string().max(40).nullable(),
    locale: z.string().max(35).nullable(),
  })
  .partial()
export type PersonChange = z.input<typeof personChange>

/** Somebody who lives where this organization draws people from, to belong here as well. */
export const existingPerson = z.strictObject({
  email: z.string().max(254),
  kind: z.enum(membershipKinds).default('consumer'),
  groups: z.array(z.string().max(40)).max(50).default([]),
})
export type ExistingPerson = z.input<typeof existingPerson>

export const mostListed = 200

/** What is asked of the list. */
export const rosterQuery = z.strictObject({
  /** What a name, in either order, a username or an address begins with. */
  search: z.string().max(120).optional(),
  kind: z.enum(membershipKinds).optional(),
  status: z.enum(membershipStatuses).optional(),
  /** The key of a built-in role, or the id of an own one: given to them here, themselves or through a group. */
  role: z.string().max(60).optional(),
  /** The id of a group. */
  group: z.string().max(40).optional(),
  sort: z.enum(['name', 'newest']).default('name'),
  limit: z.int().min(1).max(mostListed).default(50),
  after: z.strictObject({ key: z.string().max(400), id: z.string().max(40) }).nullish(),
})
export type RosterQuery = z.input<typeof rosterQuery>

export type RosterPerson = ListedPerson & { livesHere: boolean }
export type RosterPage = { people: RosterPerson[]; next: { key: string; id: string } | null }

/** How many there are, by how they stand, and how many have ever signed in here. */
export type RosterCounts = Record<Membership['status'] | 'signedIn', number>

/** Everything that may be seen of one person here. */
export type RosterProfile = {
  ref: PersonRef
  livesHere: boolean
  home: { id: string; name: string; handle: string }
  email: string
  isEmailVerified: boolean
  givenName: string
  familyName: string
  username: string | null
  /** Kept to themselves where they live elsewhere. */
  phone: string | null
  isPhoneVerified: boolean
  locale: string | null
  status: Membership['status']
  /** Whether their home has suspended them, wherever they are met. */
  isSuspendedAtHome: boolean
  membership: Membership | null
  joinedAt: Date
  lastSignInAt: Date | null
  /** Of somebody who lives here; null without one, and of everybody else. */
  passwordChangedAt: Date | null
  /** Has to choose another password at the next sign-in. */
  mustChangePassword: boolean
  secondStepAddedAt: Date | null
  grants: RoleGrant[]
  groups: { id: string; name: string; isByRule: boolean }[]
  /** What is open at this organization. */
  sessions: SessionView[]
  /** Of the profile: for whoever changes it. */
  version: number
}

/** Who has a role here: people, groups and programs, each by what they are called. */
export type Holder = {
  grantId: string
  kind: RoleGrant['subject']['kind']
  id: string
  name: string
  /** The address of a person. */
  email: string | null
  reach: RoleGrant['reach']
  endsAt: Date | null
}
export type HolderPage = { holders: Holder[]; next: string | null }

/** What may be done to many at once. */
export const bulkWish = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['suspend', 'resume', 'remove']), reason: reasonText.optional() }),
  z.strictObject({ action: z.enum(['end-sessions', 'approve']) }),
  z.strictObject({ action: z.enum(['reset-password', 'reset-second-step', 'decline']), reason: reasonText }),
  z.strictObject({ action: z.literal('change-kind'), kind: z.enum(membershipKinds) }),
  z.strictObject({ action: z.literal('give-role'), ...newGrant.shape }),
  /** The id of a group without a rule. */
  z.strictObject({ action: z.literal('add-to-group'), group: z.string().max(40) }),
])
export type BulkWish = z.input<typeof bulkWish>
export const mostAtOnce = 500

/** What became of one of many. */
export type BulkResult = { personId: string; isDone: true } | { personId: string; isDone: false; code: string }

/** The columns of a file of people, in the order in which they are written. */
export const csvColumns = [
  'email',
  'given_name',
  'family_name',
  'username',
  'phone',
  'locale',
  'kind',
  'groups',
] as const
export type CsvColumn = (typeof csvColumns)[number]
/** Those that say something at an organization. */
export const csvColumnsOf = (organization: Identifying): CsvColumn[] =>
  csvColumns.filter((column) => column !== 'username' || hasUsernames(organization))

export const csvLimits = { bytes: 5_000_000, rows: 10_000, cell: 1000 } as const

/** What becomes, or would become, of one row of a file. */
export type ImportRow = {
  /** As a spreadsheet counts: the header is row 1. */
  row: number
  email: string
  result: 'created' | 'updated' | 'unchanged' | 'refused'
  code?: string
  field?: CsvColumn
  personId?: string
}

export type ImportReport = {
  /** Nothing was changed: this is what would be. */
  isDryRun: boolean
  created: number
  updated: number
  unchanged: number
  refused: number
  rows: ImportRow[]
}

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'roster.invalid': 400,
  'roster.own_account': 409,
  'roster.lives_elsewhere': 409,
  'roster.no_home_here': 409,
  'roster.not_active': 409,
  'roster.not_waiting': 409,
  'roster.waiting': 409,
  'roster.no_membership': 409,
  'roster.no_password': 409,
  'roster.no_second_step': 409,
  'roster.too_many': 400,
  'roster.too_many_tries': 429,
  /** A file that was looked at: its hour is over, or it was taken in. */
  'roster.file_over': 409,
  'csv.too_large': 413,
  'csv.too_many_rows': 413,
  'csv.cell_too_long': 400,
  'csv.encoding': 400,
  'csv.malformed': 400,
  'csv.empty': 400,
  'csv.column_unknown': 400,
  'csv.column_twice': 400,
  'csv.column_missing': 400,
  'csv.role_column': 403,
  'csv.cells': 400,
  'csv.row_twice': 400,
  'csv.kind': 400,
} as const
