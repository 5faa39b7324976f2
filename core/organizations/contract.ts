// The words of organizations: businesses in a tree, and the addresses they are met at.

import { z } from 'zod'

export const organizationStatuses = ['active', 'suspended'] as const
export const peopleSources = ['own', 'parent', 'mixed'] as const
export const signUpModes = ['open', 'closed'] as const

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
  secondFactorRequired: boolean
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

/** What a new organization is made of. */
export const newOrganization = z.strictObject({
  parentId: z.string().nullable(),
  handle: z.string(),
  name: z.string(),
  peopleFrom: z.enum(peopleSources).default('own'),
  signUp: z.enum(signUpModes).default('open'),
  secondFactorRequired: z.boolean().default(false),
  locales: z
    .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/))
    .min(1)
    .max(40)
    .default(['en']),
})
export type NewOrganization = z.input<typeof newOrganization>

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
} as const
