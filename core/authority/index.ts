// Owns the decision whether somebody may do something. Pure: grants come with the actor, the chain with the target.
// Calls nothing; called by every module that changes something on behalf of somebody.

import { fail, registerStatuses } from '#platform/failure'
import type { Actor } from './contract.ts'

registerStatuses({ 'authority.denied': 403 })

/** The process itself: seeding, migrating, tidying. Never made from a request. */
export const systemActor: Actor = Object.freeze({ kind: 'system', grants: [] as Actor['grants'] })

/** Somebody who has not signed in. */
export const visitor = (from: { address?: string; userAgent?: string; requestId?: string }): Actor => ({
  kind: 'visitor',
  ...from,
  grants: [],
})

/** Whether the actor holds a permission at the last organization of `chain` (ancestors from the root down). */
export const may = (by: Actor, permission: string, chain: readonly string[]): boolean => {
  if (by.kind === 'system') return true
  const target = chain.at(-1)
  return by.grants.some(
    (grant) =>
      grant.permission === permission &&
      (grant.organizationId === target || (grant.reach === 'subtree' && chain.includes(grant.organizationId))),
  )
}

/** Refuses with `authority.denied` unless the actor may. */
export const requirePermission = (by: Actor, permission: string, chain: readonly string[]): void => {
  if (!may(by, permission, chain)) fail('authority.denied', undefined, { permission })
}

export { requirePermission as require }
