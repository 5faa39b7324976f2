// The words of organizations: businesses in a tree, and the addresses they are met at.

import { z } from 'zod'

export const organizationStatuses = ['active', 'suspended'] as const
export const peopleSources = ['own', 'parent', 'mixed'] as const
/** How people come in: by themselves, after somebody's approval, when they were invited, or not at all. */
export const signUpModes = ['open', 'approval', 'invitation', 'closed'] as const
/** Whether anybody may come in by themselves, even if somebody has to agree. */
export const isSignUpOpen = ({ signUp }: { signUp: (typeof signUpModes)[number] }): boolean =>
  signUp === 'open' || signUp === 'approval'

/** The same for businesses that would become organizations below this one. */
export const businessSignUpModes = ['closed', 'invitation', 'approval', 'open'] as const

export type Organization = {
  id: string
  /** Null for the root alone. */
  parentId: string | null
  /** Ids from the root down to and including this organization. */
  ancestors: string[]
  handle: string
  name: string
  status: (typeof organizationStatuses)[number]
  /** Where its people live: here, at its parent's, or both. */
  peopleFrom: (typeof peopleSources)[number]
  signUp: (typeof signUpModes)[number]
  businessSignUp: (typeof businessSignUpModes)[number]
  secondFactorRequired: boolean
  security: SecurityPolicy
  /** What it is known by elsewhere: a number in a CRM, a region, a plan. */
  attributes: Record<string, string>
  /** BCP 47, offered in this order; the first is the default. */
  locales: string[]
  /** 'path', 'name', or an own domain. */
  canonicalAddress: string
  version: number
}

/**
 * One of the ways an organization is met. Kept with what is begun there; scheme, host and port of the root's origin come
 * from LIVERY_ORIGIN, so that a changed one breaks no link.
 */
export type Address = { form: 'root' } | { form: 'path' } | { form: 'name' } | { form: 'domain'; host: string }

/** Where an address is: `origin` has no trailing slash, `base` is '' or '/o/<handle>'. */
export type Place = { origin: string; base: string }

/** An own domain; without a proof of ownership it is never met. */
export type Host = { host: string; organizationId: string; isVerified: boolean }

/** Lower-case letters, digits and inner hyphens: a label of a host name (RFC 1123) that is also a path segment. */
export const handleShape = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** Names that would be taken for a part of the product, or for somebody official. */
export const reservedHandles: ReadonlySet<string> = new Set([
  'www',
  'api',
  'admin',
  'root',
  'mail',
  'smtp',
  'auth',
  'oidc',
  'saml',
  'scim',
  'assets',
  'static',
  'gallery',
  'dev',
  'account',
  'organization',
  'sign-in',
  'sign-up',
  'localhost',
])

const localeList = z
  .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/, 'a language tag such as de or de-AT'))
  .min(1)
  .max(40)
  .refine((tags) => new Set(tags).size === tags.length, 'each language once')

const attributeName = /^[a-z][a-z0-9_.-]{0,39}$/
const attributeMap = z
  .record(z.string().regex(attributeName, 'lower-case letters, digits, dots, hyphens'), z.string().max(200))
  .refine((map) => Object.keys(map).length <= 50, 'at most 50 attributes')

/** What an account may be called by at the sign-in. */
export const identifierKinds = ['email', 'phone', 'username'] as const
export type IdentifierKind = (typeof identifierKinds)[number]

const policyFields = {
  /** Without a visit for so long a session is over; and after its life in any case. */
  sessionIdleMinutes: z.int().min(5).max(43_200),
  sessionLifeHours: z.int().min(1).max(8760),
  /** How long a browser that somebody trusts spares them the second step; 0: no browser ever does. */
  trustedDeviceDays: z.int().min(0).max(365),
  /** How long somebody who has lost their second step waits at least before it is taken away. */
  recoveryWaitHours: z.int().min(0).max(168),
  identifiers: z
    .array(z.enum(identifierKinds))
    .min(1)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'each one once'),
} as const

