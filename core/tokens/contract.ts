// The words of tokens: service accounts, which are programs that act for an organization, and their API tokens.

import { z } from 'zod'
import { oneLine, permissionWord } from '#core/access/contract'
import type { Permission } from '#core/authority/contract'

export const accountStatuses = ['active', 'suspended'] as const

export type ServiceAccount = {
  id: string
  name: string
  description: string
  status: (typeof accountStatuses)[number]
  version: number
  createdAt: Date
}

/** How many accounts an organization makes at most: lists to choose from show all of them. */
export const mostAccounts = 500

/** An account as lists show it: how many of its tokens are good, and when one was used last. */
export type AccountView = ServiceAccount & { tokens: number; lastUsedAt: Date | null }
export type AccountPage = { accounts: AccountView[]; next: { key: string; id: string } | null }
export type AccountQuery = {
  /** What stands in its name. */
  search?: string | undefined
  limit: number
  after?: { key: string; id: string } | null | undefined
}

/** What is known of a token once its text has been shown. */
export type ApiToken = {
  id: string
  accountId: string
  name: string
  /** Permissions that it is good for, as far as its account holds them. */
  scopes: Permission[]
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  revokedAt: Date | null
}

export const newAccount = z.strictObject({ name: oneLine(1, 80), description: oneLine(0, 500).default('') })
export type NewAccount = z.input<typeof newAccount>
export const accountChange = newAccount.partial()
export type AccountChange = z.input<typeof accountChange>

export const newToken = z.strictObject({
  name: oneLine(1, 80),
  scopes: z
    .array(permissionWord)
    .max(200)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'each permission once'),
  /** Null: after 90 days. */
  expiresAt: z.date().nullable().default(null),
})
export type NewToken = z.input<typeof newToken>

/** Failure codes and the HTTP status each deserves. */
export const failures = {
  'tokens.invalid': 400,
  'tokens.too_many': 409,
  'tokens.account_unknown': 404,
  'tokens.account_name_taken': 409,
  'tokens.account_suspended': 409,
  'tokens.changed_elsewhere': 412,
  'tokens.token_unknown': 404,
  'tokens.expiry_invalid': 400,
  'tokens.scope_not_held': 400,
} as const
