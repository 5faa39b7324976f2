// Owns the decision whether somebody may do something. Pure: grants come with the actor, the chain with the target.
// Calls nothing; called by every module that changes something on behalf of somebody.

import { fail, registerStatuses } from '#platform/failure'
import { type Actor, applicationPermission, failures, type Grant, type Permission, type Reach } from './contract.ts'

registerStatuses(failures)

/** The process itself: seeding, migrating, tidying. Never made from a request. */
export const systemActor: Actor = Object.freeze({ kind: 'system', grants: [] as Actor['grants'] })

/** Somebody who has not signed in. */
export const visitor = (from: { address?: string; userAgent?: string; requestId?: string }): Actor => ({
  kind: 'visitor',
  ...from,
  grants: [],
})

/**
 * Applications name their permissions themselves, and no built-in role lists them: whoever owns an organization, and may
 * hand it over, holds them all.
 */
const gives = (grant: Grant, permission: Permission): boolean =>
  grant.permission === permission ||
  (grant.permission === 'organization.transfer' && applicationPermission.test(permission))

const covers = (grant: Grant, permission: Permission, chain: readonly string[], reach: Reach): boolean => {
  if (!gives(grant, permission)) return false
  if (grant.reach === 'subtree') return chain.includes(grant.organizationId)
  return reach === 'organization' && grant.organizationId === chain.at(-1)
}

/** Whether the actor holds a permission at the last organization of `chain` (ancestors from the root down), this far. */
export const may = (
  by: Actor,
  permission: Permission,
  chain: readonly string[],
  reach: Reach = 'organization',
): boolean => by.kind === 'system' || by.grants.some((grant) => covers(grant, permission, chain, reach))

/** Whether the actor holds anything at all at an organization: whoever does not must not learn that it exists. */
export const isKnownTo = (by: Actor, chain: readonly string[]): boolean =>
  by.kind === 'system' ||
  by.grants.some(({ organizationId, reach }) =>
    reach === 'subtree' ? chain.includes(organizationId) : organizationId === chain.at(-1),
  )

/**
 * Refuses unless the actor may: with `authority.denied` where they hold something else, and with `authority.unknown`, as
 * if nothing were there, where they hold nothing at all (beside or above them).
 */
export const requirePermission = (by: Actor, permission: Permission, chain: readonly string[]): void => {
  if (may(by, permission, chain)) return
  fail(isKnownTo(by, chain) ? 'authority.denied' : 'authority.unknown', undefined, { permission })
}

/**
 * Nobody gives away what they do not hold, nor further than they reach themselves: fails with `authority.exceeds_own` and
 * names the first permission that is missing.
 */
export const requireHeld = (
  by: Actor,
  permissions: readonly Permission[],
  chain: readonly string[],
  reach: Reach,
): void => {
  const missing = permissions.find((permission) => !may(by, permission, chain, reach))
  if (missing !== undefined) fail('authority.exceeds_own', undefined, { permission: missing })
}

export { requirePermission as require }