/** What is asked of everybody who signs in, beside the second step. What nobody chose is built in. */
export const securityPolicy = z
  .strictObject({
    sessionIdleMinutes: policyFields.sessionIdleMinutes.default(24 * 60),
    sessionLifeHours: policyFields.sessionLifeHours.default(30 * 24),
    trustedDeviceDays: policyFields.trustedDeviceDays.default(30),
    recoveryWaitHours: policyFields.recoveryWaitHours.default(24),
    identifiers: policyFields.identifiers.default(['email']),
  })
  .refine(({ sessionIdleMinutes, sessionLifeHours }) => sessionIdleMinutes <= sessionLifeHours * 60, {
    path: ['sessionIdleMinutes'],
    message: 'no longer than the life of a session',
  })
export type SecurityPolicy = z.output<typeof securityPolicy>

/** Only what is named changes. */
export const securityChange = z.strictObject(policyFields).partial()
export type SecurityChange = z.input<typeof securityChange>

/** What a new organization is made of. */
export const newOrganization = z.strictObject({
  parentId: z.string().nullable(),
  handle: z.string(),
  name: z.string(),
  peopleFrom: z.enum(peopleSources).default('own'),
  signUp: z.enum(signUpModes).default('open'),
  businessSignUp: z.enum(businessSignUpModes).default('closed'),
  secondFactorRequired: z.boolean().default(false),
  security: securityPolicy.prefault({}),
  attributes: attributeMap.default({}),
  locales: localeList.default(['en']),
})
export type NewOrganization = z.input<typeof newOrganization>

/** What may be changed afterwards; an attribute of null is taken away (RFC 7396). */
export const organizationChange = z
  .strictObject({
    handle: z.string(),
    name: z.string(),
    peopleFrom: z.enum(peopleSources),
    signUp: z.enum(signUpModes),
    businessSignUp: z.enum(businessSignUpModes),
    secondFactorRequired: z.boolean(),
    security: securityChange,
    attributes: z.record(z.string().regex(attributeName), z.string().max(200).nullable()),
    locales: localeList,
  })
  .partial()
export type OrganizationChange = z.input<typeof organizationChange>

/** What is asked of a list: below whom, how deep, which words and attributes, after which one. */
export type OrganizationQuery = {
  /** Children of this organization, or with `isDeep` everything below it. */
  below: string
  isDeep?: boolean
  /** Part of a name or a handle. */
  search?: string
  attribute?: { name: string; value: string }
  status?: Organization['status']
  limit: number
  /** Where the page before ended. */
  after?: { name: string; id: string }
}

/** One line of the tree as it is unfolded. `isCut`: there are more after it, at its level, than are shown. */
export type Branch = { organization: Organization; depth: number; children: number; isOpen: boolean; isCut: boolean }

/** What one resolver answered when it was asked for a proof. */
export type DnsEvidence = { resolver: string; values: string[]; error: string | null }

export type HostStanding = Host & { proof: string | null; checkedAt: Date | null; evidence: DnsEvidence[] | null }

export type EmailDomain = {
  domain: string
  organizationId: string
  /** As what people with such an address join; null when it only leads them to the right sign-in. */
  joinsAs: 'staff' | 'consumer' | null
  proof: string
  isVerified: boolean
  checkedAt: Date | null
  evidence: DnsEvidence[] | null
}

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'organizations.not_found': 404,
  'organizations.unknown': 404,
  'organizations.invalid': 400,
  'organizations.handle_invalid': 400,
  'organizations.handle_reserved': 400,
  'organizations.handle_taken': 409,
  'organizations.name_invalid': 400,
  'organizations.host_invalid': 400,
  'organizations.host_reserved': 400,
  'organizations.host_taken': 409,
  'organizations.root_exists': 409,
  'organizations.changed_elsewhere': 412,
  'organizations.would_be_circle': 409,
  'organizations.too_deep': 409,
  'organizations.is_root': 409,
  'organizations.has_children': 409,
  'organizations.not_confirmed': 400,
  'organizations.host_unknown': 404,
  'organizations.host_unproven': 409,
  'organizations.proof_not_found': 409,
  'organizations.domain_unknown': 404,
  'organizations.domain_invalid': 400,
  'organizations.domain_taken': 409,
  'organizations.domain_public': 400,
} as const
