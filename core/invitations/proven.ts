// Whose mailboxes are the organization's own: to keep to them, or for a word of warning before somebody else is asked.

import { require as requirePermission, systemActor } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { directory, listDomains } from '#core/organizations'
import { withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { isBoundToDomains } from './rules.ts'

/** Email domains that the organization has proven to be its own. */
export const verifiedDomainsOf = async (organizationId: string): Promise<string[]> => {
  const known = await withPlatform((tx) => listDomains(tx, systemActor, organizationId))
  return known.flatMap(({ domain, isVerified }) => (isVerified ? [domain] : []))
}

/** What whoever invites should know of them: which there are, and whether only their addresses are invited. */
export const provenDomains = async (
  organizationId: string,
  by: Actor,
): Promise<{ domains: string[]; isBound: boolean }> => {
  const organization = directory().byId(organizationId) ?? fail('organizations.not_found')
  requirePermission(by, 'invitation.manage', organization.ancestors)
  return { domains: await verifiedDomainsOf(organizationId), isBound: isBoundToDomains(organization) }
}
