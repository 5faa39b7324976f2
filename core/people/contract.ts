// The words of people: somebody with an account, living in one home organization, and what ties them to others.

import { z } from 'zod'
import { type IdentifierKind, identifierKinds } from '#core/organizations/contract'

export const personStatuses = ['active', 'suspended'] as const
export const membershipKinds = ['staff', 'consumer'] as const
/** `pending` waits until somebody agrees to a sign-up. */
export const membershipStatuses = ['active', 'suspended', 'pending'] as const

export type Person = {
  id: string
  /** The organization where this person lives. */
  homeId: string
  /** Where mail goes. */
  email: string
  emailVerifiedAt: Date | null
  givenName: string
  familyName: string
  /** As it was chosen; null without one. */
  username: string | null
  /** E.164, or null. */
  phone: string | null
  /** Since when it is proven that they read what is sent to it. */
  phoneVerifiedAt: Date | null
  /** BCP 47; null follows the organization. */
  locale: string | null
  status: (typeof personStatuses)[number]
  version: number
  createdAt: Date
  /** Sessions begun under an earlier number have ended, wherever they are. */
  sessionGeneration: number
}

export type Membership = {
  id: string
  organizationId: string
  homeId: string
  personId: string
  kind: (typeof membershipKinds)[number]
  status: (typeof membershipStatuses)[number]
}

/** Who somebody is, wherever they are met. */
export type PersonRef = { homeId: string; personId: string }

export { type IdentifierKind, identifierKinds }
/** An organization, as far as it says what people sign in with. */
export type Identifying = { handle: string; security?: { identifiers?: readonly IdentifierKind[] } }
const byDefault: readonly IdentifierKind[] = ['email']
/** What people sign in with at an organization. */
export const identifiersOf = ({ security }: Identifying): readonly IdentifierKind[] =>
  security?.identifiers ?? byDefault
export const hasUsernames = (organization: Identifying): boolean => identifiersOf(organization).includes('username')
/** What somebody typed, in the form in which it is compared. */
export type Identifier = { kind: IdentifierKind; key: string }

/** Somebody who lives here or belongs here, as lists have them. */
export type ListedPerson = PersonRef & {
  email: string
  givenName: string
  familyName: string
  username: string | null
  locale: string | null
  /** Null for somebody who lives here without being a member. */
  kind: Membership['kind'] | null
  membership: Membership['status'] | null
  isSuspendedAtHome: boolean
  /** What both come to: suspended by their home or here, waiting for an approval, or neither. */
  status: Membership['status']
  joinedAt: Date
  lastSignInAt: Date | null
}

/** Who is meant without being named: everybody whose profile has this value, or has not. */
export type TraitRule = { attribute: 'email_domain' | 'locale' | 'kind'; operator: 'is' | 'is_not'; value: string }

/** Those who are named, and those to whom one of the rules applies. */
export type Among = { personIds: readonly string[]; rules: readonly TraitRule[] }

/** Where a page ended: the key of its last row in the order of the list, and whose row it was. */
export type PeopleCursor = { key: string; id: string }

export type PeoplePage = { people: ListedPerson[]; next: PeopleCursor | null }

export type PeopleQuery = {
  /** What a name, in either order, a username or an address begins with. */
  search?: string | undefined
  kind?: Membership['kind'] | undefined
  status?: Membership['status'] | undefined
  /** Each of these has to include them. */
  among?: readonly Among[] | undefined
  sort?: 'name' | 'newest' | undefined
  limit: number
  after?: PeopleCursor | null | undefined
}

/** What a person may change about themselves. Only what is there changes; the last three may be emptied. */
export const profileChange = z
  .object({
    givenName: z.string(),
    familyName: z.string(),
    username: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string().nullable(),
  })
  .partial()
export type ProfileChange = z.infer<typeof profileChange>

/** The answer to a form, as it came: a name that was sent twice has a list. */
export type Answer = Readonly<Record<string, string | readonly string[] | undefined>>

/** A form's field: how much may be typed, and whether it may be shown again. */
export type FieldRule = {
  /** Unicode code points. */
  max: number
  required?: boolean
  /** Never kept, never shown again. */
  secret?: boolean
  /** Spaces around it belong to it. */
  verbatim?: boolean
}

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'email.invalid': 400,
  'name.required': 400,
  'name.invalid': 400,
  'phone.invalid': 400,
  'phone.taken': 409,
  'username.invalid': 400,
  'username.reserved': 400,
  'username.taken': 409,
  'username.not_used': 409,
  'locale.invalid': 400,
  'input.missing': 400,
  'input.too_long': 400,
  'input.control_characters': 400,
  'input.invalid': 400,
  'person.changed_elsewhere': 412,
  'person.exists': 409,
  'person.unknown': 404,
} as const
